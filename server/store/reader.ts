// The pool that pages read from. A client that has lost a connection is replaced: postgres.js can keep half a message of
// the old connection and then never gets through on a new one.
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { connectForReading, type ReadConnection } from '@/db/connect';
import { isAnswer } from '@/server/store/database-errors';
import { within } from '@/server/store/within';

export type Reader = {
  /** Throws what the database answered, or what became of the connection. */
  read<T>(ask: (db: PostgresJsDatabase) => Promise<T>): Promise<T>;
  end(): Promise<void>;
};

/** More than a statement may take: what is not back by then waits on a connection that is gone. */
const READ_LIMIT_MS = 8_000;

export function createReader({ databaseUrl }: { databaseUrl: string }): Reader {
  let connection: ReadConnection | null = null;
  return {
    async read(ask) {
      const used = (connection ??= connectForReading({ databaseUrl }));
      try {
        return await within(READ_LIMIT_MS, ask(used.db));
      } catch (error) {
        if (!isAnswer(error) && connection === used) {
          connection = null;
          void used.end();
        }
        throw error;
      }
    },
    async end() {
      await connection?.end();
    },
  };
}
