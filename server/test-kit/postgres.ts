// A database for a test file: fresh, migrated, gone afterwards. The server is the run's (postgres-server.ts as
// globalSetup); without one the file starts its own.
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, inject } from 'vitest';
import { connectRaw, type RawSql } from '@/db/connect';
import { migrateDatabase } from '@/db/migrate';
import { startTestServer, type TestServer } from '@/server/test-kit/postgres-server';

export type TestDatabase = { readonly databaseUrl: string; readonly sql: RawSql };

const STATEMENT_LIMIT_MS = 20_000;

/** To be called at the top of a test file; the database is there once its tests run. */
export function useTestDatabase({ migrated = true }: { migrated?: boolean } = {}): () => TestDatabase {
  let database: TestDatabase | null = null;
  const cleanUp: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    const server = await findServer();
    cleanUp.push(server.stop);
    const name = `test_${randomBytes(6).toString('hex')}`;
    const admin = connectRaw({ databaseUrl: server.databaseUrl, statementLimitMs: STATEMENT_LIMIT_MS });
    cleanUp.push(admin.destroy);
    await admin.sql.unsafe(`create database ${name}`);
    cleanUp.push(() => admin.sql.unsafe(`drop database ${name} with (force)`));
    const databaseUrl = Object.assign(new URL(server.databaseUrl), { pathname: name }).href;
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

async function findServer(): Promise<TestServer> {
  const broker = inject('postgresBroker') as number | undefined;
  if (broker === undefined) return startTestServer();
  const databaseUrl = await text(connect(broker, '127.0.0.1'));
  if (databaseUrl.startsWith('failed')) throw new Error(databaseUrl);
  return { databaseUrl, stop: async () => {} };
}
