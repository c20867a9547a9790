// All about one game, from one statement's row; and, for a moment in the past, what of it the record knew then.
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { GameDetail, GamePath, StoredGame } from '@/lib/protocol/games-api';
import type { GameId } from '@/lib/units/game-id';
import type { EpochMs } from '@/lib/units/time';
import { asKnownAt } from '@/server/history/as-known-at';
import { gameDetailStatement, gamePathStatement } from '@/server/history/game-detail-statement';
import { toTickPath, type TickPath, type TickPathRow } from '@/server/history/tick-path';

type Counts = GameDetail['omitted'];

type DetailRow = TickPathRow &
  Pick<GameDetail, 'checks' | 'intervals' | 'trades' | 'sideBets' | 'predictions' | 'recommendations' | 'events'> & {
    readonly game: StoredGame;
    readonly times: Pick<GameDetail['game'], 'announcedAt' | 'ruggedAt' | 'confirmedAt'>;
    readonly counts: Counts;
    readonly previous: string | null;
    readonly next: string | null;
  };

/** Null when the game is not on record, or was not at the moment asked for. */
export async function readGameDetail(
  db: PostgresJsDatabase,
  { gameId, at }: { gameId: GameId; at?: EpochMs | undefined },
): Promise<GameDetail | null> {
  const [row] = await db.execute<DetailRow>(gameDetailStatement(gameId));
  if (!row) return null;
  const detail = toDetail(row);
  return at === undefined ? detail : asKnownAt(detail, at);
}

export async function readGamePath(
  db: PostgresJsDatabase,
  gameId: GameId,
): Promise<{ game: StoredGame; path: TickPath } | null> {
  const [row] = await db.execute<TickPathRow & { readonly game: StoredGame }>(gamePathStatement(gameId));
  return row ? { game: row.game, path: toTickPath(row, row.game.rugTick) } : null;
}

export function toGamePath({ game, path }: { game: StoredGame; path: TickPath }): GamePath {
  return { game, prices: path.prices };
}

function toDetail(row: DetailRow): GameDetail {
  const { checks, intervals, trades, sideBets, predictions, recommendations, events, counts } = row;
  return {
    game: { ...row.game, ...row.times },
    at: null,
    ...toTickPath(row, row.game.rugTick),
    trades,
    sideBets,
    predictions,
    recommendations,
    checks,
    intervals,
    events,
    omitted: {
      trades: counts.trades - trades.length,
      sideBets: counts.sideBets - sideBets.length,
      predictions: counts.predictions - predictions.length,
      recommendations: counts.recommendations - recommendations.length,
      events: counts.events - events.length,
    },
    neighbours: { previous: row.previous, next: row.next },
  };
}
