// Makes the record use TimescaleDB where the server has it: hypertables, compression, continuous aggregates. Called by
// db/migrate only, around the SQL migrations and in their transaction: all of it happens or nothing. Where TimescaleDB is
// not to be had, nothing is done and the record stays what the SQL migrations made it. Safe to call again.
import type { RawSql } from '@/db/connect';
import { detectTimescale, type TimescaleState } from '@/db/timescale/detect-timescale';
import { convertMetrics, restoreMetricTables } from '@/db/timescale/metric-aggregates';
import { convertTicks, stopCompressing } from '@/db/timescale/tick-hypertable';

/** Before pending migrations: they are written for tables, and find tables. */
export async function prepareForMigrations(sql: RawSql): Promise<void> {
  const [installed] = await sql`select from pg_extension where extname = 'timescaledb'`;
  if (!installed) return;
  await restoreMetricTables(sql);
  await stopCompressing(sql);
}

export async function applyTimescale(sql: RawSql): Promise<TimescaleState> {
  const state = await detectTimescale(sql);
  if (state.kind !== 'usable') return state;
  await convertTicks(sql);
  await convertMetrics(sql);
  return state;
}
