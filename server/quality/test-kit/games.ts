// Games on record for tests of the quality report: a run of finished ones, each twenty seconds after the other.
import type { RawSql } from '@/db/connect';

export const END = Date.parse('2026-01-15T12:00:00Z');
const PER_DAY_DATE = 'YYYYMMDD';

/** `games` confirmed games of 200 ticks, the newest ended at `endMs`; ids carry the day of their end. */
export async function insertGames(
  sql: RawSql,
  { games, endMs = END, source = 'live', hex = 'a' }: { games: number; endMs?: number; source?: string; hex?: string },
): Promise<void> {
  await sql.unsafe(
    `insert into games (game_id, phase, server_seed, server_seed_hash, version, announced_at, started_at, rugged_at, ended_at,
       confirmed_at, listed_at, rug_tick, peak, verification, commitment_kept, complete, ticks_repaired, ticks_corrected,
       source, checked_at)
     select to_char(ended at time zone 'UTC', '${PER_DAY_DATE}') || '-' || $4::text || lpad(to_hex(i), 15, '0'),
       'rugged', 'seed ' || $3::text || $4::text || i, 'hash', 'v3', ended - interval '65 s', ended - interval '50 s',
       ended - interval '800 ms', ended, ended + interval '1 s', ended,
       -- The published lengths: a quantile for each game, in a shuffled order.
       ceil(ln(1 - ((i::bigint * 7919) % 10007 + 0.5) / 10007.0) / ln(0.995))::int,
       1.5, 'verified', true, true, 0, 0, $3::text, ended + interval '2 s'
     from (select i, to_timestamp($2::float8 / 1000) - i * interval '70 s' as ended
       from generate_series(0, $1::int - 1) i) game`,
    [games, endMs, source, hex],
  );
}
