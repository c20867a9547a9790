// The list of games as the record knew it at a moment: each game folded from the events recorded by then, so that a rug, a
// seed or a check that came later is not in it. Called by games-history only.
import { sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { GamesPage, StoredGame } from '@/lib/protocol/games-api';
import type { EpochMs } from '@/lib/units/time';
import { listGamesAsOf, toStoredGame } from '@/server/event-log/as-of';
import { fitsFilter } from '@/server/history/games-filter';
import { PRICES, type GamesListQuery } from '@/server/history/list-games';
import { toSparkline } from '@/server/history/sparkline';
import { formatCursor } from '@/server/store/games-cursor';
import { toArrayLiteral } from '@/server/store/table-columns';

export async function listGamesAt(
  db: PostgresJsDatabase,
  { filter, limit, after }: GamesListQuery,
  at: EpochMs,
): Promise<GamesPage> {
  const { source } = filter;
  const keep = (known: Parameters<typeof toStoredGame>[0]) => fitsFilter(toStoredGame(known), filter);
  const page = await listGamesAsOf(db, { source, at, limit, before: after, keep });
  const games = page.games.map(toStoredGame);
  const prices = await readPrices(db, games);
  return {
    games: games.map((game) => ({ ...game, sparkline: toSparkline(prices.get(game.gameId) ?? []) })),
    source,
    next: page.next && formatCursor(page.next),
    at,
  };
}

type PricesRow = { readonly game_id: string; readonly prices: (number | null)[] | null };

/** Only of games that had ended by then: which ticks of a running one had come is told by its own page. */
async function readPrices(
  db: PostgresJsDatabase,
  games: readonly StoredGame[],
): Promise<Map<string, (number | null)[]>> {
  const ended = games.filter(({ rugTick }) => rugTick !== null).map(({ gameId }) => gameId);
  const rows = await db.execute<PricesRow>(sql`
    select g.game_id, ${PRICES} as prices from games g where g.game_id = any(${toArrayLiteral(ended)}::text[])`);
  return new Map(rows.map(({ game_id, prices }) => [game_id, prices ?? []]));
}
