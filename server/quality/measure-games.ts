// What the newest games on record look like, for the quality report: one query over as many games as lib/quality says,
// however many are stored. The index on `listed_at` gives them newest first.
import type { RawSql } from '@/db/connect';
import { GAME_TICKS_MAX, NOMINAL_TICK_MS } from '@/lib/game/rules';
import { QUALITY_GAMES, type Finds, type RecordMeasurements } from '@/lib/quality/measurements';
import type { EpochMs } from '@/lib/units/time';
import type { GameSource } from '@/lib/game/game-source';
import { toInstant } from '@/server/store/insert-rows';

export type GamesScope = {
  readonly source: GameSource;
  readonly now: EpochMs;
  /** From when on games were to be expected one after another; null when nobody can say. */
  readonly expectedFrom: EpochMs | null;
  /** How many times faster than the game its feed runs. */
  readonly speed: number;
};

type GamesMeasured = Pick<
  RecordMeasurements,
  'games' | 'newestGameAgeMs' | 'incomplete' | 'holes' | 'failed' | 'clock'
> & { readonly implausible: RecordMeasurements['implausible']; readonly seedTwins: number };

/** The history names a game a minute after its end; a game lasts 21 minutes at most. */
const UNCONFIRMED_MS = 30 * 60_000;
/** Cooldown and rug take about 20 s; what is longer than this was no cooldown. */
const HOLE_MS = 120_000;
const CLOCK_GAMES = 50;
const DAY_MS = 86_400_000;
/** Clocks may differ by a little; a game that ended a day from now did not end. */
const FUTURE_MS = 60_000;

export async function measureGames(sql: RawSql, scope: GamesScope): Promise<GamesMeasured> {
  const { source, now, expectedFrom, speed } = scope;
  const [row] = await sql.unsafe(
    QUERY,
    [
      source,
      QUALITY_GAMES,
      toInstant(now),
      toInstant(expectedFrom),
      UNCONFIRMED_MS,
      NOMINAL_TICK_MS / speed,
      HOLE_MS,
      DAY_MS,
      CLOCK_GAMES,
      GAME_TICKS_MAX,
      FUTURE_MS,
    ],
    { prepare: true },
  );
  return toMeasured(row as Row, now);
}

const QUERY = `
with newest as materialized (
  select game_id, listed_at, started_at, rugged_at, ended_at, confirmed_at, rug_tick, peak, verification, complete,
    server_seed, verification = 'failed' or game_id in (select game_id from game_checks where status = 'failed') as failed
  from games where source = $1 order by listed_at desc, game_id desc limit $2
),
lacking as (
  select game_id from newest where not complete and (confirmed_at is not null
    or listed_at between $4::timestamptz and $3::timestamptz - $5 * interval '1 ms')
),
played as (
  select coalesce(started_at, ended_at - rug_tick * $6::float8 * interval '1 ms', listed_at) as started_at,
    coalesce(ended_at, rugged_at, listed_at) as ended_at
  from newest where listed_at >= $4::timestamptz and listed_at <= $3::timestamptz
),
spaced as (
  select started_at, ended_at, extract(epoch from started_at - max(ended_at) over (
    order by started_at, ended_at rows between unbounded preceding and 1 preceding)) * 1000 as pause_ms
  from played
),
clocks as (
  select extract(epoch from rugged_at - ended_at) * 1000 as skew_ms from newest
  where rugged_at is not null and ended_at is not null and confirmed_at is not null
    and listed_at >= $3::timestamptz - $8 * interval '1 ms'
  order by listed_at desc limit $9
)
select
  (select count(*) from newest where confirmed_at is not null or game_id in (select game_id from lacking)) as games,
  (select max(ended_at) from newest where confirmed_at is not null) as newest_at,
  (select count(*) from lacking) as lacking,
  (select array_to_string((array_agg(game_id))[1:3], ' ') from lacking) as lacking_ids,
  (select count(*) from newest where failed) as failed,
  (select array_to_string((array_agg(game_id))[1:3], ' ') from newest where failed) as failed_ids,
  (select extract(epoch from max(ended_at) - min(started_at)) * 1000 from spaced having count(*) > 1) as span_ms,
  (select count(*) from spaced where pause_ms > $7) as holes,
  (select coalesce(sum(pause_ms), 0) from spaced where pause_ms > $7) as missed_ms,
  (select percentile_cont(0.5) within group (order by skew_ms) from clocks) as skew_ms,
  (select count(*) from clocks) as clock_games,
  (select count(*) from newest where rug_tick > $10) as too_long,
  (select count(*) from newest where ended_at < started_at) as backwards,
  (select count(*) from newest where listed_at > $3::timestamptz + $11 * interval '1 ms') as future,
  (select count(*) from newest where confirmed_at is not null and peak < 1) as low_peaks,
  (select count(server_seed) - count(distinct server_seed) from newest) as seed_twins`;

type Row = Readonly<Record<string, unknown>>;

function toMeasured(row: Row, now: EpochMs): GamesMeasured {
  const newestAt = row.newest_at as Date | null;
  return {
    games: Number(row.games),
    newestGameAgeMs: newestAt === null ? null : Math.max(0, now - newestAt.getTime()),
    incomplete: toFinds(row.lacking, row.lacking_ids),
    failed: toFinds(row.failed, row.failed_ids),
    holes:
      row.span_ms === null || row.span_ms === undefined
        ? null
        : { spanMs: Number(row.span_ms), missedMs: Number(row.missed_ms), holes: Number(row.holes) },
    clock: row.skew_ms === null ? null : { skewMs: Number(row.skew_ms), games: Number(row.clock_games) },
    implausible: [
      { what: `games longer than ${GAME_TICKS_MAX} ticks`, rows: Number(row.too_long) },
      { what: 'games that ended before they began', rows: Number(row.backwards) },
      { what: 'games that end in the future', rows: Number(row.future) },
      { what: 'peaks below the starting price', rows: Number(row.low_peaks) },
    ],
    seedTwins: Number(row.seed_twins),
  };
}

function toFinds(count: unknown, examples: unknown): Finds {
  return { count: Number(count), examples: ((examples as string | null) ?? '').split(' ').filter(Boolean) };
}
