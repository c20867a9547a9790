// Deletes a day's rows of one kind. Where the policy archives, the archive leads: a row goes only when the archive has it,
// byte for byte as it is now. What has changed since it was archived stays, and is archived again. A kill in between
// loses nothing: the second run meets the rows that are left. Ticks have a way of their own (drop-ticks).
import { transact, type RawSql } from '@/db/connect';
import { WRITER_LOCK } from '@/db/locks';
import { dropRollupDay, hasDayChunks } from '@/db/timescale/drop-rollup-day';
import type { EpochMs } from '@/lib/units/time';
import { appendEvents } from '@/server/event-log/append-events';
import type { Archive } from '@/server/archive/archive';
import { readFile, verifyFile } from '@/server/archive/archive-file';
import type { Step } from '@/server/retention/find-steps';
import { isOfDay, type Kind } from '@/server/retention/kinds';
import { markDeleted, type LedgerFile } from '@/server/retention/ledger';
import { toArrayLiteral } from '@/server/store/insert-rows';

/** The caller has found no obstacle. Returns the rows deleted. */
export async function deleteDay(
  sql: RawSql,
  { step, archive, now }: { step: Step; archive: Archive; now: EpochMs },
): Promise<number> {
  const { kind, day, policy, files } = step;
  let rows = 0;
  if (policy.archiveAfterDays === null) rows = await deletePlain(sql, kind, day);
  else for (const file of files) rows += await deleteArchived(sql, { kind, file, archive });
  await noteDeleted(sql, { kind, day, rows, files, now });
  return rows;
}

/** The books and the event, once the rows are gone. */
export async function noteDeleted(
  sql: RawSql,
  { kind, day, rows, files, now }: Pick<Step, 'kind' | 'day' | 'files'> & { rows: number; now: EpochMs },
): Promise<void> {
  await transact(sql, async () => {
    const ids = files.map(({ archiveId }) => archiveId);
    await markDeleted(sql, ids);
    const payload = { kind: kind.name, day, rows };
    const event = { stream: 'retention', expectedVersion: 'any', type: 'deleted', payload, occurredAt: now } as const;
    await appendEvents(sql, [event], { recordedAt: now });
  });
}

/** A whole day at once: rollups tell an hour that was deleted from one of which a part is missing. */
async function deletePlain(sql: RawSql, kind: Kind, day: string): Promise<number> {
  if (await hasDayChunks(sql, kind.name)) return dropRollupDay(sql, kind.name, day);
  const { count } = await sql.unsafe(`delete from ${kind.name} where ${isOfDay(kind, day)}`);
  return count;
}

async function deleteArchived(
  sql: RawSql,
  { kind, file, archive }: { kind: Kind; file: LedgerFile; archive: Archive },
): Promise<number> {
  await verifyFile(archive, file.location, file);
  let rows = 0;
  for await (const piece of readFile(archive, file.location)) rows += await deletePiece(sql, kind, piece);
  return rows;
}

async function deletePiece(sql: RawSql, kind: Kind, piece: readonly string[]): Promise<number> {
  const isSame = kind.key.map((column) => `t.${column} = a.${column}`).join(' and ');
  const columns = kind.key.map((column) => `(json_populate_record(null::${kind.name}, line::json)).${column}`);
  return transact(sql, async () => {
    await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`;
    await sql`set local timezone = 'UTC'`;
    const { count } = await sql.unsafe(
      `delete from ${kind.name} t
      using (select line, ${columns.join(', ')} from unnest($1::text[]) line) a
      where ${isSame} and row_to_json(t)::text = a.line`,
      [toArrayLiteral(piece)],
    );
    return count;
  });
}
