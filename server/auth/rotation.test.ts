import fc from 'fast-check';
import { decodeJwt } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { SIGN_IN_COOKIE } from '@/server/auth/cookie-names';
import { createTokens } from '@/server/auth/token';
import {
  ask,
  createBrowser,
  createWorld,
  ORIGIN,
  signIn,
  type Browser,
  type World,
} from '@/server/auth/test-kit/auth-world';
import { playerOf } from '@/server/auth/test-kit/create-key';
import { useTestDatabase } from '@/server/test-kit/postgres';

const MINUTE_MS = 60_000;
const database = useTestDatabase();
let world: World;
beforeAll(() => {
  world = createWorld({ database: database() });
});

const generationOf = (browser: Browser) => decodeJwt(browser.cookies.get(SIGN_IN_COOKIE)!).generation;

describe('the token of a sign-in', () => {
  it('names the player, its sign-in and its generation, for ten minutes', async () => {
    const { browser, accountId } = await signIn(world.auth);
    const claims = decodeJwt(browser.cookies.get(SIGN_IN_COOKIE)!);
    const seconds = world.now() / 1000;
    expect(claims).toEqual({
      iss: 'fortytick',
      aud: 'fortytick-browser',
      sub: accountId,
      jti: expect.any(String),
      generation: 1,
      iat: seconds,
      exp: seconds + 600,
    });
  });

  it('is renewed by itself when it is five minutes old, and after its end as well', async () => {
    const { browser, accountId } = await signIn(world.auth);
    world.pass(5 * MINUTE_MS - 1000);
    expect(await ask(world.auth, browser)).toMatchObject({ accountId });
    expect(generationOf(browser)).toBe(1);
    world.pass(1000);
    expect(await ask(world.auth, browser)).toMatchObject({ accountId });
    expect(generationOf(browser)).toBe(2);
    world.pass(29 * 24 * 60 * MINUTE_MS);
    expect(await ask(world.auth, browser)).toMatchObject({ accountId });
    expect(generationOf(browser)).toBe(3);
  });

  it('ends thirty days after signing in, used or not', async () => {
    const { browser } = await signIn(world.auth);
    for (let day = 1; day < 30; day++) {
      world.pass(24 * 60 * MINUTE_MS);
      expect(await ask(world.auth, browser)).toMatchObject({ accountId: expect.any(String) });
    }
    world.pass(24 * 60 * MINUTE_MS);
    expect(await ask(world.auth, browser)).toBe('sign-in-expired');
    expect(browser.cookies.size).toBe(0);
    expect(await ask(world.auth, browser)).toBe('not-signed-in');
  });

  it('is renewed once when a page asks many things at the same moment, on two nodes', async () => {
    const { browser, accountId } = await signIn(world.auth);
    const nodes = [world.auth, world.node()];
    world.pass(6 * MINUTE_MS);
    // As a browser does: all of them leave with the cookie that is there.
    const requests = Array.from({ length: 12 }, () => browser.request('GET'));
    const admissions = await Promise.all(requests.map((request, i) => nodes[i % 2]!.admit(request, 'read')));
    for (const { admitted, headers } of admissions) {
      expect(admitted).toMatchObject({ ok: true, value: { accountId } });
      browser.keep(headers);
    }
    expect(generationOf(browser)).toBe(2);
    const rows = await database().sql`select generation from sign_ins where account_id = ${accountId}`;
    expect(rows).toEqual([{ generation: 2 }]);
  });

  it('is told again to a browser that never got the answer', async () => {
    const { browser } = await signIn(world.auth);
    world.pass(6 * MINUTE_MS);
    await world.auth.admit(browser.request('GET'), 'read'); // The answer is lost.
    world.pass(29_000);
    expect(await ask(world.auth, browser)).toMatchObject({ accountId: expect.any(String) });
    expect(generationOf(browser)).toBe(2);
    world.pass(6 * MINUTE_MS);
    expect(await ask(world.auth, browser)).toMatchObject({ accountId: expect.any(String) });
  });

  it('that was copied ends the sign-in for both as soon as the older one is shown', async () => {
    for (const first of ['thief', 'player'] as const) {
      const { browser: player } = await signIn(world.auth);
      const thief = player.copy();
      const [quick, slow] = first === 'thief' ? [thief, player] : [player, thief];
      world.pass(6 * MINUTE_MS);
      expect(await ask(world.auth, quick)).toMatchObject({ accountId: expect.any(String) });
      world.pass(31_000);
      expect(await ask(world.auth, slow)).toBe('sign-in-expired');
      expect(await ask(world.auth, quick)).toBe('sign-in-expired');
    }
    const rows = await database().sql`select distinct revoked_reason from sign_ins where revoked_reason = 'stolen'`;
    expect(rows).toHaveLength(1);
  });

  it('ends for the player and a thief together, in whatever order and at whatever pace they ask', async () => {
    const step = fc.record({ who: fc.nat({ max: 1 }), waitMs: fc.integer({ min: 1_000, max: 6 * MINUTE_MS }) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 25 }), async (steps) => {
        const { browser } = await signIn(world.auth);
        const both = [browser, browser.copy()];
        let isOver = false;
        for (const { who, waitMs } of steps) {
          world.pass(waitMs);
          const [shown, other] = [both[who]!, both[1 - who]!];
          const isOlder = shown.cookies.size > 0 && Number(generationOf(shown)) < Number(generationOf(other));
          const isGood = typeof (await ask(world.auth, shown)) !== 'string';
          // Whoever shows the older one more than a crossing after the renewal is found out, and nobody is let in again.
          if (isOver || (isOlder && waitMs > 30_000)) expect(isGood).toBe(false);
          isOver ||= !isGood;
          if (isOver) break;
        }
        if (isOver) for (const one of both) expect(typeof (await ask(world.auth, one))).toBe('string');
      }),
      { numRuns: 25 },
    );
  });

  it('that another node has renewed is known here at once', async () => {
    const { browser, accountId } = await signIn(world.auth);
    const other = world.node();
    world.pass(5 * MINUTE_MS - 1000);
    expect(await ask(other, browser)).toMatchObject({ accountId });
    world.pass(1000);
    expect(await ask(world.auth, browser)).toMatchObject({ accountId });
    expect(generationOf(browser)).toBe(2);
    // The other node's cache still holds the first generation.
    expect(await ask(other, browser)).toMatchObject({ accountId });
  });

  it('is worth nothing unless this server signed it', async () => {
    const { browser, accountId } = await signIn(world.auth);
    const token = browser.cookies.get(SIGN_IN_COOKIE)!;
    const [header, payload, signature] = token.split('.') as [string, string, string];
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const other = createTokens({ secret: new Uint8Array(32), clock: world.now });
    const claims = decodeJwt(token);
    const forged = [
      await other.sign({ accountId, signInId: claims.jti as never, generation: 1, issuedAt: world.now() }),
      `${encode({ alg: 'none' })}.${payload}.`,
      `${encode({ alg: 'none' })}.${payload}.${signature}`,
      `${header}.${encode({ ...claims, sub: 'somebody-else' })}.${signature}`,
      `${header}.${encode({ ...claims, generation: 2 })}.${signature}`,
      token.slice(0, -1),
      'x'.repeat(5_000),
      '',
    ];
    for (const text of forged) {
      const browserWith = createBrowser({ cookies: new Map([[SIGN_IN_COOKIE, text]]) });
      expect(await ask(world.auth, browserWith), text.slice(0, 60)).toBe(
        text === '' ? 'not-signed-in' : 'sign-in-expired',
      );
    }
    expect(await ask(world.auth, browser)).toMatchObject({ accountId });
  });
});

