// What a table of the record is in this database. On TimescaleDB `ticks` is a hypertable instead of a partitioned table,
// and the rollups above the minute are continuous aggregates (views) instead of tables. Called by db/timescale and by
// whoever must do one thing on TimescaleDB and another without it.
import type { RawSql } from '@/db/connect';

/** 'missing': migrations that make it are still to come. */
export type RelationKind = 'missing' | 'partitioned' | 'table' | 'view';

const KINDS: Readonly<Record<string, RelationKind>> = { p: 'partitioned', r: 'table', v: 'view' };

export async function readRelationKind(sql: RawSql, name: string): Promise<RelationKind> {
  const [row] = await sql`select relkind::text as kind from pg_class where oid = to_regclass(${name})`;
  if (!row) return 'missing';
  const kind = KINDS[row.kind as string];
  if (!kind) throw new Error(`${name} is a relation of kind ${row.kind}`);
  return kind;
}

/** True where ticks lie in TimescaleDB's chunks, false where they lie in PostgreSQL's partitions. */
export async function hasTickChunks(sql: RawSql): Promise<boolean> {
  return (await readRelationKind(sql, 'ticks')) === 'table';
}

/** True where TimescaleDB keeps the rollups above the minute, false where they are tables that a job writes. */
export async function hasContinuousAggregates(sql: RawSql): Promise<boolean> {
  return (await readRelationKind(sql, 'metrics_five_minutes')) === 'view';
}
