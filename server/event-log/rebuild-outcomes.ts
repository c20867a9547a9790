// Settles every prediction and recommendation again from its game's row, and forgets outcomes of games that are not
// confirmed. Page by page, each in a transaction under the writer's lock: what is done when it is interrupted is right.
import { transact, type RawSql } from '@/db/connect';
import type { GameId } from '@/lib/units/game-id';
import { WRITER_LOCK } from '@/db/locks';
import type { RebuildOptions, RebuildReport } from '@/server/event-log/projection';
import { markChanged, settleDecisions } from '@/server/store/settle-decisions';
import { toArrayLiteral } from '@/server/store/insert-rows';

const PAGE_GAMES = 500;

export async function rebuildOutcomes(sql: RawSql, { onProgress }: RebuildOptions): Promise<RebuildReport> {
  let read = 0;
  let changed = 0;
  for (let after = ''; ;) {
    const games = await sql<{ game_id: GameId }[]>`
      select game_id from games where game_id > ${after} order by game_id limit ${PAGE_GAMES}`;
    if (games.length === 0) return { read, rows: null, changed };
    const ids = games.map((game) => game.game_id);
    changed += await transact(sql, () => settleAgain(sql, ids));
    read += ids.length;
    after = ids.at(-1)!;
    onProgress(`${read} games settled`);
  }
}

/** The number of rows whose outcome was another before. */
async function settleAgain(sql: RawSql, gameIds: readonly GameId[]): Promise<number> {
  const ids = toArrayLiteral(gameIds);
  await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`;
  const before = await readOutcomes(sql, ids);
  await sql`update predictions set rug_tick = null, won = null where game_id = any(${ids}::text[]) and rug_tick is not null`;
  await sql`
    update recommendations set outcome = null, profit_lamports = null
    where game_id = any(${ids}::text[]) and outcome is not null`;
  await settleDecisions(sql, gameIds);
  const after = await readOutcomes(sql, ids);
  const changed = [...after].filter(([key, outcome]) => before.get(key) !== outcome).map(([key]) => key);
  const games = [...new Set(changed.map((key) => key.split(' ')[0] as GameId))];
  await markChanged(sql, games);
  return changed.length;
}

async function readOutcomes(sql: RawSql, ids: string): Promise<ReadonlyMap<string, string>> {
  const rows = await sql<{ key: string; outcome: string }[]>`
    select game_id || ' ' || tick as key, concat_ws(' ', rug_tick, won) as outcome
    from predictions where game_id = any(${ids}::text[])
    union all
    select game_id || ' ' || tick || ' ' || strategy_id, concat_ws(' ', outcome, profit_lamports)
    from recommendations where game_id = any(${ids}::text[])`;
  return new Map(rows.map(({ key, outcome }) => [key, outcome]));
}
