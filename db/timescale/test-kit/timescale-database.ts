// A database on the TimescaleDB server that TEST_TIMESCALE_URL names, whose user must be able to make databases; fresh for
// each test file, gone afterwards. Suites that need one skip without it and say so in their title.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { connectRaw, type RawSql } from '@/db/connect';
import { migrateDatabase } from '@/db/migrate';

export const TIMESCALE_URL = process.env.TEST_TIMESCALE_URL ?? null;
export const SKIPPED = 'skipped without TEST_TIMESCALE_URL';

export type TimescaleDatabase = { readonly databaseUrl: string; readonly sql: RawSql };

const STATEMENT_LIMIT_MS = 30_000;

/** To be called inside the suite, which does not run without a server. */
export function useTimescaleDatabase({ migrated = true }: { migrated?: boolean } = {}): () => TimescaleDatabase {
  let database: TimescaleDatabase | null = null;
  const cleanUp: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    const admin = connectRaw({ databaseUrl: TIMESCALE_URL!, statementLimitMs: STATEMENT_LIMIT_MS });
    cleanUp.push(admin.destroy);
    const name = `timescale_${randomBytes(6).toString('hex')}`;
    await admin.sql.unsafe(`create database ${name}`);
    cleanUp.push(() => admin.sql.unsafe(`drop database ${name} with (force)`));
    const databaseUrl = Object.assign(new URL(TIMESCALE_URL!), { pathname: name }).href;
    if (migrated) await migrateDatabase({ databaseUrl });
    const connection = connectRaw({ databaseUrl, statementLimitMs: STATEMENT_LIMIT_MS });
    cleanUp.push(connection.destroy);
    database = { databaseUrl, sql: connection.sql };
  });

  afterAll(async () => {
    for (const step of cleanUp.reverse()) await step();
  });

  return () => {
    if (!database) throw new Error('the test database is there from beforeAll on');
    return database;
  };
}
