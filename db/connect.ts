// Connections to PostgreSQL: a raw one for batches and migrations, and a pool of another client for Drizzle's reads. They
// are never the same: Drizzle replaces the parsers and serializers of the client it is given, and raw arrays and dates
// then fail. Nothing connects before its first query. Called by server/store and db/migrate.
import { connect as connectSocket, type Socket } from 'node:net';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';

export type RawSql = postgres.Sql;

export type RawConnection = {
  readonly sql: RawSql;
  /**
   * Runs `work`, and fails as soon as the connection is lost. A query alone may not: postgres.js forgets one that meets
   * a connection between its error and its close, and the query then waits for ever.
   */
  use<T>(work: (sql: RawSql) => Promise<T>): Promise<T>;
  /** Ends at once: whatever is under way fails. */
  destroy(): Promise<void>;
};

export type ReadConnection = {
  readonly db: PostgresJsDatabase;
  end(): Promise<void>;
};

const CONNECT_LIMIT_S = 5;
/** A page asks for a few rows; a read that takes longer is stuck, and would hold one of few connections. */
const READ_STATEMENT_LIMIT_MS = 5_000;
const READ_CONNECTIONS_MAX = 4;
const READ_IDLE_S = 300;
const READ_CLOSE_LIMIT_S = 2;
/** postgres.js would wait up to 20 s before it tries again; who comes here retries at a pace of its own. */
const RECONNECT_WAIT_S = 0.1;

export type RawOptions = {
  readonly databaseUrl: string;
  readonly statementLimitMs: number;
  /**
   * 'once' plans a prepared statement for all values it will have. PostgreSQL otherwise plans it again each time while
   * it takes the values for cheaper than the average: for many small reads the planning is then most of the work.
   */
  readonly plans?: 'auto' | 'once';
};

/** One connection, used by one caller at a time. Once lost it stays lost: every later query fails, none runs elsewhere. */
export function connectRaw({ databaseUrl, statementLimitMs, plans = 'auto' }: RawOptions): RawConnection {
  const wire = createWire();
  const sql = postgres(databaseUrl, {
    ...SHARED_OPTIONS,
    max: 1,
    max_lifetime: null,
    idle_timeout: undefined,
    // Arrays are written as text where they are needed; asking for their types would cost a round trip.
    fetch_types: false,
    connection: {
      application_name: 'fortytick-writer',
      statement_timeout: statementLimitMs,
      ...(plans === 'once' && { plan_cache_mode: 'force_generic_plan' }),
    },
    ...{ socket: wire.open },
  });
  return {
    sql,
    use: (work) => Promise.race([work(sql), wire.lost]),
    async destroy() {
      await sql.end({ timeout: 0 });
      wire.close();
    },
  };
}

/**
 * Runs `work` in a transaction on a connection of `connectRaw`. postgres.js' own `begin` is not used: when the connection
 * breaks inside one, its rollback is written to a socket that is gone, in a callback nobody can catch, and the process
 * ends.
 */
export async function transact<T>(sql: RawSql, work: () => Promise<T>): Promise<T> {
  await sql.unsafe('begin');
  try {
    const result = await work();
    const { command } = await sql.unsafe('commit');
    // What PostgreSQL answers to the commit of a transaction in which something failed is no error.
    if (command !== 'COMMIT') throw new Error(`the transaction ended in ${command}`);
    return result;
  } catch (error) {
    await sql.unsafe('rollback').catch(() => {});
    throw error;
  }
}

/** A statement that is sent when it is executed or awaited. */
export type Statement = Answer & { execute(): Answer };

type Answer = Promise<{ readonly command: string }>;

/**
 * As `transact`, in two round trips: `begin` goes along with whatever `read` asks for, and the statements that `decide` returns
 * go out together with the `commit`. PostgreSQL takes them in order, and commits nothing when one of them fails. `decide` waits
 * for nothing.
 */
export async function transactAtOnce<R, T>(
  sql: RawSql,
  { read, decide }: { read: () => Promise<R>; decide: (rows: R) => { result: T; statements: readonly Statement[] } },
): Promise<T> {
  const begun = sql.unsafe('begin').execute();
  try {
    const [, rows] = await Promise.all([begun, read()]);
    const { result, statements } = decide(rows);
    const sent = [...statements, sql.unsafe('commit')].map((statement) => statement.execute());
    const answers = await Promise.all(sent);
    if (answers.at(-1)!.command !== 'COMMIT') throw new Error(`the transaction ended in ${answers.at(-1)!.command}`);
    return result;
  } catch (error) {
    await sql.unsafe('rollback').catch(() => {});
    throw error;
  }
}

/** A bounded pool for reading through Drizzle. */
export function connectForReading({ databaseUrl }: { databaseUrl: string }): ReadConnection {
  const client = postgres(databaseUrl, {
    ...SHARED_OPTIONS,
    max: READ_CONNECTIONS_MAX,
    idle_timeout: READ_IDLE_S,
    connection: { application_name: 'fortytick-reader', statement_timeout: READ_STATEMENT_LIMIT_MS },
  });
  return { db: drizzle(client), end: () => client.end({ timeout: READ_CLOSE_LIMIT_S }) };
}

const SHARED_OPTIONS = {
  connect_timeout: CONNECT_LIMIT_S,
  backoff: () => RECONNECT_WAIT_S,
  onnotice: () => {},
} as const;

type SocketOptions = { host: readonly string[]; port: readonly number[]; path?: string | null };

/** The sockets of one raw connection: as many as it takes to get through once, over all hosts of the address. */
function createWire(): { open: (options: SocketOptions) => Socket; lost: Promise<never>; close: () => void } {
  let lose: (reason: Error) => void = () => {};
  const lost = new Promise<never>((_, reject) => (lose = reject));
  lost.catch(() => {});
  const sockets = new Set<Socket>();
  let attempts = 0;
  let connected = false;
  return {
    lost,
    open({ host, port, path }) {
      if (connected) throw new Error('the connection was lost');
      const index = attempts++ % host.length;
      const address = path ? { path } : { host: host[index]!, port: port[index]! };
      // postgres.js reads the name to check a certificate against from the socket.
      const socket = Object.assign(connectSocket(address), { host: host[index] });
      // A COPY ends in two small packets. With Nagle's algorithm on, as postgres.js leaves it, the second waits for the
      // other side's delayed acknowledgement: 40 ms a batch (1,000-tick batches: 19,000 against 150,000 ticks/s).
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.once('connect', () => (connected = true));
      socket.once('close', () => {
        sockets.delete(socket);
        if (connected) lose(new Error('the connection was lost'));
      });
      return socket;
    },
    close() {
      lose(new Error('the connection was ended'));
      for (const socket of sockets) socket.destroy();
    },
  };
}
