// Brings a database's tables up to date. All pending migrations are applied in one transaction, so that one that fails
// leaves the database as it was. Safe to call by several processes at once, and cheap when there is nothing to do. Reads
// Drizzle's files and keeps Drizzle's books, so that its own tools agree on what has been applied; its migrator itself
// runs on the `begin` that db/connect avoids. On a TimescaleDB server the tables then become its own: db/timescale.
import { resolve } from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { connectRaw, transact, type RawSql } from '@/db/connect';
import { applyTimescale, prepareForMigrations } from '@/db/timescale/apply-timescale';
import type { TimescaleState } from '@/db/timescale/detect-timescale';

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
 * Tells whether the record uses TimescaleDB. `folder` holds the SQL files. By default it is db/migrations below the
 * working directory, which is the repository's root for every command; the path of this module would not do, because a
 * bundle lies elsewhere than its sources.
 */
export async function migrateDatabase({
  databaseUrl,
  folder = resolve('db/migrations'),
}: {
  databaseUrl: string;
  folder?: string;
}): Promise<TimescaleState> {
  const migrations = readMigrationFiles({ migrationsFolder: folder });
  const connection = connectRaw({ databaseUrl, statementLimitMs: MIGRATION_LIMIT_MS });
  try {
    return await connection.use(async (sql) => {
      await checkServer(sql);
      return transact(sql, async () => {
        await applyPending(sql, migrations);
        return applyTimescale(sql);
      });
    });
  } finally {
    await connection.destroy();
  }
}

async function checkServer(sql: RawSql): Promise<void> {
  const [server] = await sql`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as version`;
  if (server!.number < SERVER_VERSION_MIN) throw new UnsupportedServerError(server!.version);
}

async function applyPending(sql: RawSql, migrations: ReturnType<typeof readMigrationFiles>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`;
  await sql`create schema if not exists drizzle`;
  await sql`
    create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`;
  const [last] = await sql`select max(created_at) as at from drizzle.__drizzle_migrations`;
  const lastAt = Number(last!.at ?? -1);
  const pending = migrations.filter((migration) => migration.folderMillis > lastAt);
  if (pending.length > 0) await prepareForMigrations(sql);
  for (const migration of pending) {
    for (const statement of migration.sql) await sql.unsafe(statement);
    await sql`
      insert into drizzle.__drizzle_migrations (hash, created_at) values (${migration.hash}, ${migration.folderMillis})`;
  }
}
