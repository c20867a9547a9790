// Streams rows out of the record, as files that may be large. Rows are fetched only as fast as the client takes them; a client
// that leaves, or takes nothing for a minute, loses its connection to the database at once. Few run at a time, and none on the
// pages' pool. The exports of games and of bets share the limit.
import type { SQL } from 'drizzle-orm';
import { err, ok, type Result } from '@/lib/units/result';
import { openRowCursor, type RowCursor } from '@/server/history/row-cursor';
import type { Problem } from '@/server/http/problem';

/** Each holds a connection and a snapshot of the database; a third has to wait for one to end. */
export const EXPORTS_MAX = 2;
/** A client that takes nothing for so long is taken for gone. */
const STALL_LIMIT_MS = 60_000;

export type RowExports = {
  /** Fails with what the database said. `signal`: the client's request, when it can be given up. */
  openRows<Row>(request: {
    statement: SQL;
    head: string;
    line: (row: Row) => string;
    signal?: AbortSignal;
  }): Promise<Result<ReadableStream<Uint8Array>, Problem>>;
  /** Of this moment. */
  running(): number;
  end(): Promise<void>;
};

export function createRowExports({
  databaseUrl,
  stallLimitMs = STALL_LIMIT_MS,
}: {
  databaseUrl: string;
  stallLimitMs?: number;
}): RowExports {
  const running = new Set<() => Promise<void>>();
  let opening = 0;

  async function open<Row>({
    statement,
    head,
    line,
    signal,
  }: {
    statement: SQL;
    head: string;
    line: (row: Row) => string;
    signal?: AbortSignal;
  }) {
    const cursor = await openRowCursor<Row>({ databaseUrl, statement });
    const first = await cursor.next().catch(async (error: unknown) => {
      await cursor.close();
      throw error;
    });
    const stop = async () => {
      running.delete(stop);
      await cursor.close();
    };
    running.add(stop);
    return toStream({ cursor, first, head, line, stop, stallLimitMs, signal });
  }

  return {
    async openRows(request) {
      if (running.size + opening >= EXPORTS_MAX) return err(BUSY);
      opening++;
      try {
        return ok(await open(request));
      } finally {
        opening--;
      }
    },
    running: () => running.size,
    async end() {
      await Promise.all([...running].map((stop) => stop()));
    },
  };
}

export const BUSY: Problem = {
  status: 503,
  title: 'Too many exports',
  detail: `${EXPORTS_MAX} exports are running, which is as many as run at a time. Try again when one has ended.`,
};

/** A failure on the way breaks the stream off: a client never takes half an export for a whole one. */
function toStream<Row>({
  cursor,
  first,
  head,
  line,
  stop,
  stallLimitMs,
  signal,
}: {
  cursor: RowCursor<Row>;
  first: readonly Row[];
  head: string;
  line: (row: Row) => string;
  stop: () => Promise<void>;
  stallLimitMs: number;
  signal: AbortSignal | undefined;
}): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let timer: NodeJS.Timeout | undefined;
  let batch: Promise<readonly Row[]> = Promise.resolve(first);
  let text = head;

  async function finish(): Promise<void> {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    await stop();
  }
  let abandon: (reason: string) => void = () => {};
  const onAbort = () => abandon('the client left');

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        abandon = (reason) => {
          controller.error(new Error(reason));
          void finish();
        };
        timer = setTimeout(() => abandon('the client takes nothing'), stallLimitMs);
        signal?.addEventListener('abort', onAbort, { once: true });
        if (signal?.aborted) onAbort();
      },
      async pull(controller) {
        timer?.refresh();
        try {
          const rows = await batch;
          text += rows.map(line).join('');
          if (text !== '') controller.enqueue(encoder.encode(text));
          text = '';
          if (rows.length === 0) {
            controller.close();
            await finish();
          } else {
            batch = cursor.next();
            // Looked at by the next pull; until then its failure is nobody's.
            batch.catch(() => {});
          }
        } catch (error) {
          await finish();
          throw error;
        }
      },
      cancel: finish,
    },
    { highWaterMark: 1 },
  );
}
