// How well each day is covered: games by the date in their ids, a range of the primary key. A game counts once it has
// been played to its end.
import { sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { CoverageDay } from '@/lib/protocol/data-quality';
import type { GameSource } from '@/lib/game/game-source';

/** `from` up to and without `before`, as YYYY-MM-DD; newest first. */
export async function readCoverage(
  db: PostgresJsDatabase,
  { source, from, before }: { source: GameSource; from: string; before: string },
): Promise<CoverageDay[]> {
  const rows = await db.execute(sql`
    with failing as materialized (select game_id from game_checks where status = 'failed')
    select left(game_id, 8) as day, count(*) as games,
      count(*) filter (where complete) as complete,
      count(*) filter (where verification = 'verified' and failing.game_id is null) as verified,
      count(*) filter (where verification = 'failed' or failing.game_id is not null) as failed,
      count(*) filter (where verification = 'unverifiable' and failing.game_id is null) as unverifiable,
      count(*) filter (where confirmed_at is not null and checked_at is null) as unchecked,
      coalesce(sum(rug_tick + 1), 0) as ticks, coalesce(sum(ticks_repaired), 0) as repaired
    from games left join failing using (game_id)
    where game_id >= ${from.replaceAll('-', '')} and game_id < ${before.replaceAll('-', '')}
      and source = ${source} and phase = 'rugged'
    group by 1 order by 1 desc`);
  return rows.map((row) => ({
    day: String(row.day).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'),
    games: Number(row.games),
    complete: Number(row.complete),
    verified: Number(row.verified),
    failed: Number(row.failed),
    unverifiable: Number(row.unverifiable),
    unchecked: Number(row.unchecked),
    ticks: Number(row.ticks),
    ticksRepaired: Number(row.repaired),
  }));
}
