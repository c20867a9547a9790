// Counts minutes of the record from its tables: finished games by the minute of their end, with their predictions and the
// crowd on them, and what the service measured of itself. The one place that reads the tables for metrics; the rollup job
// calls it for stale minutes, and time travel for the hours in which the record has learnt something since.
import { bucketStart, MINUTE_MS } from '@/lib/metrics/buckets';
import {
  countCrowd,
  countGame,
  countPrediction,
  countServiceMinute,
  type CountedGame,
  type CountedPrediction,
} from '@/lib/metrics/count-metrics';
import { emptyMetrics, type MetricsDraft, type MetricsRow } from '@/lib/metrics/metrics-row';
import { PRACTICE_COIN_ADDRESS, SOL_COIN_ADDRESS } from '@/lib/game/rules';
import { isoOf, listOf, msOf, type Query } from '@/server/rollups/query';
import type { GameSource } from '@/lib/game/game-source';

/** [from, to), of one source. `knownAt`: only games confirmed by then. */
export type CountedRange = {
  readonly source: GameSource;
  readonly ranges: readonly { readonly from: number; readonly to: number }[];
  readonly knownAt: number | null;
};

/** So many games' predictions and bets are read at a time: a few thousand rows. */
const GAMES_AT_ONCE = 1_000;

/** By start of the minute; a minute in which nothing happened is not there. */
export async function countMinutes(query: Query, range: CountedRange): Promise<Map<number, MetricsRow>> {
  const minutes = new Map<number, MetricsDraft>();
  const rowOf = (minute: number) => {
    const row = minutes.get(minute) ?? emptyMetrics();
    minutes.set(minute, row);
    return row;
  };
  const rowByGame = new Map<string, MetricsDraft>();
  for (const { gameId, minute, game } of await readGames(query, range)) {
    const row = rowOf(minute);
    countGame(row, game);
    rowByGame.set(gameId, row);
  }
  const gameIds = [...rowByGame.keys()];
  for (let first = 0; first < gameIds.length; first += GAMES_AT_ONCE) {
    await countDecisionsAndCrowd(query, { gameIds: gameIds.slice(first, first + GAMES_AT_ONCE), rowByGame });
  }
  await countService(query, { range, rowOf });
  return minutes;
}

async function readGames(query: Query, { source, ranges, knownAt }: CountedRange) {
  // `listed_at` of a confirmed game is its end, and has an index.
  const rows = await query(
    `select g.game_id as "gameId", ${msOf('g.listed_at')} as "endedAt", g.rug_tick::float8 as "rugTick", g.peak::float8 as peak,
      g.verification, g.complete
    from unnest($1::text::timestamptz[], $2::text::timestamptz[]) r(first, last)
    join games g on g.listed_at >= r.first and g.listed_at < r.last
    where g.source = $3::text and g.confirmed_at is not null
      and g.confirmed_at <= coalesce($4::text::timestamptz, 'infinity')`,
    [...rangeParameters(ranges), source, knownAt === null ? null : isoOf(knownAt)],
  );
  return rows.map((row) => ({
    gameId: row.gameId as string,
    minute: bucketStart(row.endedAt as number, 'minute'),
    game: row as unknown as CountedGame,
  }));
}

async function countDecisionsAndCrowd(
  query: Query,
  { gameIds, rowByGame }: { gameIds: readonly string[]; rowByGame: ReadonlyMap<string, MetricsDraft> },
): Promise<void> {
  const ids = listOf(gameIds);
  const predictions = await query(
    `select game_id as "gameId", tick::float8 as tick, origin = 'live' as live,
      win_probability::float8 as "winProbability", won,
      rug_tick::float8 as "rugTick", median_tick::float8 as "medianTick", lower50::float8 as lower50,
      upper50::float8 as upper50, lower90::float8 as lower90, upper90::float8 as upper90
    from predictions where game_id = any($1::text::text[]) and rug_tick is not null`,
    [ids],
  );
  for (const row of predictions) {
    countPrediction(rowByGame.get(row.gameId as string)!, row as unknown as CountedPrediction);
  }
  for (const crowd of await readCrowd(query, ids)) {
    countCrowd(rowByGame.get(crowd.gameId as string)!, {
      bets: crowd.bets as number,
      won: crowd.won as number,
      practiceBets: crowd.practiceBets as number,
      stakedLamports: BigInt(crowd.staked as string),
      paidLamports: BigInt(crowd.paid as string),
      trades: crowd.trades as number,
      tradedLamports: BigInt(crowd.traded as string),
    });
  }
}

function readCrowd(query: Query, gameIds: string) {
  return query(
    `select id as "gameId", b.bets, b.won, b.practice as "practiceBets", b.staked, b.paid, t.trades, t.traded
    from unnest($1::text::text[]) id,
    lateral (
      select count(*) filter (where sol)::float8 as bets, count(*) filter (where sol and outcome = 'won')::float8 as won,
        count(*) filter (where coin_address = $3::text)::float8 as practice,
        coalesce(sum(stake_lamports) filter (where sol), 0)::text as staked,
        coalesce(sum(payout_lamports) filter (where sol), 0)::text as paid
      from (select *, coin_address = $2::text as sol from side_bets where game_id = id and outcome is not null) settled
    ) b,
    lateral (
      select count(*)::float8 as trades, coalesce(sum(amount_lamports), 0)::text as traded
      from trades where game_id = id and coin_address is distinct from $3::text
    ) t`,
    [gameIds, SOL_COIN_ADDRESS, PRACTICE_COIN_ADDRESS],
  );
}

async function countService(
  query: Query,
  { range, rowOf }: { range: CountedRange; rowOf: (minute: number) => MetricsDraft },
): Promise<void> {
  const rows = await query(
    `select ${msOf('minute')} as minute, frames::float8 as frames, dead_letters::float8 as "deadLetters",
      disconnects::float8 as disconnects, errors::float8 as errors, latency_counts::text as "latencyCounts"
    from unnest($1::text::timestamptz[], $2::text::timestamptz[]) r(first, last)
    join service_minutes on minute >= r.first and minute < r.last
    where source = $3::text`,
    [...rangeParameters(range.ranges), range.source],
  );
  for (const row of rows) {
    countServiceMinute(rowOf(row.minute as number), {
      frames: row.frames as number,
      deadLetters: row.deadLetters as number,
      disconnects: row.disconnects as number,
      errors: row.errors as number,
      latencyCounts: JSON.parse(`[${(row.latencyCounts as string).slice(1, -1)}]`) as number[],
    });
  }
}

function rangeParameters(ranges: CountedRange['ranges']): [string, string] {
  return [`{${ranges.map(({ from }) => isoOf(from)).join(',')}}`, `{${ranges.map(({ to }) => isoOf(to)).join(',')}}`];
}

/** Neighbouring minutes as one range each. */
export function minuteRanges(minutes: readonly number[]): { from: number; to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  for (const minute of [...minutes].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.to === minute) last.to = minute + MINUTE_MS;
    else ranges.push({ from: minute, to: minute + MINUTE_MS });
  }
  return ranges;
}
