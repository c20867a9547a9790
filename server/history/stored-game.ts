// One game's row as the API tells it. The columns are read as one JSON object, so that list, path and detail share them and
// no driver's idea of dates or bigints comes between. Only server/history uses it.
import { sql, type SQL } from 'drizzle-orm';

/** Of a row `g` of games, with `c` its game_checks or nulls. A game that runs has no rug tick yet, whatever was heard. */
export const STORED_GAME_JSON: SQL = sql.raw(`json_build_object(
  'gameId', g.game_id, 'phase', g.phase, 'source', g.source,
  'rugTick', case when g.phase = 'rugged' then g.rug_tick end, 'peak', g.peak,
  'verified', case when g.verification <> 'unverifiable' then g.verification = 'verified' end,
  'verification', g.verification, 'checks', case when g.checked_at is not null then c.status end,
  'complete', g.complete, 'version', g.version, 'serverSeed', g.server_seed, 'serverSeedHash', g.server_seed_hash,
  'commitmentKept', g.commitment_kept, 'ticksRepaired', g.ticks_repaired, 'ticksCorrected', g.ticks_corrected,
  'startedAt', ${msOf('g.started_at')},
  'endedAt', ${msOf("coalesce(g.ended_at, case when g.phase = 'rugged' then g.rugged_at end)")},
  'listedAt', ${msOf('g.listed_at')})`);

/** A time as whole milliseconds since 1970: columns keep no finer ones. */
export function msOf(expression: string): string {
  return `(extract(epoch from ${expression}) * 1000)::bigint`;
}
