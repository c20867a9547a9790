// Turns the rollups into TimescaleDB's: `metrics_minute` becomes a hypertable, and the three levels above it continuous
// aggregates of the same names and columns, each built from the one below. What the tables held goes into the aggregates,
// also where the level below has been deleted since. The tables are kept, empty, in a schema of their own: they are what
// later migrations change. Runs inside the migrations' transaction; called by apply only.
import type { RawSql } from '@/db/connect';
import { readRelationKind } from '@/db/timescale/relations';
import { ROLLUP_LEVELS } from '@/db/timescale/rollup-levels';

/** Where the plain tables wait while aggregates have their names. */
const ASIDE = 'timescale_aside';
const BIN_TYPES: readonly string[] = ['integer[]', 'double precision[]'];

type Column = { readonly name: string; readonly type: string };

export async function convertMetrics(sql: RawSql): Promise<void> {
  await toHypertable(sql, { table: 'service_minutes', column: 'minute', chunk: '1 day' });
  if ((await readRelationKind(sql, 'metrics_five_minutes')) !== 'table') return;
  await toHypertable(sql, { table: 'metrics_minute', column: 'bucket', chunk: '1 day' });
  for (const type of BIN_TYPES) await createSumBins(sql, type);
  await sql.unsafe(`create schema if not exists ${ASIDE}`);
  for (const { name, from, width, chunk } of ROLLUP_LEVELS) {
    const columns = await readColumns(sql, name);
    await sql.unsafe(`alter table ${name} set schema ${ASIDE}`);
    await sql.unsafe(aggregateStatement({ name, from, width, columns }));
    const rows = await materialization(sql, name);
    await sql.unsafe(`select set_chunk_time_interval('${rows}', interval '${chunk}')`);
    const names = columns.map((column) => column.name).join(', ');
    await sql.unsafe(`insert into ${rows} (${names}) select ${names} from ${ASIDE}.${name}`);
    await sql.unsafe(`truncate ${ASIDE}.${name}`);
  }
}

/** Before migrations that may change the rollups: tables again, with what the aggregates hold. */
export async function restoreMetricTables(sql: RawSql): Promise<void> {
  for (const { name } of ROLLUP_LEVELS.toReversed()) {
    if ((await readRelationKind(sql, name)) !== 'view') continue;
    await sql.unsafe(`insert into ${ASIDE}.${name} select * from ${name}`);
    await sql.unsafe(`drop materialized view ${name}`);
    await sql.unsafe(
      `do $$ begin execute format('alter table ${ASIDE}.${name} set schema %I', current_schema()); end $$`,
    );
  }
}

async function toHypertable(
  sql: RawSql,
  { table, column, chunk }: { table: string; column: string; chunk: string },
): Promise<void> {
  if ((await readRelationKind(sql, table)) !== 'table') return;
  await sql.unsafe(`
    select create_hypertable('${table}', by_range('${column}', interval '${chunk}'), create_default_indexes => false,
      migrate_data => true, if_not_exists => true)`);
}

/**
 * Adds histograms and other arrays bin by bin; a shorter one ends in zeros. PL/pgSQL keeps its plan from one statement to
 * the next, which an SQL function in an aggregate does not: refreshing a day of five minutes took a fifth of the time.
 */
async function createSumBins(sql: RawSql, type: string): Promise<void> {
  const [found] = await sql`select to_regprocedure(${`sum_bins(${type})`}) as name`;
  if (found!.name !== null) return;
  await sql.unsafe(`
    create or replace function add_bins(a ${type}, b ${type}) returns ${type}
    language plpgsql immutable strict parallel safe as $$
    begin
      if cardinality(a) = 0 then
        return b;
      end if;
      for i in 1 .. cardinality(b) loop
        a[i] := coalesce(a[i], 0) + b[i];
      end loop;
      return a;
    end $$`);
  await sql.unsafe(`
    create aggregate sum_bins(${type}) (
      sfunc = add_bins, stype = ${type}, initcond = '{}', combinefunc = add_bins, parallel = safe)`);
}

async function readColumns(sql: RawSql, table: string): Promise<Column[]> {
  return (await sql`
    select attname as name, format_type(atttypid, null) as type from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped order by attnum`) as unknown as Column[];
}

/** Materialized only: the job that writes minutes refreshes what is above them, so there is nothing to add when reading. */
function aggregateStatement({
  name,
  from,
  width,
  columns,
}: {
  name: string;
  from: string;
  width: string;
  columns: readonly Column[];
}): string {
  const selected = columns.map((column) => `${toAggregate(column, width)} as ${column.name}`);
  return `
    create materialized view ${name} with (timescaledb.continuous, timescaledb.materialized_only = true) as
    select ${selected.join(', ')} from ${from} group by 1, 2 with no data`;
}

/** Every column of the rollups is a key, an extreme, an array of bins or a sum: db/schema/metrics.ts. */
function toAggregate({ name, type }: Column, width: string): string {
  if (name === 'bucket') return `time_bucket('${width}', bucket)`;
  if (name === 'source') return 'source';
  if (name.endsWith('_max')) return `max(${name})`;
  if (name.endsWith('_min')) return `min(${name})`;
  if (BIN_TYPES.includes(type)) return `sum_bins(${name})`;
  return `sum(${name})::${type}`;
}

async function materialization(sql: RawSql, view: string): Promise<string> {
  const [row] = await sql`
    select format('%I.%I', materialization_hypertable_schema, materialization_hypertable_name) as name
    from timescaledb_information.continuous_aggregates
    where view_schema = current_schema() and view_name = ${view}`;
  return row!.name as string;
}
