// Drops a day of one of the rollups that retention thins out, on TimescaleDB: a chunk of each holds a day, and what was
// built from it stays. (A DELETE would do for the hypertables, but an aggregate takes none.) Called by retention, which
// deletes the rows itself where there are no chunks.
import type { RawSql } from '@/db/connect';
import { isDay } from '@/db/timescale/day';
import { hasContinuousAggregates } from '@/db/timescale/relations';

const COLUMNS = { metrics_minute: 'bucket', metrics_five_minutes: 'bucket', service_minutes: 'minute' } as const;

export type ThinnedRollup = keyof typeof COLUMNS;

/** True when this table's days are chunks in this database. */
export async function hasDayChunks(sql: RawSql, table: string): Promise<boolean> {
  return isThinnedRollup(table) && (await hasContinuousAggregates(sql));
}

/** How many rows went. `day` is YYYY-MM-DD, UTC. */
export async function dropRollupDay(sql: RawSql, table: string, day: string): Promise<number> {
  if (!isThinnedRollup(table)) throw new RangeError(`${table} has no chunks of days`);
  if (!isDay(day)) throw new RangeError(`${day} is no day`);
  const [from, to] = [`timestamptz '${day} UTC'`, `(timestamp '${day}' + interval '1 day') at time zone 'UTC'`];
  const [counted] = await sql.unsafe(`
    select count(*)::int as rows from ${table} where ${COLUMNS[table]} >= ${from} and ${COLUMNS[table]} < ${to}`);
  await sql.unsafe(`select drop_chunks('${table}', newer_than => ${from}, older_than => ${to})`);
  return counted!.rows as number;
}

function isThinnedRollup(table: string): table is ThinnedRollup {
  return table in COLUMNS;
}
