// The analytics of the record: performance, trends, patterns, calibration, each of a range and a source, from rollups. The
// figures themselves are lib/metrics'; here it is only put together what a page or a caller of the API gets.
import { DEFAULT_PAYOUT_MULTIPLE, WINDOW_TICKS } from '@/lib/game/rules';
import { BUCKET_MS, bucketStart } from '@/lib/metrics/buckets';
import { toCalibrationCurves, toForecasts } from '@/lib/metrics/calibration-figures';
import { toGamesFigures, toServiceFigures } from '@/lib/metrics/games-figures';
import { toHazardFigures } from '@/lib/metrics/hazard-figures';
import { emptyMetrics, mergeMetrics, type MetricsRow } from '@/lib/metrics/metrics-row';
import { PATTERN_COLUMNS, toPatterns } from '@/lib/metrics/pattern-figures';
import { toPredictionFigures } from '@/lib/metrics/prediction-figures';
import { toSideBetFigures } from '@/lib/metrics/side-bet-figures';
import { toStrategyFigures } from '@/lib/metrics/strategy-figures';
import { mergeStrategies, type StrategyRow } from '@/lib/metrics/strategy-row';
import { toTrendPoint, TREND_COLUMNS } from '@/lib/metrics/trend-point';
import type {
  AnalyticsRange,
  CalibrationAnswer,
  MetricType,
  PatternsAnswer,
  PerformanceAnswer,
  TrendsAnswer,
} from '@/lib/protocol/analytics';
import { strategyById } from '@/lib/strategy/registry';
import type { SourceRange } from '@/server/history/analytics-parameters';
import { createMetricsRepository } from '@/server/history/metrics-repository';
import { createRangeReader, type KnownRange } from '@/server/history/range-reader';
import { isoOf, queryReader, type Query } from '@/server/rollups/query';
import { shareAnswers } from '@/server/history/share-answers';
import type { BucketStrategy } from '@/server/rollups/strategy-tables';
import type { Reader } from '@/server/store/reader';

export type AnalyticsHistory = {
  readPerformance(range: SourceRange & { readonly metricType: MetricType }): Promise<PerformanceAnswer>;
  readTrends(
    range: SourceRange & { readonly from: number; readonly resolution: 'hour' | 'day' },
  ): Promise<TrendsAnswer>;
  readPatterns(range: SourceRange): Promise<PatternsAnswer>;
  readCalibration(range: SourceRange): Promise<CalibrationAnswer>;
};

/** The order of so many games tells a correlation of 4 % from none; more would only make the page wait. */
export const SEQUENCE_MAX = 5_000;

export function createAnalyticsHistory({ read }: Pick<Reader, 'read'>): AnalyticsHistory {
  const query = queryReader(read);
  const reader = createRangeReader({ query, metrics: createMetricsRepository(query) });

  const share = shareAnswers<PatternsAnswer>();

  async function readPatterns(asked: SourceRange): Promise<PatternsAnswer> {
    const range = await reader.begin(asked);
    const [hours, rugTicks, strategies, stale] = await Promise.all([
      reader.readSeries({ ...range, resolution: 'hour', columns: PATTERN_COLUMNS }),
      readSequence(query, range),
      reader.readStrategies(range),
      reader.countStale(range),
    ]);
    const row = mergeMetrics(
      hours.map(({ metrics }) => metrics),
      PATTERN_COLUMNS,
    );
    const merged = mergeStrategies(strategies.map(({ strategy }) => strategy));
    return {
      range: toRange({ range, row, strategies: merged, stale }),
      ...toPatterns({ hours, rugTicks, sequenceMax: SEQUENCE_MAX }),
    };
  }

  return {
    async readPerformance({ metricType, ...asked }) {
      const range = await reader.begin(asked);
      const [row, strategies, stale] = await Promise.all([
        reader.readMetrics(range),
        reader.readStrategies(range),
        reader.countStale(range),
      ]);
      const merged = mergeStrategies(strategies.map(({ strategy }) => strategy));
      return {
        range: toRange({ range, row, strategies: merged, stale }),
        metricType,
        games: toGamesFigures(row),
        predictions: metricType === 'sidebets' ? null : toPredictionFigures(row),
        sideBets: metricType === 'predictions' ? null : toSideBetFigures(row),
        strategies: metricType === 'sidebets' ? [] : toStrategyFigures(merged, { nameOf }),
        service: toServiceFigures(row),
      };
    },

    async readTrends({ resolution, ...asked }) {
      const range: KnownRange = asked;
      const [rows, strategies, stale] = await Promise.all([
        reader.readSeries({ ...range, resolution, columns: TREND_COLUMNS }),
        reader.readStrategies({ ...range, resolution }),
        reader.countStale(range),
      ]);
      const byBucket = new Map(rows.map(({ bucket, metrics }) => [bucket, metrics]));
      const row = mergeMetrics(byBucket.values(), TREND_COLUMNS);
      const merged = mergeStrategies(strategies.map(({ strategy }) => strategy));
      const bucketMs = BUCKET_MS[resolution];
      const count = Math.ceil((range.to - range.from) / bucketMs);
      const starts = Array.from({ length: count }, (_, i) => range.from + i * bucketMs);
      return {
        range: toRange({ range, row, strategies: merged, stale }),
        resolution,
        points: starts.map((from) => toTrendPoint(byBucket.get(from) ?? emptyMetrics(), { from, to: from + bucketMs })),
        strategies: toStrategyTrends(strategies),
      };
    },

    // What was known at a moment may be corrected; what is known now is asked for again in a minute.
    readPatterns: (asked) =>
      asked.at === null ? share(JSON.stringify(asked), () => readPatterns(asked)) : readPatterns(asked),

    async readCalibration(asked) {
      const range = await reader.begin(asked);
      const [row, strategies, stale] = await Promise.all([
        reader.readMetrics(range),
        reader.readStrategies(range),
        reader.countStale(range),
      ]);
      return {
        range: toRange({ range, row, strategies: mergeStrategies(strategies.map(({ strategy }) => strategy)), stale }),
        windowTicks: WINDOW_TICKS,
        breakEven: 1 / DEFAULT_PAYOUT_MULTIPLE,
        forecasts: toForecasts(row),
        curves: toCalibrationCurves(row),
        hazard: toHazardFigures(row),
      };
    },
  };
}

