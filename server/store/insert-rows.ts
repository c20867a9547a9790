// How rows become statements: one array per column and one `unnest`, so that a table has one statement whatever the
// number of rows. The arrays are written here, since postgres.js guesses an array's type from its first value.
import type { RawSql, Statement } from '@/db/connect';
import type { EpochMs } from '@/lib/units/time';

export type Value = string | number | bigint | boolean | null;

/** Array columns hold the array's literal: an array of arrays would come apart in `unnest`. */
type ColumnType =
  | 'text'
  | 'integer'
  | 'bigint'
  | 'double precision'
  | 'boolean'
  | 'timestamptz'
  | 'json'
  | 'bytea'
  | 'text[]'
  | 'integer[]'
  | 'real[]'
  | 'double precision[]';

type Column<Row> = {
  readonly name: string;
  readonly type: ColumnType;
  readonly of: (row: Row) => Value;
};

export type Table<Row> = {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  readonly key: readonly string[];
};

export type OnConflict = 'fail' | 'ignore' | 'replace';

type Insert<Row> = { readonly table: Table<Row>; readonly rows: readonly Row[]; readonly onConflict: OnConflict };

export async function insertRows<Row>(sql: RawSql, insert: Insert<Row>): Promise<void> {
  await Promise.all(inserting(sql, insert));
}

/** The statement that inserts them, to be sent with others; none for no rows. */
export function inserting<Row>(sql: RawSql, { table, rows, onConflict }: Insert<Row>): readonly Statement[] {
  if (rows.length === 0) return [];
  return [sql.unsafe(insertStatement(table, onConflict), toParameters(table, rows), { prepare: true })];
}

/** One array for each column. */
export function toParameters<Row>({ columns }: Table<Row>, rows: readonly Row[]): string[] {
  return columns.map((column) => toArrayLiteral(rows.map(column.of)));
}

export function insertStatement<Row>({ name, columns, key }: Table<Row>, onConflict: OnConflict): string {
  const names = columns.map((column) => column.name);
  const arrays = columns.map((column, i) => `$${i + 1}::${carrierOf(column.type)}[]`);
  const values = columns.map((column) =>
    carrierOf(column.type) === column.type ? column.name : `${column.name}::${column.type}`,
  );
  const replaced = names.filter((column) => !key.includes(column)).map((column) => `${column} = excluded.${column}`);
  const conflict = {
    fail: '',
    ignore: ` on conflict (${key.join(', ')}) do nothing`,
    replace: ` on conflict (${key.join(', ')}) do update set ${replaced.join(', ')}`,
  }[onConflict];
  const rows = `unnest(${arrays.join(', ')}) as rows (${names.join(', ')})`;
  return `insert into ${name} (${names.join(', ')}) select ${values.join(', ')} from ${rows}${conflict}`;
}

/** What has a syntax of its own travels as text. */
function carrierOf(type: ColumnType): ColumnType {
  return type === 'json' || type === 'bytea' || type.endsWith('[]') ? 'text' : type;
}

/** PostgreSQL's array syntax. Numbers go as JavaScript writes them: the shortest text that reads back as the same double. */
export function toArrayLiteral(values: readonly Value[]): string {
  return `{${values.map(toElement).join(',')}}`;
}

function toElement(value: Value): string {
  if (value === null) return 'null';
  return typeof value === 'string' ? `"${value.replace(/[\\"]/g, '\\$&')}"` : String(value);
}

export function toInstant(at: EpochMs | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
