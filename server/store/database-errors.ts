// Whose fault a failed write is. The database refusing a value will refuse it for ever; everything else may pass.

/** Data exceptions and broken constraints, by SQLSTATE class. */
const REFUSALS = ['22', '23'];
/** In a class above, but the doing of another writer, not of the data. */
const UNIQUE_VIOLATION = '23505';

/** The server cannot be used now: connection, resources, operator. */
const PASSING = ['08', '53', '57'];

export function isRefusal(error: unknown): boolean {
  const state = readSqlState(error);
  return state !== null && state !== UNIQUE_VIOLATION && REFUSALS.includes(state.slice(0, 2));
}

/** The server answered, and what it said will not change by waiting: a wrong password, a statement that fails. */
export function isLasting(error: unknown): boolean {
  const state = readSqlState(error);
  return state !== null && !PASSING.includes(state.slice(0, 2));
}

/** The server answered, if only with an error: the connection works. */
export function isAnswer(error: unknown): boolean {
  return readSqlState(error) !== null;
}

/** One line for a log: the code tells more than the text, and a connection's error may have no text. */
export function describeError(error: unknown): string {
  const { code, message } = rootOf(error) as { code?: unknown; message?: unknown };
  const parts = [code, message].filter((part) => typeof part === 'string' && part !== '');
  return parts.length > 0 ? parts.join(': ') : String(error);
}

/** Five characters with a digit among them, as PostgreSQL answers; system errors are words, such as EPIPE. */
function readSqlState(error: unknown): string | null {
  const { code } = rootOf(error) as { code?: unknown };
  return typeof code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(code) ? code : null;
}

/** Drizzle wraps what the database said. */
function rootOf(error: unknown): object {
  if (typeof error !== 'object' || error === null) return {};
  const { cause } = error as { cause?: unknown };
  return cause instanceof Error ? rootOf(cause) : error;
}
