// Deletes a day's tick rows once its games' paths tell them: the day's partition in one piece, or what lies elsewhere game
// by game. That every game is confirmed and its path whole, and that the archive has the day as it is, is looked at
// again under the writer's lock, in the transaction that deletes.
import { transact, type RawSql } from '@/db/connect';
import { WRITER_LOCK } from '@/db/locks';
import { boundsOfDay, findTickPartitions } from '@/db/partitions';
import type { EpochMs } from '@/lib/units/time';
import type { Archive } from '@/server/archive/archive';
import { verifyFile } from '@/server/archive/archive-file';
import { noteDeleted } from '@/server/retention/delete-day';
import { hasChangedPaths, type Step } from '@/server/retention/find-steps';
import { describeTicks, readTicksOfDay } from '@/server/retention/inspect-step';

/** About 100 ms of the writer's time. */
const ROWS_PER_PIECE = 20_000;

/** Returns the rows deleted. Throws when something is in the way after all. */
export async function dropTicks(
  sql: RawSql,
  { step, archive, now }: { step: Step; archive: Archive; now: EpochMs },
): Promise<number> {
  const { day, files } = step;
  for (const file of files) await verifyFile(archive, file.location, file);
  const partitions = await findTickPartitions(sql);
  let rows = await underLock(sql, async () => {
    const { from, to } = boundsOfDay(day);
    if (!(await partitions.list(sql)).some((partition) => partition.day === day)) return 0;
    await assertMayGo(sql, step);
    const [row] = await sql`select count(*)::int as rows from ticks where game_id >= ${from} and game_id < ${to}`;
    return (await partitions.drop(sql, day)) ? (row!.rows as number) : 0;
  });
  for (let deleted = -1; deleted !== 0; rows += deleted) deleted = await deletePiece(sql, step);
  await noteDeleted(sql, { ...step, rows, now });
  return rows;
}

/** Whole games; 0 when there is none left. */
async function deletePiece(sql: RawSql, step: Step): Promise<number> {
  const { from, to } = boundsOfDay(step.day);
  return underLock(sql, async () => {
    const [piece] = await sql`
      select min(game_id) as first, max(game_id) as last from (
        select game_id from ticks where game_id >= ${from} and game_id < ${to} order by game_id limit ${ROWS_PER_PIECE}) t`;
    if (piece!.first === null) return 0;
    // "." comes after every character of an id.
    const upTo = `${piece!.last}.`;
    await assertMayGo(sql, step, upTo);
    return (await sql`delete from ticks where game_id >= ${from} and game_id < ${upTo}`).count;
  });
}

async function assertMayGo(sql: RawSql, { day, policy, files }: Step, upTo?: string): Promise<void> {
  const obstacle = describeTicks(await readTicksOfDay(sql, day, upTo));
  if (obstacle !== null) throw new Error(`ticks of ${day} stay: ${obstacle}`);
  if (policy.archiveAfterDays === null) return;
  const last = files.at(-1);
  if (!last || (await hasChangedPaths(sql, { day, since: last.archivedAt }))) {
    throw new Error(`ticks of ${day} stay: changed since they were archived`);
  }
}

function underLock<T>(sql: RawSql, work: () => Promise<T>): Promise<T> {
  return transact(sql, async () => {
    await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`;
    return work();
  });
}
