// Writes what a batch of steps decided, inside the caller's transaction and under its lock: events, rows, ledger lines and
// balances together. A posting that is booked already, under whatever step, is left out, its balances too.
import type { RawSql } from '@/db/connect';
import type { BetEvent } from '@/lib/bets/bet-event';
import { betStream } from '@/lib/bets/bet-event';
import type { BetSession } from '@/lib/bets/bet-session';
import type { BetTransaction } from '@/lib/bets/bet-transaction';
import type { Posting } from '@/lib/ledger/ledger';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { appendEvents } from '@/server/event-log/append-events';
import { BET_TRANSACTIONS, BETS, LEDGER_ENTRIES, SESSIONS, type BookedLine } from '@/server/bets/store/bet-columns';
import type { BetRow } from '@/server/bets/store/bet-tables';
import { insertRows, toArrayLiteral } from '@/server/store/insert-rows';

export type BatchChanges = {
  /** Each with the version its stream had before it. */
  readonly events: readonly { readonly betId: string; readonly event: BetEvent; readonly before: number }[];
  /** The last word on each row. */
  readonly bets: readonly BetRow[];
  readonly sessions: readonly BetSession[];
  readonly transactions: readonly BetTransaction[];
  readonly postings: readonly Posting[];
};

export async function writeChanges(sql: RawSql, changes: BatchChanges, recordedAt: EpochMs): Promise<void> {
  await appendEvents(
    sql,
    changes.events.map(({ betId, event, before }) => ({
      stream: betStream(betId),
      expectedVersion: before,
      type: event.type,
      payload: event.payload,
      occurredAt: epochMs(event.occurredAt),
    })),
    { recordedAt },
  );
  // Sent in one go, in this order: rows that others refer to come first.
  await Promise.all([
    insertRows(sql, { table: SESSIONS, rows: changes.sessions, onConflict: 'replace' }),
    insertRows(sql, { table: BETS, rows: changes.bets, onConflict: 'replace' }),
    insertRows(sql, { table: BET_TRANSACTIONS, rows: changes.transactions, onConflict: 'replace' }),
    bookPostings(sql, changes.postings, recordedAt),
  ]);
}

/** For whoever books outside of a step as well; the caller holds WRITER_LOCK. Returns the postings that are new. */
export async function bookPostings(
  sql: RawSql,
  postings: readonly Posting[],
  at: EpochMs,
): Promise<readonly Posting[]> {
  if (postings.length === 0) return [];
  const names = [...new Set(postings.map(({ name }) => name))];
  const booked = await sql.unsafe<{ posting: string }[]>(
    'select distinct posting from ledger_entries where posting = any($1::text[])',
    [toArrayLiteral(names)],
    { prepare: true },
  );
  const known = new Set(booked.map(({ posting }) => posting));
  const fresh = postings.filter(({ name, lines }) => {
    if (known.has(name) || lines.length === 0) return false;
    known.add(name);
    return true;
  });
  const lines = fresh.flatMap((posting) => toLines(posting, at));
  await insertRows(sql, { table: LEDGER_ENTRIES, rows: lines, onConflict: 'fail' });
  await addToBalances(sql, lines);
  return fresh;
}

function toLines({ name, lines, betId, signature }: Posting, at: EpochMs): BookedLine[] {
  return lines.map(({ account, lamports }, line) => ({ posting: name, line, account, lamports, betId, signature, at }));
}

async function addToBalances(sql: RawSql, lines: readonly BookedLine[]): Promise<void> {
  if (lines.length === 0) return;
  const sums = new Map<string, { lamports: bigint; entries: number }>();
  for (const { account, lamports } of lines) {
    const sum = sums.get(account) ?? { lamports: 0n, entries: 0 };
    sums.set(account, { lamports: sum.lamports + lamports, entries: sum.entries + 1 });
  }
  await sql.unsafe(
    `insert into ledger_balances (account, lamports, entries)
     select * from unnest($1::text[], $2::bigint[], $3::integer[])
     on conflict (account) do update set lamports = ledger_balances.lamports + excluded.lamports,
       entries = ledger_balances.entries + excluded.entries`,
    [
      toArrayLiteral([...sums.keys()]),
      toArrayLiteral([...sums.values()].map(({ lamports }) => lamports)),
      toArrayLiteral([...sums.values()].map(({ entries }) => entries)),
    ],
    { prepare: true },
  );
}
