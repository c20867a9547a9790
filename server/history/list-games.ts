// A page of games, newest first, each with its sparkline: one statement, and no more rows read than the page holds plus one.
// Keyset paging: a page begins after the last game of the one before, however many came in meanwhile.
import { sql, type SQL } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { GamesPage, ListedGame, StoredGame } from '@/lib/protocol/games-api';
import { gameId } from '@/lib/units/game-id';
import { epochMs } from '@/lib/units/time';
import { toCondition, type GamesFilter } from '@/server/history/games-filter';
import { listGamesKnownAt } from '@/server/history/list-games-as-of';
import { STORED_GAME_JSON } from '@/server/history/stored-game';
import { toSparkline } from '@/server/history/sparkline';
import { formatCursor, type GamesCursor } from '@/server/store/games-cursor';

export type GamesListQuery = {
  readonly filter: GamesFilter;
  readonly limit: number;
  readonly after?: GamesCursor | undefined;
};

type Row = { readonly game: StoredGame; readonly prices: (number | null)[] | null };

export async function listGames(db: PostgresJsDatabase, query: GamesListQuery): Promise<GamesPage> {
  const { at } = query.filter;
  if (at !== undefined) return listGamesKnownAt(db, { ...query, at });
  const rows = [...(await db.execute<Row>(listStatement(query)))];
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1)?.game : undefined;
  return {
    games: page.map(toListedGame),
    source: query.filter.source,
    next: last ? formatCursor({ listedAt: epochMs(last.listedAt), gameId: gameId(last.gameId) }) : null,
    at: null,
  };
}

export function listStatement({ filter, limit, after }: GamesListQuery): SQL {
  return sql`
    select ${STORED_GAME_JSON} as game, ${PRICES} as prices
    from (
      select * from games where ${toCondition(filter, after)}
      order by listed_at desc, game_id desc limit ${limit + 1}::integer
    ) g
    left join game_checks c on c.game_id = g.game_id
    order by g.listed_at desc, g.game_id desc`;
}

/** Whole: thinning it out here takes five times as long as sending it. As JSON, which is quicker to read than an array. */
const PRICES = sql.raw(`coalesce(
  (select to_json(prices) from game_paths p where p.game_id = g.game_id),
  (select json_agg(price order by tick) from ticks t where t.game_id = g.game_id))`);

function toListedGame({ game, prices }: Row): ListedGame {
  return { ...game, sparkline: toSparkline(prices ?? []) };
}
