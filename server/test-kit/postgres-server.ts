// Vitest's globalSetup: one PostgreSQL for the whole run, started when the first test asks for it and stopped at the
// end. Workers ask over a loopback port, since they are processes of their own.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@/db/embedded';
import { acquireDataDirLock } from '@/db/embedded/data-dir-lock';

declare module 'vitest' {
  interface ProvidedContext {
    /** Port that answers every connection with the database's address. */
    postgresBroker: number;
  }
}

export type TestServer = { readonly databaseUrl: string; stop(): Promise<void> };

export async function setup(project: { provide(key: 'postgresBroker', value: number): void }) {
  let starting: Promise<TestServer> | null = null;
  const broker = createServer((socket) => {
    socket.on('error', () => {});
    starting ??= startTestServer();
    starting.then(
      (server) => socket.end(server.databaseUrl),
      (error: unknown) => socket.end(`failed: ${String(error)}`),
    );
  });
  await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve));
  project.provide('postgresBroker', (broker.address() as { port: number }).port);
  return async () => {
    broker.close();
    await (await starting?.catch(() => null))?.stop();
  };
}

/** TEST_DATABASE_URL names another server to test against, an older PostgreSQL say; its user must be able to make databases. */
export async function startTestServer(): Promise<TestServer> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { databaseUrl: given, stop: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'fortytick-test-'));
  const lock = acquireDataDirLock(folder);
  const log = { debug: () => {}, warn: () => {} };
  // Tests kill the database, never the machine: what the system has taken is as good as on disk.
  const server = await startEmbedded({ lock, log, settings: { fsync: 'off' } });
  return {
    databaseUrl: server.databaseUrl,
    async stop() {
      await server.stop();
      lock.release();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
