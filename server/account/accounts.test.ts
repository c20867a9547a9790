import { randomBytes } from 'node:crypto';
// Accounts on a real PostgreSQL: what protects a player holds, whatever is done around it.
import { transact } from '@/db/connect';
import { betStream, type BetEventPayloads } from '@/lib/bets/bet-event';
import type { SafetyWish } from '@/lib/safety/change-safety';
import { FOR_GOOD } from '@/lib/safety/pauses';
import { accountStream } from '@/lib/safety/safety-event';
import { safetyToJson } from '@/lib/safety/safety-json';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import { describe, expect, it } from 'vitest';
import { acceptOdds } from '@/server/account/accept-odds';
import { loadSafety } from '@/server/account/account-aggregate';
import { readAccount, toOwner } from '@/server/account/accounts';
import { changeProtection } from '@/server/account/change-protection';
import { deleteAccount, previewDeletion } from '@/server/account/delete-account';
import { exportAccount } from '@/server/account/export-account';
import { getAccount } from '@/server/account/get-account';
import { linkPlayer } from '@/server/account/link-player';
import { rebuildAccounts } from '@/server/account/rebuild-accounts';
import { saveSettings } from '@/server/account/save-settings';
import { createAccountWorld, randomId } from '@/server/account/test-kit/account-world';
import { rebuildBets } from '@/server/bets/store/rebuild-bets';
import { appendEvents } from '@/server/event-log/append-events';
import { useTestDatabase } from '@/server/test-kit/postgres';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const database = useTestDatabase();
const world = createAccountWorld(() => database().sql);
const { ctx } = world;

async function change(accountId: string, ...wishes: SafetyWish[]) {
  const answer = await changeProtection(ctx, { accountId, wishes });
  return answer.ok ? answer.value.account.safety : answer.error;
}

async function read(accountId: string) {
  const account = await readAccount(database().sql, accountId, world.now());
  if (!account) throw new Error(`no account ${accountId}`);
  return account;
}

