// Builds the table `bets` again from the events of the bets' streams, beside the running engine: a page of streams at a time,
// each under the writer's lock, so that no bet goes on while it is folded. Interrupted, it leaves the rest as it was. What a
// venue prepared stands in no event, and stays as it is.
import { transact, type RawSql } from '@/db/connect';
import { WRITER_LOCK } from '@/db/locks';
import type { Bet } from '@/lib/bets/bet';
import { betStream, type BetEvent } from '@/lib/bets/bet-event';
import { applyBetEvent, describeTransitionError } from '@/lib/bets/fold-bet';
import { BETS } from '@/server/bets/store/bet-columns';
import type { BetRow } from '@/server/bets/store/bet-tables';
import type { RebuildOptions, RebuildReport } from '@/server/event-log/projection';
import { insertStatement, toArrayLiteral } from '@/server/store/insert-rows';

/** About three thousand events: the engine waits some 50 ms for a page. */
const PAGE_BETS = 500;
const PREFIX = betStream('');

export async function rebuildBets(
  sql: RawSql,
  { onProgress }: Pick<RebuildOptions, 'onProgress'>,
): Promise<RebuildReport> {
  let [read, rows, changed] = [0, 0, 0];
  for (let last = PREFIX; ;) {
    const page = await transact(sql, () => rebuildPage(sql, last));
    if (page.last === null) return { read, rows, changed };
    read += page.events;
    rows += page.bets;
    changed += page.changed;
    last = page.last;
    onProgress(`${rows} bets folded`);
  }
}

type Page = { readonly last: string | null; readonly events: number; readonly bets: number; readonly changed: number };
type EventRow = {
  readonly stream: string;
  readonly type: string;
  readonly payload: string;
  readonly occurred_at: Date;
};

async function rebuildPage(sql: RawSql, last: string): Promise<Page> {
  await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`;
  const streams = await sql<{ stream: string }[]>`
    select distinct stream from events where stream > ${last} and stream < ${END} order by stream limit ${PAGE_BETS}`;
  if (streams.length === 0) return { last: null, events: 0, bets: 0, changed: 0 };
  const names = streams.map(({ stream }) => stream);
  const events = await sql<EventRow[]>`
    select stream, type, payload::text as payload, occurred_at from events
    where stream = any(${toArrayLiteral(names)}::text[]) order by stream, version`;
  const kept = await withoutDeleted(sql, foldAll(events));
  const bets = kept.map((bet): BetRow => ({ bet, preparation: null }));
  const parameters = BETS.columns.map(({ of }) => toArrayLiteral(bets.map(of)));
  const replaced = await sql.unsafe(REPLACE_DIFFERING, parameters);
  return { last: names.at(-1)!, events: events.length, bets: bets.length, changed: replaced.length };
}

/** What a player has deleted does not come back: the log names nobody, and the table must not either. */
async function withoutDeleted(sql: RawSql, bets: readonly Bet[]): Promise<readonly Bet[]> {
  const ids = [...new Set(bets.map(({ accountId }) => accountId))];
  const deleted = await sql<{ account_id: string }[]>`
    select account_id from accounts
    where account_id = any(${toArrayLiteral(ids)}::text[]) and deleted_at is not null`;
  const gone = new Set(deleted.map((row) => row.account_id));
  return bets.filter(({ accountId }) => !gone.has(accountId));
}

/** ';' comes right after ':'. */
const END = PREFIX.replace(':', ';');

/** Throws for a stream that no engine can have written. */
function foldAll(events: readonly EventRow[]): readonly Bet[] {
  const bets = new Map<string, Bet>();
  for (const { stream, type, payload, occurred_at } of events) {
    const betId = stream.slice(PREFIX.length);
    const event = { type, payload: JSON.parse(payload), occurredAt: occurred_at.getTime() } as BetEvent;
    const applied = applyBetEvent(bets.get(betId) ?? null, { betId, event });
    if (!applied.ok) throw new Error(describeTransitionError(applied.error));
    bets.set(betId, applied.value);
  }
  return [...bets.values()];
}

const FOLDED = BETS.columns.map(({ name }) => name).filter((name) => name !== 'bet_id' && name !== 'preparation');
/** JSON has no equality of its own. */
const comparable = (table: string) =>
  FOLDED.map((name) => (name === 'advice' ? `${table}.${name}::text` : `${table}.${name}`)).join(', ');
const REPLACE_DIFFERING = `${insertStatement(BETS, 'fail')}
  on conflict (bet_id) do update set ${FOLDED.map((name) => `${name} = excluded.${name}`).join(', ')}
  where (${comparable('bets')}) is distinct from (${comparable('excluded')})
  returning bet_id`;