describe('signing out', () => {
  it('ends the sign-in at once, here and on other nodes within two seconds', async () => {
    const { browser } = await signIn(world.auth);
    const copy = browser.copy();
    const other = world.node();
    expect(await ask(other, copy)).toMatchObject({ accountId: expect.any(String) });
    const { result, headers } = await world.auth.logout(browser.request('POST'));
    expect(result).toEqual({ ok: true, value: { account: null } });
    browser.keep(headers);
    expect(browser.cookies.size).toBe(0);
    expect(await ask(world.auth, copy.copy())).toBe('sign-in-expired');
    world.pass(2_000);
    expect(await ask(other, copy)).toBe('sign-in-expired');
  });

  it('is no error for whoever is signed out already', async () => {
    expect((await world.auth.logout(createBrowser().request('POST'))).result.ok).toBe(true);
    const me = await world.auth.me(createBrowser().request('GET'));
    expect(me).toEqual({ result: { ok: true, value: { account: null } }, headers: [] });
  });

  it('everywhere ends every browser’s', async () => {
    const { browser, wallet, accountId } = await signIn(world.auth);
    const phone = (await signIn(world.auth, { wallet })).browser;
    await world.auth.revokeSignIns(accountId, 'logged-out-everywhere');
    for (const one of [browser, phone]) {
      const me = await world.auth.me(one.request('GET'));
      expect(me.result).toEqual({ ok: true, value: { account: null } });
      expect(me.headers).not.toEqual([]);
      expect(await ask(world.auth, one)).toBe('sign-in-expired');
    }
  });

  it('ends one by one, of one’s own only', async () => {
    const player = await signIn(world.auth);
    const phone = await signIn(world.auth, { wallet: player.wallet });
    const other = await signIn(world.auth);
    const actor = await playerOf(world.auth, player);
    const listed = await world.auth.signIns(actor);
    expect(listed.map(({ current }) => current).sort()).toEqual([false, true]);
    const phoneId = listed.find(({ current }) => !current)!.id;
    const theirs = await world.auth.signIns(await playerOf(world.auth, other));
    expect(await world.auth.revokeSignIn(actor, theirs[0]!.id)).toMatchObject({ error: { code: 'not-found' } });
    expect(await world.auth.revokeSignIn(actor, phoneId)).toEqual({ ok: true, value: null });
    expect(await world.auth.revokeSignIn(actor, phoneId)).toMatchObject({ error: { code: 'not-found' } });
    expect(await ask(world.auth, phone.browser)).toBe('sign-in-expired');
    expect(await ask(world.auth, player.browser)).toMatchObject({ accountId: player.accountId });
    expect(await ask(world.auth, other.browser)).toMatchObject({ accountId: other.accountId });
  });

  it('comes with signing in anew: the browser’s former sign-in, and the oldest of more than twenty', async () => {
    const { browser, wallet, accountId } = await signIn(world.auth);
    const before = browser.copy();
    await signIn(world.auth, { browser });
    expect(await ask(world.auth, before)).toBe('sign-in-expired');
    for (let i = 0; i < 20; i++) {
      world.pass(1000);
      await signIn(world.auth, { wallet, browser: createBrowser({ address: `192.0.2.${100 + i}` }) });
    }
    const rows = await database().sql`
      select 1 from sign_ins where account_id = ${accountId} and revoked_reason = 'too-many'`;
    expect(rows).toHaveLength(0); // The other wallet's: its browser left this account.
    await signIn(world.auth, { wallet });
    const ended = await database().sql`
      select 1 from sign_ins where account_id = ${accountId} and revoked_reason = 'too-many'`;
    expect(ended).toHaveLength(1);
  });
});

