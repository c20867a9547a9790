// Appends events to the log, inside the caller's transaction: all of them, each where it is expected, or none. One
// appender at a time: the lock is the batch writer's, so that the chain has one end and versions do not race. Called by
// the batch writer, by jobs and by commands.
import type { RawSql, Statement } from '@/db/connect';
import { WRITER_LOCK } from '@/db/locks';
import { GENESIS } from '@/lib/event-log/chain-checker';
import type { LogHead, NewEvent, StoredEvent } from '@/lib/event-log/event';
import { sealEvents } from '@/lib/event-log/seal-events';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { ConflictError } from '@/server/event-log/conflict-error';
import { EVENTS } from '@/server/event-log/event-table';
import { nativeSha256 } from '@/server/event-log/native-sha256';
import { inserting, insertRows, toArrayLiteral } from '@/server/store/insert-rows';

/**
 * `recordedAt` is the writer's clock. An event is never recorded before the one before it: what the record knew at an
 * instant is then a beginning of the log, and a clock that was put back does not reorder knowledge.
 * Throws ConflictError; the transaction is then the caller's to end.
 */
export async function appendEvents(
  sql: RawSql,
  events: readonly NewEvent[],
  { recordedAt }: { recordedAt: EpochMs },
): Promise<readonly StoredEvent[]> {
  if (events.length === 0) return [];
  const { end, versions } = await lockAndRead(sql, events);
  const sealed = seal(events, { end, versions, recordedAt });
  await insertRows(sql, { table: EVENTS, rows: sealed, onConflict: 'fail' });
  return sealed;
}

/** Where the log ends. */
export type LogEnd = { readonly head: LogHead; readonly recordedAt: EpochMs };

type Versions = ReadonlyMap<string, number>;

/** For whoever holds the writer's lock already and appends with `appending`. */
export async function readLogEnd(sql: RawSql): Promise<LogEnd> {
  const [last] = await sql`select position, hash, recorded_at from events order by position desc limit 1`;
  return {
    head: last ? { position: Number(last.position), hash: last.hash.toString('hex') } : GENESIS,
    recordedAt: epochMs(last ? last.recorded_at.getTime() : -Infinity),
  };
}

/**
 * The statement that appends, to be sent with others: for whoever read the log's end and its streams' versions under the
 * writer's lock, in this transaction. Throws ConflictError.
 */
export function appending(
  sql: RawSql,
  events: readonly NewEvent[],
  at: { end: LogEnd; versions: Versions; recordedAt: EpochMs },
): readonly Statement[] {
  return inserting(sql, { table: EVENTS, rows: seal(events, at), onConflict: 'fail' });
}

function seal(
  events: readonly NewEvent[],
  { end, versions, recordedAt }: { end: LogEnd; versions: Versions; recordedAt: EpochMs },
): readonly StoredEvent[] {
  const sealed = sealEvents(events, {
    head: end.head,
    versions,
    recordedAt: epochMs(Math.max(recordedAt, end.recordedAt)),
    sha256: nativeSha256,
  });
  if (!sealed.ok) throw new ConflictError(sealed.error);
  return sealed.value;
}

/** Sent in one go: the server takes them in order, and each reads with what was committed before the lock was given. */
async function lockAndRead(sql: RawSql, events: readonly NewEvent[]): Promise<{ end: LogEnd; versions: Versions }> {
  const streams = [...new Set(events.map((event) => event.stream))];
  const locked = sql`select pg_advisory_xact_lock(${WRITER_LOCK})`.execute();
  const [, end, versions] = await Promise.all([
    locked,
    readLogEnd(sql),
    sql`
      select stream, (select max(version) from events e where e.stream = asked.stream) as version
      from unnest(${toArrayLiteral(streams)}::text[]) asked (stream)`,
  ]);
  return { end, versions: new Map(versions.map(({ stream, version }) => [stream, version ?? 0])) };
}
