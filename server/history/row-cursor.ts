// The rows of a statement, a batch at a time, through a cursor on a connection of its own: memory stays bounded however many
// there are, all are of one moment, and ending the connection ends everything. Called by the exports only.
import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { connectRaw } from '@/db/connect';

export type RowCursor<Row> = {
  /** An empty batch is the end. One call at a time. */
  next(): Promise<readonly Row[]>;
  /** At once, whatever is under way. */
  close(): Promise<void>;
};

/** Rows fetched at once: about 200 kB of games. */
const ROWS_PER_FETCH = 500;
/** A batch comes through an index; one that takes longer is stuck. */
const FETCH_LIMIT_MS = 30_000;
/** What operators, and the test of an abandoned export, see in pg_stat_activity. */
export const EXPORT_APPLICATION = 'fortytick-export';

export async function openRowCursor<Row>({
  databaseUrl,
  statement,
}: {
  databaseUrl: string;
  statement: SQL;
}): Promise<RowCursor<Row>> {
  const connection = connectRaw({ databaseUrl, statementLimitMs: FETCH_LIMIT_MS });
  const { sql: text, params } = new PgDialect().sqlToQuery(statement);
  try {
    await connection.use(async (sql) => {
      await sql.unsafe(`set application_name = '${EXPORT_APPLICATION}'`);
      await sql.unsafe('begin isolation level repeatable read read only');
      await sql.unsafe(`declare exported no scroll cursor for ${text}`, params as string[]);
    });
  } catch (error) {
    await connection.destroy();
    throw error;
  }
  return {
    next: () =>
      connection.use(async (sql) => [...(await sql.unsafe(`fetch ${ROWS_PER_FETCH} from exported`))] as Row[]),
    close: () => connection.destroy(),
  };
}
