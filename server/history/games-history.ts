// Reads games for pages and the API, from a pool of its own; never on the live path. The store hands it out.
import type { GameId } from '@/lib/units/game-id';
import type { GameDetail, GamePath, GamesPage } from '@/lib/protocol/games-api';
import type { EpochMs } from '@/lib/units/time';
import { readGameDetail, readGamePath, toGamePath } from '@/server/history/game-detail';
import { listGames, type GamesListQuery } from '@/server/history/list-games';
import type { TickPath } from '@/server/history/tick-path';
import type { Reader } from '@/server/store/reader';

export type GamesHistory = {
  /** Newest first; with a moment in its filter, as the record knew them then. */
  listGames(query: GamesListQuery): Promise<GamesPage>;
  /** `prices[i]` is the price at tick i, exact; null for a tick not known. */
  getGame(gameId: GameId): Promise<GamePath | null>;
  getTicks(gameId: GameId): Promise<TickPath | null>;
  /** Null when the record did not know the game, or not at that moment. */
  getGameDetail(query: { gameId: GameId; at?: EpochMs | undefined }): Promise<GameDetail | null>;
};

export function createGamesHistory({ read }: Pick<Reader, 'read'>): GamesHistory {
  return {
    listGames: (query) => read((db) => listGames(db, query)),
    async getGame(gameId) {
      const found = await read((db) => readGamePath(db, gameId));
      return found && toGamePath(found);
    },
    async getTicks(gameId) {
      const found = await read((db) => readGamePath(db, gameId));
      return found && found.path;
    },
    getGameDetail: (query) => read((db) => readGameDetail(db, query)),
  };
}
