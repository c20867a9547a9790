// Writes what a batch of steps decided, in the caller's transaction and under its lock: events, rows, ledger lines and
// balances together. A posting that is booked already, under whatever step, is left out, its balances too.
import type { RawSql, Statement } from '@/db/connect';
import type { BetEvent } from '@/lib/bets/bet-event';
import { betStream } from '@/lib/bets/bet-event';
import type { BetSession } from '@/lib/bets/bet-session';
import type { BetTransaction } from '@/lib/bets/bet-transaction';
import type { Posting } from '@/lib/ledger/ledger';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { appending, type LogEnd } from '@/server/event-log/append-events';
import { BET_TRANSACTIONS, BETS, LEDGER_ENTRIES, SESSIONS, type BookedLine } from '@/server/bets/store/bet-columns';
import type { BetRow } from '@/server/bets/store/bet-tables';
import { inserting, insertStatement, toParameters } from '@/server/store/insert-rows';

export type BatchChanges = {
  /** Each with the version its stream had before it. */
  readonly events: readonly { readonly betId: string; readonly event: BetEvent; readonly before: number }[];
  /** The last word on each row. */
  readonly bets: readonly BetRow[];
  readonly sessions: readonly BetSession[];
  readonly transactions: readonly BetTransaction[];
  readonly postings: readonly Posting[];
};

/** The statements, to be sent together and in this order: rows that others refer to come first. */
export function writingChanges(
  sql: RawSql,
  changes: BatchChanges,
  { recordedAt, logEnd }: { readonly recordedAt: EpochMs; readonly logEnd: LogEnd },
): readonly Statement[] {
  const events = changes.events.map(({ betId, event, before }) => ({
    stream: betStream(betId),
    expectedVersion: before,
    type: event.type,
    payload: event.payload,
    occurredAt: epochMs(event.occurredAt),
  }));
  return [
    ...appending(sql, events, { end: logEnd, versions: versionsBefore(events), recordedAt }),
    ...inserting(sql, { table: SESSIONS, rows: changes.sessions, onConflict: 'replace' }),
    ...inserting(sql, { table: BETS, rows: changes.bets, onConflict: 'replace' }),
    ...inserting(sql, { table: BET_TRANSACTIONS, rows: changes.transactions, onConflict: 'replace' }),
    ...booking(sql, changes.postings, recordedAt),
  ];
}

/** A row of `bets` and its stream have one version; should they ever not, the log refuses a version it has. */
function versionsBefore(events: readonly { readonly stream: string; readonly expectedVersion: number }[]) {
  const versions = new Map<string, number>();
  for (const { stream, expectedVersion } of events) if (!versions.has(stream)) versions.set(stream, expectedVersion);
  return versions;
}

/** For whoever books outside of a step as well; the caller holds WRITER_LOCK. */
export async function bookPostings(sql: RawSql, postings: readonly Posting[], at: EpochMs): Promise<void> {
  await Promise.all(booking(sql, postings, at));
}

function booking(sql: RawSql, postings: readonly Posting[], at: EpochMs): readonly Statement[] {
  const names = new Set<string>();
  const lines = postings.flatMap((posting) => {
    if (names.has(posting.name)) return [];
    names.add(posting.name);
    return toLines(posting, at);
  });
  if (lines.length === 0) return [];
  return [sql.unsafe(BOOK, toParameters(LEDGER_ENTRIES, lines), { prepare: true })];
}

const BOOK = `
  with booked as (
    ${insertStatement(LEDGER_ENTRIES, 'fail')}
    where not exists (select from ledger_entries known where known.posting = rows.posting)
    returning account, lamports)
  insert into ledger_balances (account, lamports, entries)
  select account, sum(lamports)::bigint, count(*)::integer from booked group by account
  on conflict (account) do update set lamports = ledger_balances.lamports + excluded.lamports,
    entries = ledger_balances.entries + excluded.entries`;

function toLines({ name, lines, betId, signature }: Posting, at: EpochMs): BookedLine[] {
  return lines.map(({ account, lamports }, line) => ({ posting: name, line, account, lamports, betId, signature, at }));
}
