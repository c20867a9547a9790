// Reads what a batch of steps asked for, in one round trip whatever their number: bets, everything that hangs on them,
// sessions and accounts.
import type { Account } from '@/lib/account/account';
import type { RawSql } from '@/db/connect';
import type { Bet } from '@/lib/bets/bet';
import type { ActivityBet } from '@/lib/bets/betting-activity';
import { gameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import { epochMs, type EpochMs } from '@/lib/units/time';
import {
  BET_COLUMNS,
  SESSION_COLUMNS,
  toBetRow,
  toBetSession,
  toBetTransaction,
  TRANSACTION_COLUMNS,
  type BetRecord,
  type SessionRecord,
  type TransactionRecord,
} from '@/server/bets/store/bet-columns';
import type { Asks, LedgerEntry } from '@/server/bets/store/bet-store';
import { ACTIVITY_MS, createRows, type Rows } from '@/server/bets/store/bet-tables';
import { toArrayLiteral, toInstant } from '@/server/store/insert-rows';

/** Accounts that are unknown or deleted are left out. */
export type ReadAccounts = (sql: RawSql, accountIds: readonly string[], now: EpochMs) => Promise<readonly Account[]>;

export async function loadRows(
  sql: RawSql,
  asks: readonly Asks[],
  { now, readAccounts }: { readonly now: EpochMs; readonly readAccounts: ReadAccounts },
): Promise<Rows> {
  const placements = asks.flatMap((ask) => ask.placement ?? []);
  const ofPlacements = placements.map(({ accountId }) => accountId);
  const accountIds = [...new Set([...ofPlacements, ...asks.flatMap((ask) => ask.accounts ?? [])])];
  const parameters = [
    toArrayLiteral([...new Set(asks.flatMap((ask) => ask.bets ?? []))]),
    toArrayLiteral(ofPlacements),
    toArrayLiteral(placements.map(({ clientKey }) => clientKey)),
  ];
  const anyBet = placements.length > 0 || asks.some((ask) => ask.bets?.length);
  const [bets, transactions, entries, sessions, accounts, activity] = await Promise.all([
    anyBet ? sql.unsafe<BetRecord[]>(READ_BETS, parameters, { prepare: true }) : [],
    anyBet ? sql.unsafe<TransactionRecord[]>(READ_TRANSACTIONS, parameters, { prepare: true }) : [],
    anyBet ? sql.unsafe<EntryRecord[]>(READ_ENTRIES, parameters, { prepare: true }) : [],
    readSessions(sql, { asks, parameters, anyBet }),
    accountIds.length > 0 ? readAccounts(sql, accountIds, now) : [],
    ofPlacements.length > 0 ? readActivity(sql, [...new Set(ofPlacements)], now) : [],
  ]);
  const rows = createRows();
  for (const record of bets) rows.bets.set(record.bet_id, toBetRow(record));
  for (const record of transactions) append(rows.transactions, record.bet_id, toBetTransaction(record));
  for (const record of entries) {
    append(rows.entries, record.bet_id, toEntry(record));
    rows.postings.add(record.posting);
  }
  for (const record of sessions) rows.sessions.set(record.session_id, toBetSession(record));
  for (const account of accounts) rows.accounts.set(account.accountId, account);
  for (const bet of activity) rows.activity.set(bet.betId, bet);
  return rows;
}

/** Bets as they are stored, with everything that hangs on them. */
export async function loadStored(sql: RawSql, betIds: readonly string[]): Promise<Rows> {
  const asks: Asks[] = [{ bets: betIds }];
  return loadRows(sql, asks, { now: epochMs(0), readAccounts: async () => [] });
}

/**
 * The bets that are asked for, of $1 ids and $2 accounts with $3 client keys. A union of three index scans; the planner
 * would not make them of one condition with "or". Every read repeats it, so that none has to wait for another's answer.
 */
const ASKED_BETS = `
  select unnest($1::text[])
  union select b.bet_id from unnest($2::text[], $3::text[]) asked (account_id, client_key)
    join bets b on b.account_id = asked.account_id and b.client_key = asked.client_key
  union select b.bet_id from bets b
    where b.account_id = any($2::text[]) and b.state in ('prepared', 'submitted', 'active') and b.closed_at is null`;

const READ_BETS = `select ${BET_COLUMNS} from bets where bet_id in (${ASKED_BETS})`;

const READ_TRANSACTIONS = `
  select ${TRANSACTION_COLUMNS} from bet_transactions
  where bet_id in (${ASKED_BETS}) order by sent_at, attempt`;

const READ_ENTRIES = `
  select bet_id, posting, account, lamports, signature from ledger_entries
  where bet_id in (${ASKED_BETS}) order by entry_id`;

/** $4: sessions by id. */
const READ_SESSIONS = `
  select ${SESSION_COLUMNS} from bet_sessions
  where session_id in (
    select b.session_id from bets b where b.bet_id in (${ASKED_BETS})
    union select unnest($4::text[])
    union select s.session_id from bet_sessions s where s.closed_at is null and s.account_id = any($2::text[]))`;

const READ_IDLE_SESSIONS = `
  select ${SESSION_COLUMNS} from bet_sessions where closed_at is null and last_bet_at <= $1::timestamptz`;

async function readSessions(
  sql: RawSql,
  { asks, parameters, anyBet }: { asks: readonly Asks[]; parameters: readonly string[]; anyBet: boolean },
): Promise<readonly SessionRecord[]> {
  const ids = asks.flatMap((ask) => ask.sessions ?? []);
  const idleSince = asks.flatMap((ask) => ask.idleSince ?? []);
  const [asked, idle] = await Promise.all([
    anyBet || ids.length > 0
      ? sql.unsafe<SessionRecord[]>(READ_SESSIONS, [...parameters, toArrayLiteral(ids)], { prepare: true })
      : [],
    idleSince.length > 0
      ? sql.unsafe<SessionRecord[]>(READ_IDLE_SESSIONS, [toInstant(epochMs(Math.max(...idleSince)))], { prepare: true })
      : [],
  ]);
  return [...asked, ...idle];
}

type ActivityRecord = Pick<
  BetRecord,
  | 'bet_id'
  | 'account_id'
  | 'venue'
  | 'game_id'
  | 'state'
  | 'stake_lamports'
  | 'payout'
  | 'start_tick'
  | 'end_tick'
  | 'prepared_at'
  | 'settled_at'
>;

async function readActivity(sql: RawSql, accountIds: readonly string[], now: EpochMs) {
  const records = await sql.unsafe<ActivityRecord[]>(
    `select b.bet_id, b.account_id, b.venue, b.game_id, b.state, b.stake_lamports, b.payout, b.start_tick, b.end_tick,
       b.prepared_at, b.settled_at
     from unnest($1::text[]) asked (account_id)
     join bets b on b.account_id = asked.account_id
       and b.prepared_at >= least($2::timestamptz, (
         select min(s.opened_at) from bet_sessions s where s.account_id = asked.account_id and s.closed_at is null))`,
    [toArrayLiteral(accountIds), toInstant(epochMs(now - ACTIVITY_MS))],
    { prepare: true },
  );
  return records.map(toActivityBet);
}

function toActivityBet(row: ActivityRecord): ActivityBet & Pick<Bet, 'accountId'> {
  return {
    betId: row.bet_id,
    accountId: row.account_id,
    venue: row.venue,
    gameId: gameId(row.game_id),
    state: row.state,
    stakeLamports: lamports(BigInt(row.stake_lamports)),
    payout: row.payout,
    startTick: row.start_tick,
    endTick: row.end_tick,
    preparedAt: epochMs(row.prepared_at.getTime()),
    settledAt: row.settled_at && epochMs(row.settled_at.getTime()),
  };
}

type EntryRecord = {
  readonly bet_id: string;
  readonly posting: string;
  readonly account: LedgerEntry['account'];
  readonly lamports: string;
  readonly signature: string | null;
};

function toEntry({ posting, account, lamports: amount, signature }: EntryRecord): LedgerEntry {
  return { posting, account, lamports: lamports(BigInt(amount)), signature };
}

function append<T>(lists: Map<string, readonly T[]>, key: string, value: T): void {
  lists.set(key, [...(lists.get(key) ?? []), value]);
}
