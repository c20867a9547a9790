// Appends events to the log, inside the caller's transaction: all of them, each where it is expected, or none. One
// appender at a time: the lock is the batch writer's, so that the chain has one end and versions do not race. Called by
// the batch writer, by jobs and by commands.
import type { RawSql } from '@/db/connect';
import { WRITER_LOCK } from '@/db/locks';
import { GENESIS } from '@/lib/event-log/chain-checker';
import type { LogHead, NewEvent, StoredEvent } from '@/lib/event-log/event';
import { sealEvents } from '@/lib/event-log/seal-events';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { ConflictError } from '@/server/event-log/conflict-error';
import { EVENTS } from '@/server/event-log/event-table';
import { nativeSha256 } from '@/server/event-log/native-sha256';
import { insertRows, toArrayLiteral } from '@/server/store/insert-rows';

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
  const { head, recordedAt: lastRecordedAt, versions } = await lockAndRead(sql, events);
  const sealed = sealEvents(events, {
    head,
    versions,
    recordedAt: epochMs(Math.max(recordedAt, lastRecordedAt)),
    sha256: nativeSha256,
  });
  if (!sealed.ok) throw new ConflictError(sealed.error);
  await insertRows(sql, { table: EVENTS, rows: sealed.value, onConflict: 'fail' });
  return sealed.value;
}

type End = { readonly head: LogHead; readonly recordedAt: EpochMs; readonly versions: ReadonlyMap<string, number> };

/** Sent in one go: the server takes them in order, and each reads with what was committed before the lock was given. */
async function lockAndRead(sql: RawSql, events: readonly NewEvent[]): Promise<End> {
  const streams = [...new Set(events.map((event) => event.stream))];
  const [, [last], versions] = await Promise.all([
    sql`select pg_advisory_xact_lock(${WRITER_LOCK})`.execute(),
    sql`select position, hash, recorded_at from events order by position desc limit 1`.execute(),
    sql`
      select stream, (select max(version) from events e where e.stream = asked.stream) as version
      from unnest(${toArrayLiteral(streams)}::text[]) asked (stream)`.execute(),
  ]);
  return {
    head: last ? { position: Number(last.position), hash: last.hash.toString('hex') } : GENESIS,
    recordedAt: epochMs(last ? last.recorded_at.getTime() : -Infinity),
    versions: new Map(versions.map(({ stream, version }) => [stream, version ?? 0])),
  };
}
