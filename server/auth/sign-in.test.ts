import bs58 from 'bs58';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildSiwsMessage } from '@/lib/auth/siws-message';
import type { SignInFields, VerifyRequest } from '@/lib/protocol/auth-api';
import { insertSignIn } from '@/server/auth/sign-in-rows';
import { issueNonce } from '@/server/auth/nonces';
import {
  ask,
  askNonce,
  createBrowser,
  createWallet,
  createWorld,
  ORIGIN,
  signFields,
  signIn,
  verify,
  type World,
} from '@/server/auth/test-kit/auth-world';
import { toInstant } from '@/server/store/insert-rows';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
let world: World;
beforeAll(() => {
  world = createWorld({ database: database() });
});

const wallet = createWallet();

/** What comes of signing in with a message that is changed before or after it is signed. */
async function refusalOf(
  change: (signed: VerifyRequest) => VerifyRequest,
  { waitMs = 0, browser = createBrowser() } = {},
): Promise<string> {
  const signed = signFields(wallet, await askNonce(world.auth, browser));
  world.pass(waitMs);
  const { result, headers } = await verify(world.auth, browser, change(signed));
  expect(headers.filter(([name]) => name === 'set-cookie')).toEqual(result.ok ? expect.any(Array) : []);
  if (result.ok) return 'signed in';
  expect(result.error.message).toMatch(/\.$/);
  return result.error.code;
}

/** As an attacker with the wallet at hand would: the changed text, properly signed. */
const resigned = (change: (message: string) => string) => (signed: VerifyRequest) => {
  const message = change(signed.message);
  expect(message).not.toBe(signed.message);
  return { ...signed, message, signature: bs58.encode(wallet.sign(message)) };
};

describe('signing in with a wallet', () => {
  it('opens an account, and knows it again', async () => {
    const first = await signIn(world.auth, { wallet });
    const me = await world.auth.me(first.browser.request('GET'));
    expect(me.result).toMatchObject({ value: { account: { publicKey: wallet.publicKey } } });
    const second = await signIn(world.auth, { wallet });
    expect(second.accountId).toBe(first.accountId);
    expect((await signIn(world.auth)).accountId).not.toBe(first.accountId);
  });

  it('takes the signature in base64 as well', async () => {
    const base64 = (signed: VerifyRequest) => ({
      ...signed,
      signature: Buffer.from(bs58.decode(signed.signature)).toString('base64'),
    });
    expect(await refusalOf(base64)).toBe('signed in');
  });

  it('sets a cookie that no script can read, and a hint that says nothing else', async () => {
    const browser = createBrowser();
    const signed = signFields(wallet, await askNonce(world.auth, browser));
    const { headers } = await verify(world.auth, browser, signed);
    const [token, hint] = headers.filter(([name]) => name === 'set-cookie').map(([, value]) => value);
    expect(token).toMatch(/^fortytick_sign_in=eyJ[^;]+; Path=\/; Max-Age=2592000; SameSite=Strict; HttpOnly$/);
    expect(hint).toBe('fortytick_signed_in=1; Path=/; Max-Age=2592000; SameSite=Strict');
  });

  it('says Secure, under a name that only this host may set, where players come over https', async () => {
    const origin = 'https://fortytick.example';
    const secure = world.node({ origin });
    const browser = createBrowser();
    const asked = await secure.nonce(browser.request('POST', { origin }));
    if (!asked.result.ok) throw new Error(asked.result.error.message);
    expect(asked.result.value).toMatchObject({ domain: 'fortytick.example', uri: origin });
    const answer = await secure.verify(browser.request('POST', { origin }), signFields(wallet, asked.result.value));
    const cookies = answer.headers.filter(([name]) => name === 'set-cookie').map(([, value]) => value);
    expect(cookies[0]).toMatch(/^__Host-fortytick_sign_in=.*; Path=\/;.*; Secure; HttpOnly$/);
    expect(cookies[1]).toMatch(/; Secure$/);
  });
});

