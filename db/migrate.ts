// Brings a database's tables up to date. All pending migrations are applied in one transaction, so that one that fails
// leaves the database as it was. Safe to call by several processes at once, and cheap when there is nothing to do.
import { resolve } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { connectRaw } from '@/db/connect';

/** Any number that is always the same and no other program's: one process migrates, the others wait. */
const MIGRATION_LOCK = 4_040_001;
/** A migration may rewrite a large table. */
const MIGRATION_LIMIT_MS = 600_000;

/** PostgreSQL 14, as the server counts. */
const SERVER_VERSION_MIN = 140_000;

export class UnsupportedServerError extends Error {
  constructor(version: string) {
    super(`The database is PostgreSQL ${version}: Fortytick needs 14 or newer.`);
    this.name = 'UnsupportedServerError';
  }
}

/**
 * `folder` holds the SQL files. By default it is db/migrations below the working directory, which is the repository's
 * root for every command; the path of this module would not do, because a bundle lies elsewhere than its sources.
 */
export async function migrateDatabase({
  databaseUrl,
  folder = resolve('db/migrations'),
}: {
  databaseUrl: string;
  folder?: string;
}): Promise<void> {
  const connection = connectRaw({ databaseUrl, statementLimitMs: MIGRATION_LIMIT_MS });
  try {
    const [server] = await connection.sql`
      select current_setting('server_version_num')::int as number, current_setting('server_version') as version`;
    if (server!.number < SERVER_VERSION_MIN) throw new UnsupportedServerError(server!.version);
    // Held by the session, which ends with this function; the client has one connection only.
    await connection.sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrate(drizzle(connection.sql), { migrationsFolder: folder });
  } finally {
    await connection.destroy();
  }
}
