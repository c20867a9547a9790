// The record's own connection for jobs and commands, apart from the batch writer's: one, opened when it is first used, and
// replaced after any failure that is not the database's own answer. Work is taken one at a time, in the order it came.
import { connectRaw, type RawConnection, type RawOptions, type RawSql } from '@/db/connect';
import { isAnswer } from '@/server/store/database-errors';
import { within } from '@/server/store/within';

export type RecordDatabase = {
  /** Throws what the database answered, or what became of the connection. */
  use<T>(work: (sql: RawSql) => Promise<T>): Promise<T>;
  end(): Promise<void>;
};

/** A job's statement may sort a day of games; one that takes longer is stuck. */
const STATEMENT_LIMIT_MS = 60_000;
const WORK_LIMIT_MS = 600_000;

export function createRecordDatabase({
  databaseUrl,
  statementLimitMs = STATEMENT_LIMIT_MS,
  workLimitMs = WORK_LIMIT_MS,
  plans,
}: {
  databaseUrl: string;
  statementLimitMs?: number;
  workLimitMs?: number;
  plans?: RawOptions['plans'];
}): RecordDatabase {
  let connection: RawConnection | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let ended = false;

  async function run<T>(work: (sql: RawSql) => Promise<T>): Promise<T> {
    if (ended) throw new Error('the record is closed');
    const used = (connection ??= connectRaw({ databaseUrl, statementLimitMs, plans }));
    try {
      return await within(workLimitMs, used.use(work));
    } catch (error) {
      if (!isAnswer(error)) {
        if (connection === used) connection = null;
        await used.destroy();
      }
      throw error;
    }
  }

  return {
    use(work) {
      const result = queue.then(() => run(work));
      queue = result.catch(() => {});
      return result;
    },
    async end() {
      ended = true;
      await connection?.destroy();
      connection = null;
    },
  };
}
