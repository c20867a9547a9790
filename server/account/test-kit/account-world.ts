// Accounts on a test database: a clock to move, wallets to sign in with, and bets put on record as the engine leaves them.
import { randomBytes } from 'node:crypto';
import { transact, type RawSql } from '@/db/connect';
import type { Account } from '@/lib/account/account';
import type { BetState, VenueId } from '@/lib/bets/bet';
import { epochMs, type EpochMs } from '@/lib/units/time';
import type { AccountContext } from '@/server/account/account-context';
import { findOrCreateAccount } from '@/server/account/accounts';
import { createWalletHash } from '@/server/account/wallet-hash';
import { toInstant } from '@/server/store/insert-rows';

export type AccountWorld = {
  readonly ctx: AccountContext;
  /** What was told to whom, in order. */
  readonly told: readonly string[];
  readonly now: () => EpochMs;
  wait(ms: number): void;
  signIn(publicKey: string): Promise<Account>;
  placeBet(accountId: string, bet: PlacedBet): Promise<string>;
};

export type PlacedBet = {
  readonly state: BetState;
  readonly venue?: VenueId;
  readonly stakeLamports?: bigint;
  readonly settledAt?: EpochMs | null;
  readonly isClosed?: boolean;
};

const BEGIN = Date.UTC(2026, 0, 1, 2);
const HASH_KEY = new Uint8Array(32).fill(7);

export function createAccountWorld(sqlOf: () => RawSql): AccountWorld {
  let now = epochMs(BEGIN);
  const told: string[] = [];
  const hashWallet = createWalletHash(HASH_KEY);
  return {
    ctx: {
      database: { use: (work) => work(sqlOf()), end: async () => {} },
      clock: () => now,
      hashWallet,
      auth: { tellEnded: (ended) => ended.forEach(({ kind, id }) => told.push(`ended ${kind} ${id}`)) },
      changed: (accountId) => void told.push(`changed ${accountId}`),
    },
    told,
    now: () => now,
    wait: (ms) => (now = epochMs(now + ms)),
    signIn(publicKey) {
      const sql = sqlOf();
      const accountId = randomId('account');
      return transact(sql, () => findOrCreateAccount(sql, { publicKey, now, accountId, hashWallet }));
    },
    placeBet: (accountId, bet) => insertBet(sqlOf(), { accountId, now, bet }),
  };
}

export function randomId(prefix: string): string {
  return `${prefix}${randomBytes(8).toString('hex')}`;
}

async function insertBet(
  sql: RawSql,
  { accountId, now, bet }: { accountId: string; now: EpochMs; bet: PlacedBet },
): Promise<string> {
  const { state, venue = 'practice', stakeLamports = 100_000_000n, settledAt = null, isClosed = true } = bet;
  const at = toInstant(now);
  const betId = randomId('bet');
  const [session] = await sql<{ session_id: string }[]>`
    select session_id from bet_sessions where account_id = ${accountId} and venue = ${venue} and closed_at is null`;
  const sessionId = session?.session_id ?? randomId('session');
  if (!session) {
    await sql`insert into bet_sessions (session_id, account_id, venue, opened_at, last_bet_at)
      values (${sessionId}, ${accountId}, ${venue}, ${at}::timestamptz, ${at}::timestamptz)`;
  }
  const hasWindow = ['active', 'won', 'lost', 'paid'].includes(state);
  const rugTick = ['won', 'paid'].includes(state) ? 120 : null;
  const paid = state === 'paid' || state === 'refunded' ? stakeLamports.toString() : null;
  await sql`
    insert into bets (bet_id, account_id, venue, client_key, session_id, state, stake_lamports, payout, game_id,
      start_tick, end_tick, rug_tick, prepared_at, expires_at, settled_at, closed_at, stake_final, paid_lamports, version)
    values (${betId}, ${accountId}, ${venue}, ${betId}, ${sessionId}, ${state}, ${stakeLamports.toString()}::bigint, 5,
      '20260101-1e01ac417e8043ca', ${hasWindow ? 100 : null}, ${hasWindow ? 140 : null}, ${rugTick}, ${at}::timestamptz,
      ${at}::timestamptz, ${toInstant(settledAt)}::timestamptz, ${isClosed ? at : null}::timestamptz, true,
      ${paid}::bigint, 1)`;
  await sql`
    insert into bet_transactions (signature, bet_id, role, attempt, status, bytes, sent_at)
    values (${randomId('signature')}, ${betId}, 'stake', 1, 'finalized', '\\x0102'::bytea, ${at}::timestamptz)`;
  return betId;
}
