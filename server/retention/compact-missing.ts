// Paths of confirmed games that have none, because a version recorded them that did not write any. From then on the batch
// writer keeps them. A bounded piece at a time, in turn with the writer; called by the retention job.
import { transact, type RawSql } from '@/db/connect';
import { WRITER_LOCK } from '@/db/locks';
import { gameId } from '@/lib/units/game-id';
import { compactGame } from '@/server/store/plan-path';
import { readGames, readTicks } from '@/server/store/read-known';
import { writePaths } from '@/server/store/write-paths';

/** About 50 ms of the writer's time. */
const GAMES_PER_PIECE = 50;

/** Returns how many got their path; 0 when there is none left. */
export async function compactMissing(sql: RawSql): Promise<number> {
  return transact(sql, async () => {
    await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`;
    const rows = await sql`
      select game_id from games g
      where confirmed_at is not null and not exists (select from game_paths p where p.game_id = g.game_id)
        and exists (select from ticks t where t.game_id = g.game_id)
      limit ${GAMES_PER_PIECE}`;
    const ids = rows.map((row) => gameId(row.game_id));
    const games = await readGames(sql, ids);
    const { ticks } = await readTicks(sql, ids);
    const compacted = ids.map((id) => {
      return compactGame({ gameId: id, rugTick: games.get(id)!.rugTick!, ticks: ticks.get(id)! });
    });
    await writePaths(sql, compacted);
    return ids.length;
  });
}
