// The tables of the rollups: how a row is selected, read and written. The columns follow lib/metrics; nothing else knows
// their names in the database.
import {
  METRIC_COLUMN_NAMES,
  METRIC_COLUMNS,
  emptyMetrics,
  type MetricColumn,
  type MetricsRow,
} from '@/lib/metrics/metrics-row';
import type { Resolution } from '@/lib/metrics/buckets';
import type { GameSource } from '@/lib/game/game-source';
import { isoOf, msOf, type Answered, type Query } from '@/server/rollups/query';

export const METRIC_TABLES: Readonly<Record<Resolution, string>> = {
  minute: 'metrics_minute',
  'five-minutes': 'metrics_five_minutes',
  hour: 'metrics_hourly',
  day: 'metrics_daily',
};

export type BucketMetrics = { readonly bucket: number; readonly metrics: MetricsRow };

/** Select list of a metrics table; columns left out are read as empty. */
export function metricSelectList(columns: readonly MetricColumn[] = METRIC_COLUMN_NAMES): string {
  return [`${msOf('bucket')} as bucket`, ...columns.map((column) => `${selected(column)} as "${column}"`)].join(', ');
}

/** Shared by all rows that are read: nobody changes one. */
const EMPTY: MetricsRow = emptyMetrics();

export function toBucketMetrics(answered: Answered): BucketMetrics {
  const { bucket, ...values } = answered;
  const row: Record<string, unknown> = { ...EMPTY };
  for (const [column, value] of Object.entries(values)) row[column] = parseValue(column as MetricColumn, value);
  return { bucket: bucket as number, metrics: row as MetricsRow };
}

/** Replaces the rows of these buckets of one source by what they hold now; a bucket with nothing in it has no row. */
export async function replaceMetrics(
  query: Query,
  {
    resolution,
    source,
    rows,
  }: { resolution: Resolution; source: GameSource; rows: ReadonlyMap<number, MetricsRow | null> },
): Promise<void> {
  const table = METRIC_TABLES[resolution];
  const empty = [...rows].filter(([, row]) => row === null).map(([bucket]) => isoOf(bucket));
  if (empty.length > 0) {
    await query(`delete from ${table} where source = $1::text and bucket = any($2::text::timestamptz[])`, [
      source,
      `{${empty.join(',')}}`,
    ]);
  }
  const full = [...rows].flatMap(([bucket, row]) => (row === null ? [] : [toRecord({ bucket, source, row })]));
  if (full.length > 0) await query(upsertStatement(table), [JSON.stringify(full)]);
}

function upsertStatement(table: string): string {
  const columns = METRIC_COLUMN_NAMES.map(snakeCase);
  const names = ['bucket', 'source', ...columns].join(', ');
  // Text first: as a json parameter it would be quoted once more on the way.
  return `insert into ${table} (${names}) select ${names} from json_populate_recordset(null::${table}, $1::text::json)
    on conflict (bucket, source) do update set ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`;
}

function toRecord({ bucket, source, row }: { bucket: number; source: GameSource; row: MetricsRow }) {
  const record: Record<string, unknown> = { bucket: isoOf(bucket), source };
  for (const column of METRIC_COLUMN_NAMES) {
    const value = row[column];
    record[snakeCase(column)] = typeof value === 'bigint' ? value.toString() : value;
  }
  return record;
}

function selected(column: MetricColumn): string {
  const name = snakeCase(column);
  const kind = METRIC_COLUMNS[column];
  return kind === 'amount' || kind === 'counts' || kind === 'sums' ? `${name}::text` : `${name}::float8`;
}

function parseValue(column: MetricColumn, value: unknown): unknown {
  switch (METRIC_COLUMNS[column]) {
    case 'amount':
      return BigInt(value as string);
    case 'counts':
    case 'sums':
      return JSON.parse(`[${(value as string).slice(1, -1)}]`);
    default:
      return value;
  }
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