describe('an account', () => {
  it('is opened at the first sign-in and found at the next, with its own id', async () => {
    const wallet = randomId('wallet');
    const first = await world.signIn(wallet);
    expect(first).toMatchObject({ publicKey: wallet, version: 1, oddsAcceptedAt: null, playerId: null });
    world.wait(HOUR_MS);
    expect((await world.signIn(wallet)).accountId).toBe(first.accountId);
    expect(toOwner(first)).toEqual({ accountId: first.accountId, publicKey: wallet, playerId: null, latencyMs: 200 });
    expect(await readAccount(database().sql, 'nobody', world.now())).toBeNull();
  });

  it('keeps in its row what its stream says, and no wallet in the stream', async () => {
    const wallet = randomId('wallet');
    const { accountId } = await world.signIn(wallet);
    await change(accountId, { type: 'limits', limits: { perDayLossLamports: lamports(5_000_000_000n) } });
    await change(accountId, { type: 'stop' }, { type: 'high-risk', lamports: lamports(1n) });
    world.wait(DAY_MS);
    await change(accountId, { type: 'resume' });
    await linkPlayer(ctx, { accountId, playerId: 'did:privy:abcdef' });
    const { state, version } = await loadSafety(database().sql, { accountId, now: world.now() });
    const account = await read(accountId);
    expect({ safety: state, version }).toEqual({ safety: account.safety, version: account.version });
    expect(account.safety.limits.perDayLossLamports).toBe(5_000_000_000n);
    const events = await database().sql<{ type: string; payload: string }[]>`
      select type, payload::text as payload from events where stream = ${accountStream(accountId)} order by version`;
    expect(events.map(({ type }) => type)).toEqual([
      'opened',
      'raise-scheduled',
      'stopped',
      'high-risk-set',
      'raised',
      'resumed',
      'player-linked',
    ]);
    expect(JSON.stringify(events)).not.toMatch(/wallet|privy/);
  });

  it('counts a raise from the instant it is due, before it is written', async () => {
    const { accountId } = await world.signIn(randomId('wallet'));
    const higher = lamports(4_000_000_000n);
    await change(accountId, { type: 'limits', limits: { perDayLossLamports: higher } });
    world.wait(DAY_MS - 1);
    expect((await read(accountId)).safety.limits.perDayLossLamports).toBe(3_000_000_000n);
    world.wait(1);
    expect((await read(accountId)).safety).toMatchObject({ limits: { perDayLossLamports: higher }, pending: [] });
  });

  it('takes all wishes of one change, or none', async () => {
    const { accountId, version } = await world.signIn(randomId('wallet'));
    const refused = await change(accountId, { type: 'stop' }, { type: 'cooling-off', durationMs: 1 });
    expect(refused).toMatchObject({ code: 'bad-request' });
    expect(await read(accountId)).toMatchObject({ version, safety: { stoppedSince: null } });
  });

  it('tells the other tabs of a change, and of nothing that was refused', async () => {
    const { accountId } = await world.signIn(randomId('wallet'));
    await change(accountId, { type: 'stop' });
    await change(accountId, { type: 'cooling-off', durationMs: 1 });
    expect(world.told.filter((line) => line === `changed ${accountId}`)).toHaveLength(1);
  });

  it('remembers the first acceptance of the odds', async () => {
    const { accountId } = await world.signIn(randomId('wallet'));
    const at = world.now();
    await acceptOdds(ctx, accountId);
    world.wait(HOUR_MS);
    await acceptOdds(ctx, accountId);
    expect(await read(accountId)).toMatchObject({ oddsAcceptedAt: at, version: 2 });
  });

  it('saves settings, leaves out what is not named, and follows the bankroll of the limits', async () => {
    const { accountId } = await world.signIn(randomId('wallet'));
    await saveSettings(ctx, { accountId, change: { soundVolume: 0, preferredStrategies: ['kelly-quarter'] } });
    await change(accountId, { type: 'limits', limits: { bankrollLamports: lamports(7n) } });
    const saved = await saveSettings(ctx, { accountId, change: { theme: 'light' } });
    expect(saved).toMatchObject({
      ok: true,
      value: {
        account: {
          settings: { soundVolume: 0, preferredStrategies: ['kelly-quarter'], theme: 'light', bankrollLamports: '7' },
        },
      },
    });
  });

  it('reads damaged settings as the defaults of the fields that are damaged', async () => {
    const { accountId } = await world.signIn(randomId('wallet'));
    await database().sql`
      update accounts set profile = '{"soundVolume":0.2,"venue":"casino","tiers":"all"}' where account_id = ${accountId}`;
    expect((await read(accountId)).settings).toMatchObject({ soundVolume: 0.2, venue: 'paper', latencyMs: 200 });
  });

  it('shows the day by venue, and what stops betting', async () => {
    const { accountId } = await world.signIn(randomId('wallet'));
    const settledAt = world.now();
    await world.placeBet(accountId, { state: 'lost', settledAt });
    await world.placeBet(accountId, { state: 'paid', settledAt, stakeLamports: 10n });
    await world.placeBet(accountId, { state: 'active', isClosed: false });
    await world.placeBet(accountId, { state: 'lost', venue: 'paper', settledAt: epochMs(settledAt - 2 * HOUR_MS) });
    world.wait(HOUR_MS - 1);
    const view = await getAccount(ctx, accountId);
    expect(view).toMatchObject({
      ok: true,
      value: {
        stop: null,
        activity: {
          practice: {
            hourNetLamports: '-99999960',
            dayNetLamports: '-99999960',
            sessionNetLamports: '-99999960',
            openStakeLamports: '100000000',
            sessionOpenedAt: settledAt,
            sessionBets: 3,
          },
          paper: { hourNetLamports: '0', dayNetLamports: '-100000000' },
          assisted: { sessionOpenedAt: null, sessionBets: 0 },
        },
      },
    });
    world.wait(1);
    expect(await getAccount(ctx, accountId)).toMatchObject({ value: { stop: { code: 'reality-check' } } });
    await change(accountId, { type: 'reality-checked' });
    expect(await getAccount(ctx, accountId)).toMatchObject({ value: { stop: null } });
  });

  it('does not change the linked player while a bet on the site is open', async () => {
    const { accountId } = await world.signIn(randomId('wallet'));
    await linkPlayer(ctx, { accountId, playerId: 'did:privy:abcdef' });
    await world.placeBet(accountId, { state: 'active', venue: 'assisted', isClosed: false });
    expect(await linkPlayer(ctx, { accountId, playerId: null })).toMatchObject({ error: { code: 'bet-open' } });
    expect((await read(accountId)).playerId).toBe('did:privy:abcdef');
  });
});

