// The PostgreSQL that comes with Fortytick: in DATA_DIR, on loopback, with a password of its own. Started with the
// server, started again when it crashes, stopped with it; after SIGKILL of everything the next start puts it in order.
// Called by server/store/open-record, the ingest bench and the tests' database.
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { resolveAccount } from '@/db/embedded/account';
import { findBinaries } from '@/db/embedded/binaries';
import {
  clusterFolder,
  DATABASE_USER,
  ensureCluster,
  isPostmasterOf,
  readPassword,
  readPostmaster,
  recoverCluster,
} from '@/db/embedded/cluster';
import type { DataDirLock } from '@/db/embedded/data-dir-lock';
import { EmbeddedError } from '@/db/embedded/embedded-error';
import { startServerProcess, type ServerProcess, type ServerSettings } from '@/db/embedded/server-process';

export type EmbeddedPostgres = {
  /** Stays the same over crashes and restarts of the database. */
  readonly databaseUrl: string;
  /** Process id of the server, null between a crash and the restart. */
  pid(): number | null;
  stop(): Promise<void>;
};

/** A part of a pino logger. */
export type EmbeddedLog = {
  debug(details: object, message: string): void;
  warn(details: object, message: string): void;
};

/** A free port may be taken by another program before PostgreSQL gets to it. */
const PORT_ATTEMPTS_MAX = 5;
const RESTART_WAIT_MS = 250;
const RESTART_WAIT_MS_MAX = 10_000;

/** `lock` shows that no other process uses the folder. Throws EmbeddedError, which says what to do. */
export async function startEmbedded({
  lock,
  log,
  settings = {},
}: {
  lock: DataDirLock;
  log: EmbeddedLog;
  settings?: ServerSettings;
}): Promise<EmbeddedPostgres> {
  const { dataDir } = lock;
  const binaries = findBinaries();
  const account = resolveAccount({ program: binaries.postgres, dataDir });
  const cluster = clusterFolder(dataDir);
  const password = await ensureCluster({ dataDir, binaries, account });
  const run = async (port: number) => {
    await recoverCluster(cluster);
    return startServerProcess({
      account,
      binaries,
      cluster,
      port,
      settings,
      onLine: (line) => log.debug({ line }, 'postgres'),
    });
  };
  const first = await startOnFreePort(run);
  return supervise({ first, log, databaseUrl: toUrl({ password, port: first.port }) });
}

/** The embedded database that another process is running in this folder, or null. */
export function findRunningEmbedded(dataDir: string): { readonly databaseUrl: string } | null {
  const cluster = clusterFolder(dataDir);
  const postmaster = readPostmaster(cluster);
  const password = readPassword(dataDir);
  if (!postmaster?.ready || postmaster.port === null || password === null) return null;
  return isPostmasterOf(cluster, postmaster.pid) ? { databaseUrl: toUrl({ password, port: postmaster.port }) } : null;
}

type Started = { readonly server: ServerProcess; readonly port: number; restart(): Promise<ServerProcess> };

async function startOnFreePort(run: (port: number) => Promise<ServerProcess>): Promise<Started> {
  for (let attempt = 1; ; attempt++) {
    const port = await findFreePort();
    try {
      return { server: await run(port), port, restart: () => run(port) };
    } catch (error) {
      const taken = error instanceof EmbeddedError && /could not (bind|create any TCP)/.test(error.message);
      if (!taken || attempt === PORT_ATTEMPTS_MAX) throw error;
    }
  }
}

function supervise({
  first,
  log,
  databaseUrl,
}: {
  first: Started;
  log: EmbeddedLog;
  databaseUrl: string;
}): EmbeddedPostgres {
  const stopping = new AbortController();
  let server: ServerProcess | null = first.server;

  async function keepRunning(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted;) {
      if (server) {
        const words = await server.ended;
        server = null;
        failures = 0;
        if (stopping.signal.aborted) return;
        log.warn({ words }, 'the database ended; starting it again');
      }
      try {
        server = await first.restart();
      } catch (error) {
        failures++;
        log.warn({ error: String(error), failures }, 'the database does not start');
        const waitMs = Math.min(RESTART_WAIT_MS_MAX, RESTART_WAIT_MS * 2 ** (failures - 1));
        await wait(waitMs, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
  }

  const running = keepRunning();
  return {
    databaseUrl,
    pid: () => server?.pid ?? null,
    async stop() {
      stopping.abort();
      await server?.stop();
      await running;
      // Stopped while it was being started again.
      await (server as ServerProcess | null)?.stop();
    },
  };
}

function toUrl({ password, port }: { password: string; port: number }): string {
  return `postgres://${DATABASE_USER}:${password}@127.0.0.1:${port}/postgres`;
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
