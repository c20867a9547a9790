// Streams games out of the record. Rows are fetched only as fast as the client takes them; a client that leaves, or takes
// nothing for a minute, loses its connection to the database at once. Few run at a time, and none on the pages' pool.
import { sql } from 'drizzle-orm';
import type { StoredGame } from '@/lib/protocol/games-api';
import { err, ok, type Result } from '@/lib/units/result';
import { createRowWriter, GAME_COLUMNS, type RowWriter } from '@/server/history/export-rows';
import { toCondition, type GamesFilter } from '@/server/history/games-filter';
import type { ExportFormat } from '@/server/history/games-parameters';
import { openRowCursor, type RowCursor } from '@/server/history/row-cursor';
import { STORED_GAME_JSON } from '@/server/history/stored-game';
import type { Problem } from '@/server/http/problem';

/** Each holds a connection and a snapshot of the database; a third has to wait for one to end. */
export const EXPORTS_MAX = 2;
/** A client that takes nothing for so long is taken for gone. */
const STALL_LIMIT_MS = 60_000;

export type GamesExports = {
  /** Fails with what the database said. `signal`: the client's request, when it can be given up. */
  openGames(request: {
    filter: GamesFilter;
    format: ExportFormat;
    signal?: AbortSignal;
  }): Promise<Result<ReadableStream<Uint8Array>, Problem>>;
  /** Of this moment. */
  running(): number;
  end(): Promise<void>;
};

export function createGamesExports({
  databaseUrl,
  stallLimitMs = STALL_LIMIT_MS,
}: {
  databaseUrl: string;
  stallLimitMs?: number;
}): GamesExports {
  const running = new Set<() => Promise<void>>();
  let opening = 0;

  async function open({ filter, format, signal }: Parameters<GamesExports['openGames']>[0]) {
    const cursor = await openRowCursor<{ game: StoredGame }>({ databaseUrl, statement: gamesStatement(filter) });
    const first = await cursor.next().catch(async (error: unknown) => {
      await cursor.close();
      throw error;
    });
    const stop = async () => {
      running.delete(stop);
      await cursor.close();
    };
    running.add(stop);
    return toStream({ cursor, first, writer: createRowWriter(GAME_COLUMNS, format), stop, stallLimitMs, signal });
  }

  return {
    async openGames(request) {
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

function gamesStatement(filter: GamesFilter) {
  return sql`
    select ${STORED_GAME_JSON} as game
    from (select * from games where ${toCondition(filter)}) g
    left join game_checks c on c.game_id = g.game_id
    order by g.listed_at desc, g.game_id desc`;
}

type Row = { readonly game: StoredGame };

/** A failure on the way breaks the stream off: a client never takes half an export for a whole one. */
function toStream({
  cursor,
  first,
  writer,
  stop,
  stallLimitMs,
  signal,
}: {
  cursor: RowCursor<Row>;
  first: readonly Row[];
  writer: RowWriter<StoredGame>;
  stop: () => Promise<void>;
  stallLimitMs: number;
  signal: AbortSignal | undefined;
}): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let timer: NodeJS.Timeout | undefined;
  let batch: Promise<readonly Row[]> = Promise.resolve(first);
  let text = writer.head;

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
          text += rows.map(({ game }) => writer.line(game)).join('');
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