describe('deleting one’s data', () => {
  it('is refused while a bet is open or unpaid, or a late stake may still arrive, and changes nothing', async () => {
    const { accountId } = await world.signIn(randomId('wallet'));
    const betId = await world.placeBet(accountId, { state: 'won', isClosed: false, settledAt: world.now() });
    expect(await deleteAccount(ctx, accountId)).toMatchObject({
      error: { code: 'bet-open', message: expect.stringMatching(/^1 bet is still open, or not yet paid out\./) },
    });
    expect(world.told.filter((line) => line.startsWith('ended'))).toEqual([]);
    await database().sql`update bets set state = 'expired', rug_tick = null, closed_at = now() where bet_id = ${betId}`;
    world.wait(119_999);
    expect(await deleteAccount(ctx, accountId)).toMatchObject({ error: { code: 'bet-open', retryAfterMs: 1 } });
    world.wait(1);
    expect((await deleteAccount(ctx, accountId)).ok).toBe(true);
  });

  it('leaves no row that names the player, and says so before and after', async () => {
    const wallet = randomId('wallet');
    const { accountId } = await world.signIn(wallet);
    await saveSettings(ctx, { accountId, change: { theme: 'light' } });
    await linkPlayer(ctx, { accountId, playerId: 'did:privy:secret' });
    await world.placeBet(accountId, { state: 'lost', settledAt: world.now() });
    const { sql } = database();
    await sql`
      insert into sign_ins (sign_in_id, account_id, created_at, expires_at, rotated_at, last_used_at)
      values (${`s-${accountId}`}, ${accountId}, now(), now(), now(), now())`;
    await sql`
      insert into api_keys (key_id, account_id, name, key_hash, prefix, permissions, allowed_ips, created_at)
      values (${`k-${accountId}`}, ${accountId}, 'x', ${randomBytes(32)}, 'ft_', '{read}', '{}', now())`;
    const preview = await previewDeletion(ctx, accountId);
    const deleted = await deleteAccount(ctx, accountId);
    expect(deleted).toEqual(preview);
    expect(deleted).toMatchObject({ ok: true, value: { problem: null } });
    expect(world.told).toEqual(expect.arrayContaining([`ended sign-in s-${accountId}`, `ended key k-${accountId}`]));
    for (const table of ['accounts', 'bets', 'bet_transactions', 'bet_sessions', 'sign_ins', 'api_keys', 'snapshots']) {
      const rows = await sql.unsafe(`select t::text as line from ${table} t`);
      expect(rows.filter(({ line }) => line.includes(wallet) || line.includes('privy:secret'))).toEqual([]);
    }
    expect(await sql`select 1 from bets where account_id = ${accountId}`).toHaveLength(0);
    expect(await getAccount(ctx, accountId)).toMatchObject({ error: { code: 'not-signed-in' } });
    expect(await deleteAccount(ctx, accountId)).toMatchObject({ error: { code: 'not-signed-in' } });
  });

  it.each<[string, SafetyWish, number]>([
    ['cooling-off', { type: 'cooling-off', durationMs: 10 * DAY_MS }, 10 * DAY_MS],
    ['excluded', { type: 'exclusion', durationMs: 60 * DAY_MS }, 60 * DAY_MS],
  ])('does not end a pause that is %s: it comes back with the wallet, to its end', async (code, wish, durationMs) => {
    const wallet = randomId('wallet');
    const { accountId } = await world.signIn(wallet);
    await change(accountId, wish, { type: 'limits', limits: { perDayLossLamports: lamports(5n) } });
    await deleteAccount(ctx, accountId);
    world.wait(2 * DAY_MS);
    const again = await world.signIn(wallet);
    expect(again.accountId).not.toBe(accountId);
    expect(again.safety.limits.perDayLossLamports).toBe(3_000_000_000n);
    expect(await getAccount(ctx, again.accountId)).toMatchObject({ value: { stop: { code } } });
    await deleteAccount(ctx, again.accountId);
    world.wait(durationMs - 2 * DAY_MS);
    const free = await world.signIn(wallet);
    expect(await getAccount(ctx, free.accountId)).toMatchObject({ value: { stop: null } });
  });

  it('does not end an exclusion for good', async () => {
    const wallet = randomId('wallet');
    const { accountId } = await world.signIn(wallet);
    await change(accountId, { type: 'exclusion', durationMs: null });
    await deleteAccount(ctx, accountId);
    world.wait(20 * 365 * DAY_MS);
    expect((await world.signIn(wallet)).safety.excludedUntil).toBe(FOR_GOOD);
  });

  it('is no faster way to higher limits than waiting', async () => {
    const wallet = randomId('wallet');
    const { accountId } = await world.signIn(wallet);
    await change(accountId, { type: 'limits', limits: { perDayLossLamports: lamports(5n) } });
    await deleteAccount(ctx, accountId);
    world.wait(DAY_MS - 1);
    const early = await world.signIn(wallet);
    expect(early.safety.limits.perDayLossLamports).toBe(5n);
    await deleteAccount(ctx, early.accountId);
    world.wait(DAY_MS);
    expect((await world.signIn(wallet)).safety.limits.perDayLossLamports).toBe(3_000_000_000n);
    const left = await database().sql`select 1 from retained_safety where until < ${new Date(world.now())}`;
    expect(left).toHaveLength(0);
  });

  it('does not make the day’s limit begin anew: the wallet waits until its bets are a day old', async () => {
    const wallet = randomId('wallet');
    const { accountId } = await world.signIn(wallet);
    await world.placeBet(accountId, { state: 'lost', settledAt: world.now() });
    const deleted = await deleteAccount(ctx, accountId);
    expect(deleted).toMatchObject({
      value: { stays: expect.arrayContaining([expect.stringContaining('the day’s limit')]) },
    });
    world.wait(DAY_MS / 2);
    const again = await world.signIn(wallet);
    expect(await getAccount(ctx, again.accountId)).toMatchObject({ value: { stop: { code: 'cooling-off' } } });
    world.wait(DAY_MS / 2);
    expect(await getAccount(ctx, again.accountId)).toMatchObject({ value: { stop: null } });
  });

  it('stays done when the bets are built again from the log', async () => {
    const { sql } = database();
    const { accountId } = await world.signIn(randomId('wallet'));
    const betId = await world.placeBet(accountId, { state: 'expired', venue: 'paper' });
    await recordExpired({ accountId, betId });
    const rebuild = () => rebuildBets(sql, { onProgress: () => {} });
    const before = await rebuild();
    await deleteAccount(ctx, accountId);
    expect(await rebuild()).toMatchObject({ read: before.read, rows: before.rows! - 1, changed: 0 });
    expect(await sql`select 1 from bets where bet_id = ${betId}`).toHaveLength(0);
  });

  it('keeps of a wallet a hash that only the key can make', async () => {
    const wallet = randomId('wallet');
    const { accountId, safety } = await world.signIn(wallet);
    await deleteAccount(ctx, accountId);
    const { sql } = database();
    const hash = Buffer.from(ctx.hashWallet(wallet)).toString('hex');
    const [row] = await sql<{ safety: string }[]>`
      select safety::text as safety from retained_safety where wallet_hash = decode(${hash}, 'hex')`;
    expect(JSON.parse(row!.safety)).toMatchObject({ safety: safetyToJson(safety) });
  });
});