describe('a page of another site', () => {
  it('can change nothing with a player’s cookie', async () => {
    const { browser, accountId } = await signIn(world.auth);
    const foreign: Record<string, string>[] = [
      { origin: 'https://fortytick.evil', 'sec-fetch-site': 'cross-site' },
      { origin: 'http://localhost:3001', 'sec-fetch-site': 'same-site' },
      { origin: 'null', 'sec-fetch-site': 'same-origin' },
      { origin: ORIGIN, 'sec-fetch-site': 'cross-site' },
      { origin: ORIGIN.replace('http:', 'https:') },
    ];
    for (const headers of foreign) {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        expect(await ask(world.auth, browser, { method, headers }), JSON.stringify(headers)).toBe('wrong-origin');
      }
      const logout = await world.auth.logout(browser.request('POST', headers));
      expect(logout.result).toMatchObject({ error: { code: 'wrong-origin' } });
    }
    expect(await ask(world.auth, browser, { method: 'POST' })).toMatchObject({ accountId });
  });

  it('is told apart from a program, which sends neither header and has nobody else’s cookie', async () => {
    const { browser, accountId } = await signIn(world.auth);
    const request = browser.request('POST');
    request.headers.delete('origin');
    request.headers.delete('sec-fetch-site');
    expect((await world.auth.admit(request, 'bet')).admitted).toMatchObject({ value: { accountId } });
  });
});

describe('the rate limit of a player', () => {
  it('is told with every answer, and counts all browsers of the account', async () => {
    const { browser, wallet } = await signIn(world.auth);
    const phone = (await signIn(world.auth, { wallet })).browser;
    const first = await world.auth.admit(browser.request('GET'), 'read');
    expect(Object.fromEntries(first.headers)).toEqual({
      'ratelimit-limit': '240',
      'ratelimit-remaining': '239',
      'ratelimit-reset': '1',
    });
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, i) => world.auth.admit((i % 2 ? browser : phone).request('GET'), 'read')),
    );
    const refused = answers.filter(({ admitted }) => !admitted.ok);
    expect(refused).toHaveLength(61);
    expect(refused[0]!.admitted).toMatchObject({ error: { code: 'rate-limited', retryAfterMs: 50 } });
    world.pass(12_000);
    expect(await ask(world.auth, browser)).toMatchObject({ accountId: expect.any(String) });
  });
});
