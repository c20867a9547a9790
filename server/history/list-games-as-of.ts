// A page of games as the record knew them at a moment, from the event log: what was learnt later, a rug, a seed, a whole
// game, is not in it. Filters are held against what was known. A page may be short and still have a next one.
import { sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { GamesPage, StoredGame } from '@/lib/protocol/games-api';
import type { EpochMs } from '@/lib/units/time';
import { listGamesAsOf, toStoredGame } from '@/server/event-log/as-of';
import { VERIFICATION_OF, type GamesFilter } from '@/server/history/games-filter';
import { toSparkline } from '@/server/history/sparkline';
import { formatCursor, type GamesCursor } from '@/server/store/games-cursor';
import { toArrayLiteral } from '@/server/store/insert-rows';

export async function listGamesKnownAt(
  db: PostgresJsDatabase,
  { at, filter, limit, after }: { at: EpochMs; filter: GamesFilter; limit: number; after?: GamesCursor | undefined },
): Promise<GamesPage> {
  const { source } = filter;
  const page = await listGamesAsOf(db, {
    source,
    at,
    from: filter.from,
    to: filter.to,
    limit,
    before: after,
    keep: (game) => fits(toStoredGame(game), filter),
  });
  const games = page.games.map(toStoredGame);
  // The path of a game that was over is what it is; of one that ran, which ticks were known is not kept.
  const prices = await readPrices(
    db,
    page.games.flatMap(({ game }) => (game.confirmedAt === null ? [] : game.gameId)),
  );
  return {
    games: games.map((game) => ({ ...game, sparkline: toSparkline(prices.get(game.gameId) ?? []) })),
    source,
    next: page.next && formatCursor(page.next),
    at,
  };
}

function fits(game: StoredGame, filter: GamesFilter): boolean {
  const { from, to, lengthMin, lengthMax, peakMin, peakMax, verified, complete } = filter;
  return (
    isWithin(game.listedAt, from, to === undefined ? undefined : to - 1) &&
    isWithin(game.rugTick, lengthMin, lengthMax) &&
    isWithin(game.peak, peakMin, peakMax) &&
    (verified === undefined || game.verification === VERIFICATION_OF[verified]) &&
    (complete === undefined || game.complete === complete)
  );
}

/** Ends included; what is unknown is within nothing but no limits at all. */
function isWithin(value: number | null, min: number | undefined, max: number | undefined): boolean {
  if (min === undefined && max === undefined) return true;
  return value !== null && value >= (min ?? -Infinity) && value <= (max ?? Infinity);
}

async function readPrices(
  db: PostgresJsDatabase,
  ids: readonly string[],
): Promise<ReadonlyMap<string, (number | null)[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db.execute<{ game_id: string; prices: (number | null)[] }>(sql`
    select game_id, to_json(prices) as prices from game_paths where game_id = any(${toArrayLiteral(ids)}::text[])`);
  return new Map([...rows].map(({ game_id, prices }) => [game_id, prices]));
}
