// One way to ask the record for both its clients: jobs on their raw connection, pages through Drizzle's pool. The two parse
// dates, arrays and 64-bit integers differently, so a query here returns only numbers, short text and text of the rest.
import { sql as drizzleSql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { RawSql } from '@/db/connect';

export type Parameter = string | number | null;
export type Answered = Readonly<Record<string, unknown>>;
/** `$1` … stand for the parameters; each is cast where it is used. */
export type Query = (text: string, parameters?: readonly Parameter[]) => Promise<readonly Answered[]>;

export function queryRaw(sql: RawSql): Query {
  return async (text, parameters = []) => sql.unsafe(text, [...parameters], { prepare: true });
}

type Read = <T>(ask: (db: PostgresJsDatabase) => Promise<T>) => Promise<T>;

export function queryReader(read: Read): Query {
  return (text, parameters = []) =>
    read(async (db) => {
      const pieces = text.split(/\$(\d+)/);
      const chunks = pieces.map((piece, i) =>
        i % 2 === 0 ? drizzleSql.raw(piece) : drizzleSql`${parameters[Number(piece) - 1]}`,
      );
      return [...(await db.execute(drizzleSql.join(chunks)))] as Answered[];
    });
}

export function isoOf(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** Milliseconds of a timestamptz, as a double. */
export function msOf(expression: string): string {
  return `(extract(epoch from ${expression}) * 1000)::float8`;
}

/** Numbers and plain names only: nothing in them needs quoting. */
export function listOf(values: readonly (string | number)[]): string {
  return `{${values.join(',')}}`;
}
