// The record as a whole, for whoever starts a process: the folder's lock, the embedded database unless DATABASE_URL names
// another, its migrations, the store. Called by server/main.ts and by the commands.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRunningEmbedded, startEmbedded } from '@/db/embedded';
import { acquireDataDirLock, DataDirInUseError, type DataDirLock } from '@/db/embedded/data-dir-lock';
import { EmbeddedError } from '@/db/embedded/embedded-error';
import { migrateDatabase, UnsupportedServerError } from '@/db/migrate';
import { epochMs } from '@/lib/units/time';
import type { Config } from '@/server/config';
import { openHistory, type History } from '@/server/history/open-history';
import { StartError } from '@/server/ops/start-error';
import { createStore, type PostgresStore } from '@/server/store/create-store';
import type { RawOptions } from '@/db/connect';
import { describeError, isLasting } from '@/server/store/database-errors';
import type { GameSource } from '@/lib/game/game-source';
import { createRecordDatabase, type RecordDatabase } from '@/server/store/record-database';
import type { StoreLog } from '@/server/store/store-log';

export type Record = {
  readonly store: PostgresStore;
  readonly history: History;
  /** For jobs and commands; the writer has a connection of its own. */
  readonly database: RecordDatabase;
  /** A connection of its own, for work that must not wait behind a job; ended with the record. */
  connect(options?: Connecting): RecordDatabase;
  stop(): Promise<void>;
};

type Connecting = Pick<RawOptions, 'plans'>;

type Settings = Pick<Config, 'DATA_DIR' | 'DATABASE_URL'>;

/** A few more than the migrations of a fresh database need; a later attempt is the store's own. */
const MIGRATE_LIMIT_MS = 5_000;

/**
 * `shared`: a command may use the database of a Fortytick that is running in the same DATA_DIR; what it writes while
 * that database is away is then not kept. Otherwise a DATA_DIR in use is a StartError.
 */
export async function openRecord({
  config,
  log,
  shared = false,
  source = 'live',
}: {
  config: Settings;
  log: StoreLog;
  shared?: boolean;
  source?: GameSource;
}): Promise<Record> {
  try {
    return await openOwned({ config, log, source });
  } catch (error) {
    if (shared && error instanceof DataDirInUseError) return openGuest({ config, log, source, inUse: error });
    if (error instanceof EmbeddedError) throw new StartError(error.message, { cause: error });
    throw error;
  }
}

type Opening = { readonly config: Settings; readonly log: StoreLog; readonly source: GameSource };

async function openOwned({ config, log, source }: Opening): Promise<Record> {
  const lock = acquireDataDirLock(config.DATA_DIR);
  try {
    const database = config.DATABASE_URL ? null : await startEmbedded({ lock, log });
    const databaseUrl = config.DATABASE_URL ?? database!.databaseUrl;
    const store = await openStore({
      databaseUrl,
      dataDir: lock.dataDir,
      log,
      source,
    }).catch(async (error: unknown) => {
      await database?.stop();
      throw error;
    });
    const connections = createConnections(databaseUrl);
    const history = openHistory({ databaseUrl });
    return {
      store,
      history,
      database: connections.connect(),
      connect: connections.connect,
      stop: () => stopInOrder({ store, history, connections, stopDatabase: async () => database?.stop(), lock }),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

type Connections = { connect(options?: Connecting): RecordDatabase; end(): Promise<void> };

function createConnections(databaseUrl: string): Connections {
  const opened: RecordDatabase[] = [];
  return {
    connect(options) {
      const database = createRecordDatabase({ databaseUrl, ...options });
      opened.push(database);
      return database;
    },
    end: async () => void (await Promise.all(opened.map((database) => database.end()))),
  };
}

async function stopInOrder({
  store,
  history,
  connections,
  stopDatabase,
  lock,
}: {
  store: PostgresStore;
  history: History;
  connections: Connections;
  stopDatabase: () => Promise<void>;
  lock: DataDirLock;
}): Promise<void> {
  try {
    await connections.end();
    await history.end();
    await store.stop();
  } finally {
    await stopDatabase().finally(() => lock.release());
  }
}

async function openGuest({ config, log, source, inUse }: Opening & { inUse: DataDirInUseError }): Promise<Record> {
  const running = config.DATABASE_URL ? { databaseUrl: config.DATABASE_URL } : findRunningEmbedded(inUse.dataDir);
  if (!running) throw new StartError(inUse.message, { cause: inUse });
  const dataDir = await mkdtemp(join(tmpdir(), 'fortytick-'));
  const store = await openStore({ databaseUrl: running.databaseUrl, dataDir, log, source });
  const connections = createConnections(running.databaseUrl);
  const history = openHistory({ databaseUrl: running.databaseUrl });
  return {
    store,
    history,
    database: connections.connect(),
    connect: connections.connect,
    async stop() {
      await connections.end();
      await history.end();
      await store.stop().finally(() => rm(dataDir, { recursive: true, force: true }));
    },
  };
}

/** Waits for the migrations for a moment, so that pages find their tables; a database that is away is no reason to wait. */
async function openStore({
  databaseUrl,
  dataDir,
  log,
  source,
}: {
  databaseUrl: string;
  dataDir: string;
  log: StoreLog;
  source: GameSource;
}): Promise<PostgresStore> {
  const migrated = migrateDatabase({ databaseUrl });
  // A failure is looked at below, and by the first batch; until then it is nobody's.
  migrated.then(
    (timescale) => timescale.kind !== 'absent' && log.info({ timescale }, 'the database server has TimescaleDB'),
    () => {},
  );
  const store = await createStore({
    databaseUrl,
    dataDir,
    clock: () => epochMs(Date.now()),
    log,
    source,
    prepare: createRetry(migrated, () => migrateDatabase({ databaseUrl })),
  });
  const problem = await problemOf(migrated, MIGRATE_LIMIT_MS);
  if (problem === null) return store;
  await store.stop();
  throw new StartError(`The database cannot be used: ${problem}`);
}

/** The first call joins what is under way already; later ones start over. */
function createRetry(first: Promise<unknown>, again: () => Promise<unknown>): () => Promise<unknown> {
  let next: Promise<unknown> | null = first;
  return () => {
    const run = next ?? again();
    next = null;
    return run;
  };
}

/** Null as long as it works, takes long, or fails in a way that may pass. */
async function problemOf(work: Promise<unknown>, limitMs: number): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<null>((resolve) => (timer = setTimeout(resolve, limitMs, null)));
  const outcome = work.then(
    () => null,
    (error: unknown) => {
      if (error instanceof UnsupportedServerError) return error.message;
      return isLasting(error) ? describeError(error) : null;
    },
  );
  return Promise.race([outcome, limit]).finally(() => clearTimeout(timer));
}
