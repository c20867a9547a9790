// Reads what a batch of steps asked for, in two round trips whatever their number: first the bets, sessions and accounts,
// then what hangs on those bets.
import type { Account } from '@/lib/account/account';
import type { RawSql } from '@/db/connect';
import type { Bet } from '@/lib/bets/bet';
import type { ActivityBet } from '@/lib/bets/betting-activity';
import { gameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import { epochMs, type EpochMs } from '@/lib/units/time';
import {
  BET_COLUMNS,
  toBetRow,
  toBetSession,
  toBetTransaction,
  type BetRecord,
  type SessionRecord,
  type TransactionRecord,
} from '@/server/bets/store/bet-columns';
import type { Asks, LedgerEntry } from '@/server/bets/store/bet-store';
import { ACTIVITY_MS, createRows, type Rows } from '@/server/bets/store/bet-tables';
import { toArrayLiteral, toInstant } from '@/server/store/insert-rows';

export type ReadAccount = (sql: RawSql, accountId: string, now: EpochMs) => Promise<Account | null>;

export async function loadRows(
  sql: RawSql,
  asks: readonly Asks[],
  { now, readAccount }: { readonly now: EpochMs; readonly readAccount: ReadAccount },
): Promise<Rows> {
  const rows = createRows();
  const placements = asks.flatMap((ask) => ask.placement ?? []);
  const accountIds = [
    ...new Set([...placements.map(({ accountId }) => accountId), ...asks.flatMap((ask) => ask.accounts ?? [])]),
  ];
  const [bets, accounts, activity] = await Promise.all([
    readBets(sql, asks, placements),
    Promise.all(accountIds.map((accountId) => readAccount(sql, accountId, now))),
    placements.length > 0 ? readActivity(sql, placements, now) : [],
  ]);
  for (const record of bets) rows.bets.set(record.bet_id, toBetRow(record));
  for (const account of accounts) if (account) rows.accounts.set(account.accountId, account);
  for (const bet of activity) rows.activity.set(bet.betId, bet);
  const betIds = [...rows.bets.keys()];
  const [sessions, transactions, entries] = await Promise.all([
    readSessions(sql, { asks, placements, of: bets }),
    betIds.length > 0 ? readTransactions(sql, betIds) : [],
    betIds.length > 0 ? readEntries(sql, betIds) : [],
  ]);
  for (const record of sessions) rows.sessions.set(record.session_id, toBetSession(record));
  for (const record of transactions) append(rows.transactions, record.bet_id, toBetTransaction(record));
  for (const { betId, ...entry } of entries) {
    append(rows.entries, betId, entry);
    rows.postings.add(entry.posting);
  }
  return rows;
}

/** Bets as they are stored, with everything that hangs on them. */
export async function loadStored(sql: RawSql, betIds: readonly string[]): Promise<Rows> {
  const asks: Asks[] = [{ bets: betIds }];
  return loadRows(sql, asks, { now: epochMs(0), readAccount: async () => null });
}

type Placement = NonNullable<Asks['placement']>;

async function readBets(
  sql: RawSql,
  asks: readonly Asks[],
  placements: readonly Placement[],
): Promise<readonly BetRecord[]> {
  const betIds = [...new Set(asks.flatMap((ask) => ask.bets ?? []))];
  const byId = `select ${BET_COLUMNS} from bets where bet_id = any($1::text[])`;
  if (placements.length === 0) {
    if (betIds.length === 0) return [];
    return sql.unsafe<BetRecord[]>(byId, [toArrayLiteral(betIds)], { prepare: true });
  }
  // A union of three index scans; the planner would not make them of one condition with "or".
  return sql.unsafe<BetRecord[]>(
    `select ${BET_COLUMNS} from bets where bet_id in (
       select unnest($1::text[])
       union select b.bet_id from unnest($2::text[], $3::text[]) asked (account_id, client_key)
         join bets b on b.account_id = asked.account_id and b.client_key = asked.client_key
       union select b.bet_id from bets b
         where b.account_id = any($2::text[]) and b.state in ('prepared', 'submitted', 'active') and b.closed_at is null)`,
    [
      toArrayLiteral(betIds),
      toArrayLiteral(placements.map(({ accountId }) => accountId)),
      toArrayLiteral(placements.map(({ clientKey }) => clientKey)),
    ],
    { prepare: true },
  );
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

async function readActivity(sql: RawSql, placements: readonly Placement[], now: EpochMs) {
  const accountIds = [...new Set(placements.map(({ accountId }) => accountId))];
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

async function readSessions(
  sql: RawSql,
  { asks, placements, of }: { asks: readonly Asks[]; placements: readonly Placement[]; of: readonly BetRecord[] },
): Promise<readonly SessionRecord[]> {
  const ids = new Set([...of.map((bet) => bet.session_id), ...asks.flatMap((ask) => ask.sessions ?? [])]);
  const idleSince = asks.flatMap((ask) => ask.idleSince ?? []);
  if (ids.size === 0 && placements.length === 0 && idleSince.length === 0) return [];
  return sql.unsafe<SessionRecord[]>(
    `select session_id, account_id, venue, opened_at, last_bet_at, closed_at, close_reason from bet_sessions
     where session_id = any($1::text[])
       or (closed_at is null and (account_id = any($2::text[]) or last_bet_at <= $3::timestamptz))`,
    [
      toArrayLiteral([...ids]),
      toArrayLiteral(placements.map(({ accountId }) => accountId)),
      idleSince.length > 0 ? toInstant(epochMs(Math.max(...idleSince))) : toInstant(epochMs(0)),
    ],
    { prepare: true },
  );
}

async function readTransactions(sql: RawSql, betIds: readonly string[]): Promise<readonly TransactionRecord[]> {
  return sql.unsafe<TransactionRecord[]>(
    `select signature, bet_id, role, attempt, status, bytes, last_valid_block_height, slot, fee_lamports, sent_at,
       confirmed_at, finalized_at
     from bet_transactions where bet_id = any($1::text[]) order by sent_at, attempt`,
    [toArrayLiteral(betIds)],
    { prepare: true },
  );
}

async function readEntries(
  sql: RawSql,
  betIds: readonly string[],
): Promise<readonly (LedgerEntry & { readonly betId: string })[]> {
  const records = await sql.unsafe<
    {
      bet_id: string;
      posting: string;
      account: LedgerEntry['account'];
      lamports: string;
      signature: string | null;
    }[]
  >(
    `select bet_id, posting, account, lamports, signature from ledger_entries
     where bet_id = any($1::text[]) order by entry_id`,
    [toArrayLiteral(betIds)],
    { prepare: true },
  );
  return records.map(({ bet_id, posting, account, lamports: amount, signature }) => ({
    betId: bet_id,
    posting,
    account,
    lamports: lamports(BigInt(amount)),
    signature,
  }));
}

function append<T>(lists: Map<string, readonly T[]>, key: string, value: T): void {
  lists.set(key, [...(lists.get(key) ?? []), value]);
}
