// A page of games, newest first, each with its sparkline: one statement, and no more rows read than the page holds plus one.
// Keyset paging: a page begins after the last game of the one before, however many came in meanwhile.
import { sql, type SQL } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { SPARKLINE_POINTS_MAX, type GamesPage, type ListedGame, type StoredGame } from '@/lib/protocol/games-api';
import { gameId } from '@/lib/units/game-id';
import { epochMs } from '@/lib/units/time';
import { toCondition, type GamesFilter } from '@/server/history/games-filter';
import { STORED_GAME_JSON } from '@/server/history/stored-game';
import { formatCursor, type GamesCursor } from '@/server/store/games-cursor';

export type GamesListQuery = {
  readonly filter: GamesFilter;
  readonly limit: number;
  readonly after?: GamesCursor | undefined;
};

type Row = { readonly game: StoredGame; readonly sparkline: number[] | null };

export async function listGames(db: PostgresJsDatabase, query: GamesListQuery): Promise<GamesPage> {
  const rows = [...(await db.execute<Row>(listStatement(query)))];
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1)?.game : undefined;
  return {
    games: page.map(toListedGame),
    source: query.filter.source,
    next: last ? formatCursor({ listedAt: epochMs(last.listedAt), gameId: gameId(last.gameId) }) : null,
    at: query.filter.at ?? null,
  };
}

export function listStatement({ filter, limit, after }: GamesListQuery): SQL {
  return sql`
    select ${STORED_GAME_JSON} as game, ${SPARKLINE} as sparkline
    from (
      select * from games where ${toCondition(filter, after)}
      order by listed_at desc, game_id desc limit ${limit + 1}::integer
    ) g
    left join game_checks c on c.game_id = g.game_id
    order by g.listed_at desc, g.game_id desc`;
}

/** The last point is the last price; the ticks before it are cut into equal stretches, each told by its highest price. */
const STRETCHES = SPARKLINE_POINTS_MAX - 1;
const PRICES = `coalesce(
  (select prices from game_paths p where p.game_id = g.game_id),
  array(select price from ticks t where t.game_id = g.game_id order by tick))`;
const SPARKLINE = sql.raw(`(
  select json_agg(high order by stretch) from (
    select case when i = n then ${STRETCHES} else least(i - 1, (i - 1) * ${STRETCHES} / greatest(n - 1, 1)) end as stretch,
      max(price) as high
    from (select prices, cardinality(prices) as n from (select ${PRICES} as prices offset 0) path) path,
      unnest(prices) with ordinality as tick(price, i)
    where price is not null
    group by 1
  ) stretches)`);

function toListedGame({ game, sparkline }: Row): ListedGame {
  return { ...game, sparkline: (sparkline ?? []).map(toThreeDigits) };
}

/** A line of a hundred pixels shows no more. */
function toThreeDigits(price: number): number {
  return Number(price.toPrecision(3));
}
