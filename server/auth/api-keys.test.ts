import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { createKeySchema } from '@/lib/protocol/auth-api';
import { epochMs } from '@/lib/units/time';
import { noteKeyUses } from '@/server/auth/key-rows';
import { PERMISSIONS, type Permission, type Requirement } from '@/server/auth/actor';
import { ask, createBrowser, createWorld, signIn, type World } from '@/server/auth/test-kit/auth-world';
import { createKey, playerOf } from '@/server/auth/test-kit/create-key';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
let world: World;
beforeAll(() => {
  world = createWorld({ database: database() });
});

/** A program's request: no cookies, no Origin. */
const use = (key: string, requirement: Requirement = 'read', address = '192.0.2.7', auth = world.auth) =>
  ask(auth, createBrowser({ address }), { requirement, headers: { authorization: `Bearer ${key}` } });

describe('an API key', () => {
  it('is shown once, and kept as a hash', async () => {
    const player = await signIn(world.auth);
    const { key, apiKey } = await createKey(world.auth, player);
    expect(key).toMatch(/^ft_[1-9A-HJ-NP-Za-km-z]{42,44}$/);
    expect(apiKey).toMatchObject({ name: 'my program', prefix: key.slice(0, 10), lastUsedAt: null, revokedAt: null });
    const [row] = await database()
      .sql`select *, encode(key_hash, 'hex') as hash from api_keys where key_id = ${apiKey.id}`;
    expect(row!.hash).toBe(createHash('sha256').update(key).digest('hex'));
    expect(JSON.stringify(row)).not.toContain(key.slice(10));
    expect(JSON.stringify(await world.auth.keys(await playerOf(world.auth, player)))).not.toContain(key.slice(10));
  });

  it('may do what it was given, and what that includes', async () => {
    const player = await signIn(world.auth);
    const allowed: Record<Permission, Requirement[]> = {
      read: ['read'],
      'bet-paper': ['read', 'bet-paper'],
      bet: ['read', 'bet-paper', 'bet'],
    };
    for (const permission of PERMISSIONS) {
      const { key, apiKey } = await createKey(world.auth, player, { permissions: [permission] });
      for (const requirement of [...PERMISSIONS, 'player'] as const) {
        const expected = allowed[permission].includes(requirement)
          ? { accountId: player.accountId, by: { kind: 'key', keyId: apiKey.id, permissions: [permission] } }
          : 'key-not-allowed';
        expect(await use(key, requirement), `${permission} for ${requirement}`).toEqual(expected);
      }
    }
  });

  it('counts for nothing when it is not a whole, living key', async () => {
    const player = await signIn(world.auth);
    const { key } = await createKey(world.auth, player);
    for (const text of [
      '',
      'ft_',
      key.slice(0, -1),
      `${key}1`,
      key.replace('ft_', ''),
      key.toUpperCase(),
      "' or 1=1 --",
    ]) {
      expect(await use(text), text).toBe('key-unknown');
    }
    for (const authorization of ['', 'Basic x', key, `Bearer${key}`]) {
      const asked = ask(world.auth, createBrowser({ address: '192.0.2.8' }), { headers: { authorization } });
      expect(await asked, authorization).toBe('key-unknown');
    }
    // A key that is wrong is not made good by a cookie beside it.
    expect(await ask(world.auth, player.browser, { headers: { authorization: 'Bearer ft_x' } })).toBe('key-unknown');
  });

  it('may be used from the addresses on its list only', async () => {
    const player = await signIn(world.auth);
    const { key } = await createKey(world.auth, player, {
      allowedIps: ['192.0.2.7', '198.51.100.0/24', '2001:db8::/32'],
    });
    for (const address of ['192.0.2.7', '198.51.100.200', '2001:db8::1', '::ffff:192.0.2.7']) {
      expect(await use(key, 'read', address), address).toMatchObject({ accountId: player.accountId });
    }
    for (const address of ['192.0.2.8', '198.51.101.1', '2001:db9::1', '', 'localhost']) {
      expect(await use(key, 'read', address), address).toBe('address-not-allowed');
    }
  });

  it('ends at its expiry, and when it is revoked: at once here, within two seconds on other nodes', async () => {
    const player = await signIn(world.auth);
    const actor = await playerOf(world.auth, player);
    const brief = await createKey(world.auth, player, { expiresAt: world.now() + 60_000 });
    const { key, apiKey } = await createKey(world.auth, player);
    const other = world.node();
    expect(await use(brief.key)).toMatchObject({ accountId: player.accountId });
    world.pass(60_000);
    expect(await use(brief.key)).toBe('key-expired');
    expect(await use(key, 'read', '192.0.2.7', other)).toMatchObject({ accountId: player.accountId });
    expect(await world.auth.revokeKey(actor, apiKey.id)).toEqual({ ok: true, value: null });
    expect(await use(key)).toBe('key-expired');
    world.pass(2_000);
    expect(await use(key, 'read', '192.0.2.7', other)).toBe('key-expired');
    expect(await world.auth.revokeKey(actor, apiKey.id)).toEqual({ ok: true, value: null });
  });

  it('is nobody else’s to see or revoke', async () => {
    const player = await signIn(world.auth);
    const { key, apiKey } = await createKey(world.auth, player);
    const other = await playerOf(world.auth, await signIn(world.auth));
    expect(await world.auth.keys(other)).toEqual([]);
    expect(await world.auth.revokeKey(other, apiKey.id)).toMatchObject({ error: { code: 'not-found' } });
    expect(await use(key)).toMatchObject({ accountId: player.accountId });
  });

  it('ends with the account', async () => {
    const player = await signIn(world.auth);
    const { key } = await createKey(world.auth, player);
    const { sql } = database();
    await sql`update accounts set public_key = null, deleted_at = now() where account_id = ${player.accountId}`;
    world.pass(2_000);
    expect(await use(key)).toBe('key-unknown');
    expect(await ask(world.auth, player.browser)).toBe('sign-in-expired');
  });

  it('notes when it was last used, once a minute, and how often', async () => {
    const player = await signIn(world.auth);
    const { key, apiKey } = await createKey(world.auth, player);
    const actor = await playerOf(world.auth, player);
    const read = async () => {
      await world.auth.keys(actor); // Waits for what is being noted.
      const [row] = await database()
        .sql`select last_used_at, uses::int as uses from api_keys where key_id = ${apiKey.id}`;
      return { at: (row!.last_used_at as Date).getTime(), uses: row!.uses as number };
    };
    const first = world.now();
    await use(key);
    expect(await read()).toEqual({ at: first, uses: 1 });
    world.pass(59_999);
    await use(key);
    expect(await read()).toEqual({ at: first, uses: 1 });
    world.pass(1);
    await use(key);
    expect(await read()).toEqual({ at: first + 60_000, uses: 3 });
    const [listed] = await world.auth.keys(actor);
    expect(listed).toMatchObject({ lastUsedAt: first + 60_000 });
  });

  it('may be noted twice at once without a use being lost, and an older note changes no later one', async () => {
    const { apiKey } = await createKey(world.auth, await signIn(world.auth));
    const { sql } = database();
    const at = (ms: number) => epochMs(world.now() + ms);
    const keyId = apiKey.id;
    await noteKeyUses(sql, [
      { keyId, uses: 2, at: at(5) },
      { keyId, uses: 3, at: at(9) },
      { keyId: 'gone', uses: 1, at: at(9) },
    ]);
    await noteKeyUses(sql, [{ keyId, uses: 1, at: at(0) }]);
    const [row] = await sql`select last_used_at, uses::int as uses from api_keys where key_id = ${keyId}`;
    expect(row).toEqual({ last_used_at: new Date(at(9)), uses: 6 });
  });

  it('has a rate limit of its own', async () => {
    const player = await signIn(world.auth);
    const [busy, calm] = [await createKey(world.auth, player), await createKey(world.auth, player)];
    const ask = (key: string) =>
      world.auth.admit(createBrowser().request('GET', { authorization: `Bearer ${key}` }), 'read');
    const answers = await Promise.all(Array.from({ length: 70 }, () => ask(busy.key)));
    expect(answers.filter(({ admitted }) => admitted.ok)).toHaveLength(60);
    const last = await ask(busy.key);
    expect(last.admitted).toMatchObject({ error: { code: 'rate-limited', retryAfterMs: 100 } });
    expect(Object.fromEntries(last.headers)).toEqual({
      'ratelimit-limit': '60',
      'ratelimit-remaining': '0',
      'ratelimit-reset': '6',
    });
    expect((await ask(calm.key)).admitted.ok).toBe(true);
    world.pass(100);
    expect((await ask(busy.key)).admitted.ok).toBe(true);
  });

  it('cannot be found by trying: guesses from one address wait', async () => {
    const player = await signIn(world.auth);
    const { key } = await createKey(world.auth, player);
    const guess = (i: number) =>
      use(`ft_${'1'.repeat(40)}${String(i + 111).replaceAll('0', '2')}`, 'read', '203.0.113.9');
    const answers = [];
    for (let i = 0; i < 31; i++) answers.push(await guess(i));
    expect(answers.slice(0, 30)).toEqual(Array(30).fill('key-unknown'));
    expect(answers[30]).toBe('rate-limited');
    expect(await use(key, 'read', '203.0.113.10')).toMatchObject({ accountId: player.accountId });
    // One that is known from elsewhere goes on working behind the same address.
    expect(await use(key, 'read', '203.0.113.9')).toMatchObject({ accountId: player.accountId });
  });
});

