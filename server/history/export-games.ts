// The verbs behind the exports: a file of all games that fit a filter, and one of the ticks of a game.
import { err, ok, type Result } from '@/lib/units/result';
import { createRowWriter, TICK_COLUMNS, ticksOf } from '@/server/history/export-rows';
import type { GamesExports } from '@/server/history/games-export';
import type { GamesHistory } from '@/server/history/games-history';
import { GAME_EXPORT_PARAMETERS, parseExportQuery, type ExportFormat } from '@/server/history/games-parameters';
import { parseGameId } from '@/server/history/get-games';
import { readQuery } from '@/server/http/parameters';
import type { Problem } from '@/server/http/problem';
import { withDatabase } from '@/server/http/with-database';
import type { GameSource } from '@/lib/game/game-source';

type Answer = Promise<Result<Response, Problem>>;

export async function exportGames({
  exports,
  query,
  source,
  signal,
}: {
  exports: GamesExports;
  query: URLSearchParams;
  source: GameSource;
  signal?: AbortSignal;
}): Answer {
  const parsed = parseExportQuery(query, source);
  if (!parsed.ok) return parsed;
  const { filter, format } = parsed.value;
  return withDatabase(async () => {
    const opened = await exports.openGames({ filter, format, signal });
    return opened.ok ? ok(fileResponse({ body: opened.value, name: `games-${filter.source}`, format })) : opened;
  });
}

/** A game has at most a few thousand ticks: they are read at once and no connection is held while the client takes them. */
export async function exportTicks({
  history,
  id,
  query,
}: {
  history: Pick<GamesHistory, 'getTicks'>;
  id: string;
  query: URLSearchParams;
}): Answer {
  const gameId = parseGameId(id);
  if (!gameId.ok) return gameId;
  const read = readQuery(query, GAME_EXPORT_PARAMETERS);
  if (!read.ok) return read;
  const { format = 'csv' } = read.value;
  return withDatabase(async () => {
    const path = await history.getTicks(gameId.value);
    if (!path) return err({ status: 404, title: 'Unknown game', detail: `No game ${id} is on record.` });
    const writer = createRowWriter(TICK_COLUMNS, format);
    const lines = [...ticksOf(path)].map((tick) => writer.line(tick));
    return ok(fileResponse({ body: writer.head + lines.join(''), name: id, format }));
  });
}

const CONTENT_TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  jsonl: 'application/jsonl; charset=utf-8',
};

export function fileResponse({ body, name, format }: { body: BodyInit; name: string; format: ExportFormat }): Response {
  return new Response(body, {
    headers: {
      'content-type': CONTENT_TYPES[format],
      'content-disposition': `attachment; filename="fortytick-${name}.${format}"`,
      'cache-control': 'no-store',
      // Proxies that would collect the stream before passing it on.
      'x-accel-buffering': 'no',
    },
  });
}