function toRange({
  range,
  row,
  strategies,
  stale,
}: {
  range: KnownRange;
  row: MetricsRow;
  strategies: readonly StrategyRow[];
  stale: number;
}): AnalyticsRange {
  const recommendations = strategies.reduce((sum, strategy) => sum + strategy.recommendations, 0);
  const live = strategies.reduce((sum, strategy) => sum + strategy.recommendationsLive, 0);
  return {
    from: range.from,
    to: range.to,
    source: range.source,
    at: range.at,
    games: row.games,
    predictions: {
      count: row.predictions,
      live: row.predictionsLive,
      replayed: row.predictions - row.predictionsLive,
    },
    recommendations: { count: recommendations, live, replayed: recommendations - live },
    staleMinutes: stale,
  };
}

function toStrategyTrends(rows: readonly BucketStrategy[]): TrendsAnswer['strategies'] {
  const ids = [...new Set(rows.map(({ strategy }) => strategy.strategyId))].sort();
  return ids.map((strategyId) => {
    const own = rows.filter(({ strategy }) => strategy.strategyId === strategyId && strategy.bets > 0);
    const starts = [...new Set(own.map(({ bucket }) => bucket))].sort((a, b) => a - b);
    return {
      strategyId,
      name: nameOf(strategyId),
      points: starts.map((from) => {
        const [merged] = mergeStrategies(own.filter(({ bucket }) => bucket === from).map(({ strategy }) => strategy));
        const { bets, stakedLamports, returnedLamports } = merged!;
        return {
          from,
          bets,
          stakedLamports: stakedLamports.toString(),
          netLamports: (returnedLamports - stakedLamports).toString(),
        };
      }),
    };
  });
}

function nameOf(strategyId: string): string {
  return strategyById(strategyId)?.name ?? strategyId;
}

/** Lengths of the newest games, in the order they ended. */
async function readSequence(query: Query, { from, to, source, at }: KnownRange): Promise<number[]> {
  const [row] = await query(
    `select coalesce(array_agg(rug_tick order by listed_at, game_id), '{}')::text as lengths from (
      select rug_tick, listed_at, game_id from games
      where source = $1::text and confirmed_at is not null
        and confirmed_at <= coalesce($4::text::timestamptz, 'infinity')
        and listed_at >= $2::text::timestamptz and listed_at < $3::text::timestamptz
      order by listed_at desc, game_id desc limit ${SEQUENCE_MAX}
    ) newest`,
    [source, isoOf(bucketStart(from, 'minute')), isoOf(to), at === null ? null : isoOf(at)],
  );
  return JSON.parse(`[${(row!.lengths as string).slice(1, -1)}]`) as number[];
}
