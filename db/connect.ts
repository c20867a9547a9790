// Connections to PostgreSQL: one raw client for the writer, a pool of another for Drizzle's reads. They are never the
// same: Drizzle replaces the parsers and serializers of the client it is given, and raw arrays and dates then fail.
// Nothing connects before its first query. Called by server/store and db/migrate.
import { connect as connectSocket, type Socket } from 'node:net';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';

export type RawSql = postgres.Sql;
export type RawTransaction = postgres.TransactionSql;

export type RawConnection = {
  readonly sql: RawSql;
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

/** One connection for COPY, batches and migrations. It is thrown away after a failure rather than mended. */
export function connectRaw({
  databaseUrl,
  statementLimitMs,
}: {
  databaseUrl: string;
  statementLimitMs: number;
}): RawConnection {
  const sockets = new Set<Socket>();
  const sql = postgres(databaseUrl, {
    ...SHARED_OPTIONS,
    max: 1,
    max_lifetime: null,
    idle_timeout: undefined,
    connection: { application_name: 'fortytick-writer', statement_timeout: statementLimitMs },
    ...{ socket: (options: SocketOptions) => openSocket(options, sockets) },
  });
  return {
    sql,
    async destroy() {
      await sql.end({ timeout: 0 });
      for (const socket of sockets) socket.destroy();
    },
  };
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

/**
 * A COPY ends in two small packets. With Nagle's algorithm on, as postgres.js leaves it, the second waits for the
 * other side's delayed acknowledgement: 40 ms per batch, measured (1,000-tick batches: 19,000 against 150,000 ticks/s).
 */
function openSocket({ host, port, path }: SocketOptions, open: Set<Socket>): Socket {
  const address = path ? { path } : { host: host[0]!, port: port[0]! };
  // postgres.js reads the name to check a certificate against from the socket.
  const socket = Object.assign(connectSocket(address), { host: host[0] });
  socket.setNoDelay(true);
  open.add(socket);
  socket.once('close', () => open.delete(socket));
  return socket;
}