describe('a message that is not what was asked for', () => {
  it('signs nobody in a second time', async () => {
    const browser = createBrowser();
    const signed = signFields(wallet, await askNonce(world.auth, browser));
    expect((await verify(world.auth, browser, signed)).result.ok).toBe(true);
    expect(await verify(world.auth, browser, signed)).toMatchObject({ result: { error: { code: 'nonce-used' } } });
  });

  it('signs in once when it comes many times at the same moment, on two nodes', async () => {
    const browser = createBrowser();
    const signed = signFields(wallet, await askNonce(world.auth, browser));
    const other = world.node();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => (i % 2 ? other : world.auth).verify(browser.request('POST'), signed)),
    );
    expect(answers.filter(({ result }) => result.ok)).toHaveLength(1);
    for (const { result } of answers) if (!result.ok) expect(result.error.code).toBe('nonce-used');
  });

  it('expires', async () => {
    expect(await refusalOf((signed) => signed, { waitMs: 5 * 60_000 - 1 })).toBe('signed in');
    expect(await refusalOf((signed) => signed, { waitMs: 5 * 60_000 })).toBe('message-expired');
  });

  it('cannot give itself a longer life, or a later beginning', async () => {
    const longer = resigned((text) =>
      text.replace(/Expiration Time: (.*)/, 'Expiration Time: 2027-01-01T00:00:00.000Z'),
    );
    expect(await refusalOf(longer)).toBe('message-changed');
    expect(await refusalOf(longer, { waitMs: 6 * 60_000 })).toBe('nonce-expired');
    const later = resigned((text) => text.replace(/Issued At: (.*)/, 'Issued At: 2027-01-01T00:00:00.000Z'));
    expect(await refusalOf(later)).toBe('message-changed');
  });

  it('is not good for another domain, nor with another nonce', async () => {
    const elsewhere = resigned((text) => text.replace('localhost:3000 wants', 'fortytick.evil wants'));
    expect(await refusalOf(elsewhere)).toBe('wrong-domain');
    const port = resigned((text) => text.replace('localhost:3000 wants', 'localhost:3001 wants'));
    expect(await refusalOf(port)).toBe('wrong-domain');
    const otherNonce = resigned((text) => text.replace(/Nonce: \w+/, 'Nonce: 9yzT4mAMzWpVAAAAAAAAAA'));
    expect(await refusalOf(otherNonce)).toBe('nonce-unknown');
  });

  it('does not become good by a Host header that names another domain', async () => {
    const browser = createBrowser();
    const signed = signFields(wallet, await askNonce(world.auth, browser));
    const message = signed.message.replaceAll('localhost:3000', 'fortytick.evil');
    const evil = { ...signed, message, signature: bs58.encode(wallet.sign(message)) };
    const request = createBrowser().request('POST', { host: 'fortytick.evil' });
    expect(await world.auth.verify(request, evil)).toMatchObject({ result: { error: { code: 'wrong-domain' } } });
  });

  it('may differ in nothing else either', async () => {
    for (const [from, to] of [
      ['allows no payment', 'allows any payment'],
      ['URI: http://localhost:3000', 'URI: http://localhost:3000/x'],
      ['Version: 1', 'Version: 2'],
      ['Chain ID: solana:localnet', 'Chain ID: solana:mainnet'],
      ['\n\nURI', '\nURI'],
      ['Chain ID', 'chain ID'],
    ] as const) {
      expect(await refusalOf(resigned((text) => text.replace(from, to))), to).toBe('message-changed');
    }
    for (const more of ['\n', ' ', '\nResources:\n- https://x.example', '\r', '\u200b']) {
      expect(await refusalOf(resigned((text) => text + more)), JSON.stringify(more)).toBe('message-changed');
    }
  });

  it('must be signed by the wallet it names', async () => {
    const thief = createWallet();
    const forged = (signed: VerifyRequest) => ({ ...signed, signature: bs58.encode(thief.sign(signed.message)) });
    expect(await refusalOf(forged)).toBe('bad-signature');
    expect(await refusalOf((signed) => ({ ...forged(signed), publicKey: thief.publicKey }))).toBe('bad-signature');
    expect(await refusalOf((signed) => ({ ...signed, message: signed.message.replace('nothing', 'n0thing') }))).toBe(
      'message-changed',
    );
  });

  it('is refused in words when its encoding is none', async () => {
    for (const signature of ['', 'x', '0'.repeat(88), '1'.repeat(64) + 'l', 'A'.repeat(86) + '==', '=='.repeat(44)]) {
      expect(await refusalOf((signed) => ({ ...signed, signature })), signature).toBe('bad-signature');
    }
    for (const publicKey of ['', 'x', '1'.repeat(33), `${wallet.publicKey}1`, '0'.repeat(43)]) {
      expect(await refusalOf((signed) => ({ ...signed, publicKey })), publicKey).toBe('bad-request');
    }
  });

  it('cannot be signed with a key that anybody can sign for', async () => {
    // The identity point: OpenSSL takes R = identity, s = 0 for its signature of every message.
    const identity = Uint8Array.of(1, ...new Uint8Array(31));
    const weak = { publicKey: bs58.encode(identity), sign: () => Uint8Array.of(...identity, ...new Uint8Array(32)) };
    const signed = signFields(weak, await askNonce(world.auth, createBrowser()));
    const { result } = await verify(world.auth, createBrowser(), signed);
    expect(result).toMatchObject({ error: { code: 'bad-signature' } });
  });

  it('leaves the nonce good for the right one', async () => {
    const browser = createBrowser();
    const signed = signFields(wallet, await askNonce(world.auth, browser));
    const wrong = { ...signed, signature: bs58.encode(createWallet().sign(signed.message)) };
    expect((await verify(world.auth, browser, wrong)).result.ok).toBe(false);
    expect((await verify(world.auth, browser, signed)).result.ok).toBe(true);
  });
});

