// The verbs behind /api/games and /api/analytics/games: parse what a stranger sent, ask the record, answer or say why not.
import type { GameDetail, GamePath, GamesPage } from '@/lib/protocol/games-api';
import { isGameId, type GameId } from '@/lib/units/game-id';
import { err, ok, type Result } from '@/lib/units/result';
import type { GameSource } from '@/lib/game/game-source';
import type { GamesHistory } from '@/server/history/games-history';
import { GAME_DETAIL_PARAMETERS, NO_PARAMETERS, parseGamesQuery } from '@/server/history/games-parameters';
import { readQuery } from '@/server/http/parameters';
import { badParameter, type Problem } from '@/server/http/problem';
import { withDatabase } from '@/server/http/with-database';

type Answer<T> = Promise<Result<T, Problem>>;

/** `source`: whose games a query means that does not say. */
export async function getGames({
  history,
  query,
  source,
}: {
  history: Pick<GamesHistory, 'listGames'>;
  query: URLSearchParams;
  source: GameSource;
}): Answer<GamesPage> {
  const parsed = parseGamesQuery(query, source);
  if (!parsed.ok) return parsed;
  return withDatabase(async () => ok(await history.listGames(parsed.value)));
}

type GameQuery = { readonly id: string; readonly query: URLSearchParams };

export async function getGame({
  history,
  id,
  query,
}: GameQuery & { history: Pick<GamesHistory, 'getGame'> }): Answer<GamePath> {
  const gameId = parseGameId(id);
  if (!gameId.ok) return gameId;
  const read = readQuery(query, NO_PARAMETERS);
  if (!read.ok) return read;
  return withDatabase(async () => foundOr404(await history.getGame(gameId.value), `No game ${id} is on record.`));
}

export async function getGameDetail({
  history,
  id,
  query,
}: GameQuery & { history: Pick<GamesHistory, 'getGameDetail'> }): Answer<GameDetail> {
  const gameId = parseGameId(id);
  if (!gameId.ok) return gameId;
  const read = readQuery(query, GAME_DETAIL_PARAMETERS);
  if (!read.ok) return read;
  const { at } = read.value;
  const missing =
    at === undefined ? `No game ${id} is on record.` : `No game ${id} was on record at ${new Date(at).toISOString()}.`;
  return withDatabase(async () => foundOr404(await history.getGameDetail({ gameId: gameId.value, at }), missing));
}

export function parseGameId(id: string): Result<GameId, Problem> {
  return isGameId(id) ? ok(id) : err(badParameter('gameId', id, 'a game id such as 20251207-1e01ac417e8043ca'));
}

function foundOr404<T>(found: T | null, detail: string): Result<T, Problem> {
  return found === null ? err({ status: 404, title: 'Unknown game', detail }) : ok(found);
}