describe('the projection', () => {
  it('is folded again to what it was, wherever it was damaged', async () => {
    const { sql } = database();
    const { accountId } = await world.signIn(randomId('wallet'));
    await change(accountId, { type: 'stop' }, { type: 'cooling-off', durationMs: HOUR_MS });
    const rebuild = () => rebuildAccounts(sql, { recordedAt: world.now(), onProgress: () => {} });
    expect(await rebuild()).toMatchObject({ changed: 0 });
    const before = await read(accountId);
    await sql`update accounts set safety = null, version = 9 where account_id = ${accountId}`;
    expect(await rebuild()).toMatchObject({ changed: 1 });
    expect(await read(accountId)).toEqual(before);
  });
});

describe('the export', () => {
  it('is one JSON document with everything about the player, and nobody else', async () => {
    const { accountId } = await world.signIn(randomId('wallet'));
    const other = await world.signIn(randomId('wallet'));
    const betId = await world.placeBet(accountId, { state: 'lost', settledAt: world.now() });
    await world.placeBet(other.accountId, { state: 'lost', settledAt: world.now() });
    await transact(database().sql, () => postLine(accountId));
    const pieces = await exportAccount(ctx, accountId);
    if (!pieces.ok) throw new Error(pieces.error.message);
    let text = '';
    for await (const piece of pieces.value) text += piece;
    expect(JSON.parse(text)).toMatchObject({
      state: { account: { accountId } },
      events: [{ type: 'opened', version: 1 }],
      signIns: [],
      keys: [],
      sessions: [{ venue: 'practice' }],
      bets: [{ betId, state: 'lost', stakeLamports: '100000000' }],
      transactions: [{ betId, bytesBase64: 'AQI=' }],
      ledger: [{ account: `wallet:${accountId}`, lamports: '-5' }],
    });
    expect(text).not.toContain(other.accountId);
  });
});

async function postLine(accountId: string): Promise<void> {
  await database().sql`
    insert into ledger_entries (posting, line, account, lamports, at) values
      (${`stake:${accountId}`}, 1, ${`wallet:${accountId}`}, -5, now()),
      (${`stake:${accountId}`}, 2, 'escrow', 5, now())`;
}

/** The log's own account of a bet that nobody submitted. */
async function recordExpired({ accountId, betId }: { accountId: string; betId: string }): Promise<void> {
  const { sql } = database();
  const [row] = await sql<{ session_id: string }[]>`select session_id from bets where bet_id = ${betId}`;
  const at = world.now();
  const prepared: BetEventPayloads['prepared'] = {
    accountId,
    venue: 'paper',
    clientKey: betId,
    sessionId: row!.session_id,
    strategyId: null,
    stakeLamports: '100000000',
    payout: 5,
    gameId: '20260101-1e01ac417e8043ca',
    tick: null,
    expiresAt: at,
    advice: null,
  };
  const events = [
    { type: 'prepared', payload: prepared },
    { type: 'expired', payload: { reason: 'not-submitted' } },
  ].map((event, i) => ({ ...event, stream: betStream(betId), expectedVersion: i, occurredAt: at }));
  await transact(sql, () => appendEvents(sql, events, { recordedAt: at }));
}