describe('making a key', () => {
  const make = async (request: object) => {
    const player = await signIn(world.auth);
    const actor = await playerOf(world.auth, player);
    return world.auth.createKey(actor, createKeySchema.parse({ name: 'x', permissions: ['read'], ...request }));
  };

  it('refuses what could never work', async () => {
    for (const request of [
      { allowedIps: ['192.0.2.300'] },
      { allowedIps: ['home'] },
      { expiresAt: world.now() },
      { expiresAt: 9e15 },
    ]) {
      expect(await make(request), JSON.stringify(request)).toMatchObject({ error: { code: 'bad-request' } });
    }
    for (const request of [{ permissions: [] }, { permissions: ['admin'] }, { name: ' ' }, { name: 'x'.repeat(61) }]) {
      expect(createKeySchema.safeParse({ name: 'x', permissions: ['read'], ...request }).success).toBe(false);
    }
  });

  it('takes any name that can be written', async () => {
    const names = ['Bücher "x" \\ {a,b}', '\u0000', '\ud800', '🎲', 'null'];
    for (const name of names) expect(await make({ name }), name).toMatchObject({ ok: true });
  });

  it('stops at twenty that count, however many are made at once', async () => {
    const player = await signIn(world.auth);
    const actor = await playerOf(world.auth, player);
    const request = createKeySchema.parse({ name: 'x', permissions: ['read'] });
    const nodes = [world.auth, world.node()];
    const made = await Promise.all(Array.from({ length: 24 }, (_, i) => nodes[i % 2]!.createKey(actor, request)));
    const keys = made.flatMap((one) => (one.ok ? [one.value] : []));
    expect(keys).toHaveLength(20);
    await world.auth.revokeKey(actor, keys[0]!.apiKey.id);
    expect(await world.auth.createKey(actor, request)).toMatchObject({ ok: true });
    expect(await use(keys[1]!.key)).toMatchObject({ accountId: player.accountId });
  });
});