describe('whatever is sent', () => {
  it('is answered with a problem in words, and never troubles the record', async () => {
    const browser = createBrowser({ address: '192.0.2.77' });
    const fields = await askNonce(world.auth, browser);
    const text = fc.string({ unit: 'binary', maxLength: 80 });
    const message = fc.oneof(
      text,
      fc
        .record({ nonce: text, statement: text, issuedAt: text, expirationTime: text }, { requiredKeys: [] })
        .map((changed) => buildSiwsMessage({ ...fields, address: wallet.publicKey, ...changed })),
    );
    const publicKey = fc.oneof(text, fc.constant(wallet.publicKey));
    await fc.assert(
      fc.asyncProperty(fc.record({ publicKey, message, signature: text }), async (signed) => {
        world.pass(1_000); // So that the limit lets all of them through.
        const { result } = await world.auth.verify(browser.request('POST'), signed);
        expect(result).toMatchObject({ ok: false, error: { message: expect.stringMatching(/\.$/) } });
      }),
      { numRuns: 150, examples: [[{ publicKey: wallet.publicKey, message: withNonce(fields, '\0'), signature: '' }]] },
    );
    const player = await signIn(world.auth);
    const actor = { accountId: player.accountId, by: { kind: 'browser', signInId: 'x' as never } } as const;
    for (const id of ['\0', '', '\ud800', 'x'.repeat(10_000), "'"]) {
      expect(await world.auth.revokeKey(actor, id)).toMatchObject({ error: { code: 'not-found' } });
      expect(await world.auth.revokeSignIn(actor, id)).toMatchObject({ error: { code: 'not-found' } });
    }
  });

  const withNonce = (fields: SignInFields, nonce: string) =>
    buildSiwsMessage({ ...fields, address: wallet.publicKey, nonce });
});

describe('who may ask for a nonce', () => {
  it('is a page of ours, or no page at all', async () => {
    const browser = createBrowser();
    for (const headers of [
      { origin: 'https://fortytick.evil' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
    ] as Record<string, string>[]) {
      const { result } = await world.auth.nonce(browser.request('POST', headers));
      expect(result, JSON.stringify(headers)).toMatchObject({ error: { code: 'wrong-origin' } });
    }
    const program = new Request(`${ORIGIN}/api/auth/nonce`, { method: 'POST', headers: { host: '127.0.0.1:3000' } });
    expect((await world.auth.nonce(program)).result).toMatchObject({ value: { domain: '127.0.0.1:3000' } });
  });

  it('asks as often as a player would: more from one address waits', async () => {
    const browser = createBrowser({ address: '192.0.2.200' });
    let refused = await world.auth.nonce(browser.request('POST'));
    for (let i = 0; i < 200 && refused.result.ok; i++) refused = await world.auth.nonce(browser.request('POST'));
    expect(refused.result).toMatchObject({ error: { code: 'rate-limited', retryAfterMs: 500 } });
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'ratelimit-limit': '120',
      'ratelimit-remaining': '0',
      'ratelimit-reset': '60',
    });
    expect((await world.auth.nonce(createBrowser().request('POST'))).result.ok).toBe(true);
    world.pass(500);
    expect((await world.auth.nonce(browser.request('POST'))).result.ok).toBe(true);
  });

  it('asks as one browser from all addresses of its IPv6 network', async () => {
    const from = (host: number) => createBrowser({ address: `2001:db8:7::${host.toString(16)}` });
    const nonce = async (host: number) => (await world.auth.nonce(from(host).request('POST'))).result;
    for (let host = 1; host <= 120; host++) expect((await nonce(host)).ok).toBe(true);
    expect(await nonce(121)).toMatchObject({ error: { code: 'rate-limited' } });
    const { result } = await world.auth.nonce(createBrowser({ address: '2001:db8:8::1' }).request('POST'));
    expect(result.ok).toBe(true);
  });

  it('finds room: of more nonces than may be out at once, none is given', async () => {
    const { sql } = database();
    const [row] = await sql<{ out: number }[]>`
      select count(*)::int as out from sign_in_nonces where expires_at > ${toInstant(world.now())}::timestamptz`;
    const { out } = row!;
    expect(out).toBeGreaterThan(0);
    expect(await issueNonce(sql, { nonce: 'one-too-many', now: world.now(), max: out })).toBeNull();
    expect(await issueNonce(sql, { nonce: 'just-enough', now: world.now(), max: out + 1 })).not.toBeNull();
  });
});

describe('what signing in leaves behind', () => {
  it('is deleted when it can serve nothing any more', async () => {
    const { browser, accountId } = await signIn(world.auth);
    const { sql } = database();
    world.pass(2 * 3_600_000);
    await world.auth.cleanUp();
    expect(await sql`select 1 from sign_in_nonces`).toHaveLength(0);
    expect(await ask(world.auth, browser)).toMatchObject({ accountId });
    world.pass(60 * 86_400_000);
    await insertSignIn(sql, { id: 'alive' as never, accountId, publicKey: '', now: world.now() });
    await world.auth.cleanUp();
    expect(await sql`select sign_in_id from sign_ins`).toEqual([{ sign_in_id: 'alive' }]);
    expect(await world.auth.cleanUp()).toBe(0);
  });
});
