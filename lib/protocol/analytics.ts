// Answers of /api/analytics/{performance,trends,patterns,calibration}: one schema for the server that builds them, the
// tests that check them and the pages that draw them. Lamports are decimal strings of whole lamports, times ms since the
// epoch, shares and probabilities numbers in 0..1. A figure that no data supports is null, never zero and never NaN.
import { z } from 'zod';

export const METRIC_TYPES = ['all', 'predictions', 'sidebets'] as const;
export type MetricType = (typeof METRIC_TYPES)[number];
export const SOURCES = ['live', 'simulator'] as const;

const finite = z.number();
const count = z.int().min(0);
const instant = z.int().describe('Milliseconds since 1970-01-01 UTC.');
const probability = z.number().min(0).max(1);
const lamports = z
  .string()
  .regex(/^-?\d+$/)
  .describe('Whole lamports; 1 SOL = 1000000000.');

/** A share with its 95 % interval: `count` of `of`. */
export const shareSchema = z.object({
  value: probability,
  lower: probability,
  upper: probability,
  count,
  of: count,
});
export type ShareView = z.infer<typeof shareSchema>;

/** A figure with its 95 % interval. */
export const estimateSchema = z.object({ value: finite, lower: finite, upper: finite });
export type EstimateView = z.infer<typeof estimateSchema>;

const madeSchema = z.object({
  count,
  live: count.describe('Made while the game ran.'),
  replayed: count.describe('Worked out afterwards, from recorded ticks alone, in their order.'),
});

/** What every answer is about. */
export const analyticsRangeSchema = z.object({
  from: instant.describe('First moment that counts; games count in the minute of their end.'),
  to: instant.describe('First moment that does not count any more.'),
  source: z.enum(SOURCES).describe('live: the real game. simulator: games that never were. Never mixed.'),
  at: instant.nullable().describe('The moment asked for: only what was confirmed by then counts. Null is now.'),
  games: count,
  predictions: madeSchema.describe('Predictions whose outcome is known.'),
  recommendations: madeSchema.describe('Recommendations whose outcome is known.'),
  staleMinutes: count.describe('Minutes of the range with changes that are not counted yet.'),
});
export type AnalyticsRange = z.infer<typeof analyticsRangeSchema>;

const spreadSchema = z.object({
  mean: finite,
  median: finite.describe('From a histogram: exact to within the bin it falls in.'),
  p5: finite,
  p95: finite,
  max: finite,
});

/** Bins of a histogram in ascending order; `to` is null for a bin without an end, `from` for one without a start. */
export const histogramSchema = z.array(
  z.object({ from: finite.nullable(), to: finite.nullable(), count, share: probability }),
);
export type HistogramView = z.infer<typeof histogramSchema>;

export const gamesFiguresSchema = z.object({
  games: count,
  verified: count,
  failed: count,
  unverifiable: count,
  complete: count.describe('Games of which every tick is on record.'),
  verifiedShare: shareSchema.nullable().describe('Of the games that could be verified.'),
  length: spreadSchema.nullable().describe('Ticks.'),
  lengthHistogram: histogramSchema,
  peak: spreadSchema.nullable().describe('Multiples of the starting price.'),
  peakHistogram: histogramSchema,
});

/** The 40-tick windows of predictions and the game's end they named. */
export const predictionFiguresSchema = z.object({
  count,
  live: count,
  replayed: count,
  games: count.describe('Games predicted from their start.'),
  window: z.object({
    won: shareSchema.describe('Windows in which the game ended.'),
    meanForecast: probability,
    brier: finite,
    logLoss: finite,
  }),
  end: z.object({
    medianE40: finite.describe('Median absolute error of the predicted end, in windows of 40 ticks.'),
    medianE40Resolution: finite.describe('Width of the histogram bin the median falls in, in windows.'),
    meanAbsoluteErrorTicks: finite,
    within1: shareSchema.describe('Error of at most 1 window. Intervals count a game once, however many predictions.'),
    within2: shareSchema,
    within3: shareSchema,
    coverage50: shareSchema.describe('Ends inside the predicted 50 % interval.'),
    coverage90: shareSchema,
  }),
  bias: z.object({
    meanTicks: finite.describe('rugTick - predicted median: positive when games lived longer than predicted.'),
    medianTicks: finite,
    meanE40: finite.describe('The mean in windows of 40 ticks.'),
    medianE40: finite,
    late: shareSchema.describe('Games that ended before the predicted median: the prediction was late.'),
    histogram: histogramSchema.describe('Signed errors in ticks.'),
  }),
});
export type PredictionFigures = z.infer<typeof predictionFiguresSchema>;

export const sideBetFiguresSchema = z.object({
  bets: count.describe('Settled bets of the crowd in SOL.'),
  practiceBets: count.describe('Bets in practice money; they count nowhere else.'),
  games: count.describe('Games with at least one such bet.'),
  won: count,
  winRate: shareSchema.nullable().describe('The interval counts bets on one game as dependent.'),
  publishedWinProbability: probability.describe('What the published rule gives: 1 - 0.995^40.'),
  breakEven: probability,
  stakedLamports: lamports,
  paidLamports: lamports,
  netLamports: lamports.describe("Paid - staked: the crowd's, negative for a loss."),
  returnOnStakes: estimateSchema
    .nullable()
    .describe('Net / staked; the interval counts bets on one game as dependent.'),
  publishedReturn: finite.describe('What the published rule gives at odds of 5: -0.0916.'),
  trades: count,
  tradedLamports: lamports,
});
export type SideBetFigures = z.infer<typeof sideBetFiguresSchema>;

export const strategyFiguresSchema = z.object({
  strategyId: z.string(),
  name: z.string(),
  recommendations: count,
  live: count,
  replayed: count,
  bets: count.describe('Bets it advised that would have been taken, as if followed by the reference player.'),
  won: count,
  missed: count.describe('Bets it advised that came too late: the game had ended.'),
  winRate: shareSchema.nullable(),
  stakedLamports: lamports,
  returnedLamports: lamports,
  netLamports: lamports,
  roi: estimateSchema.nullable().describe('Net / staked, with what luck alone leaves open. Null without bets.'),
  expectedRoi: finite.nullable().describe('What was said beforehand: sum of stake x expected value over staked.'),
  luck: estimateSchema
    .nullable()
    .describe('What the same stakes bring under the published rule: average, and where luck leaves 95 of 100.'),
  beyondLuck: z
    .enum(['better', 'worse'])
    .nullable()
    .describe('Outside what luck explains, all strategies looked at together; null: inside.'),
  skips: z.object({
    right: count.describe('Advice not to bet where a bet would have lost.'),
    wrong: count.describe('Advice not to bet where a bet would have won.'),
  }),
});
export type StrategyFigures = z.infer<typeof strategyFiguresSchema>;

export const serviceFiguresSchema = z.object({
  minutes: count.describe('Minutes in which the service ran.'),
  frames: count,
  deadLetters: count,
  disconnects: count,
  errors: count,
  latencyMs: z
    .object({
      samples: count,
      median: finite,
      p95: finite,
      p99: finite,
      underPromise: shareSchema.describe('Under 5 ms.'),
    })
    .nullable()
    .describe('Frame received to assessment sent; exact to within the bin of its histogram.'),
});
export type ServiceFigures = z.infer<typeof serviceFiguresSchema>;

/** Answer of `GET /api/analytics/performance?hours=&metric_type=`. Parts that were not asked for are null. */
export const performanceSchema = z.object({
  range: analyticsRangeSchema,
  metricType: z.enum(METRIC_TYPES),
  games: gamesFiguresSchema,
  predictions: predictionFiguresSchema
    .nullable()
    .describe('Null when there are none, or only side bets were asked for.'),
  sideBets: sideBetFiguresSchema.nullable().describe('Null when only predictions were asked for.'),
  strategies: z.array(strategyFiguresSchema).describe('Empty when only side bets were asked for.'),
  service: serviceFiguresSchema,
});
export type PerformanceAnswer = z.infer<typeof performanceSchema>;

export const trendPointSchema = z.object({
  from: instant,
  to: instant,
  games: count,
  meanLength: finite.nullable(),
  medianLength: finite.nullable(),
  medianPeak: finite.nullable(),
  verifiedShare: probability.nullable(),
  predictions: count,
  medianE40: finite.nullable(),
  meanErrorTicks: finite.nullable(),
  meanAbsoluteErrorTicks: finite.nullable(),
  within1: probability.nullable(),
  coverage50: probability.nullable(),
  coverage90: probability.nullable(),
  brier: finite.nullable(),
  logLoss: finite.nullable(),
  sideBets: count,
  sideBetWinRate: shareSchema.nullable(),
  stakedLamports: lamports,
  paidLamports: lamports,
  frames: count,
  disconnects: count,
  errors: count,
  latencyP99Ms: finite.nullable(),
});
export type TrendPoint = z.infer<typeof trendPointSchema>;

/** Answer of `GET /api/analytics/trends?days=`: hours up to a week, UTC days beyond; empty ones are points with 0 games. */
export const trendsSchema = z.object({
  range: analyticsRangeSchema,
  resolution: z.enum(['hour', 'day']),
  points: z.array(trendPointSchema),
  strategies: z
    .array(
      z.object({
        strategyId: z.string(),
        name: z.string(),
        points: z
          .array(z.object({ from: instant, bets: count, stakedLamports: lamports, netLamports: lamports }))
          .describe('Only where it bet.'),
      }),
    )
    .describe('As if followed, each at the same resolution.'),
});
export type TrendsAnswer = z.infer<typeof trendsSchema>;

export const patternTestSchema = z.object({
  id: z.enum([
    'length-by-hour',
    'length-by-weekday',
    'peak-by-hour',
    'peak-by-weekday',
    'length-distribution',
    'short-game-clusters',
    'neighbour-dependence',
  ]),
  title: z.string(),
  games: count,
  statistic: finite.nullable(),
  degreesOfFreedom: count.nullable(),
  pValue: probability.nullable().describe('Null: too few games to tell.'),
  adjustedPValue: probability.nullable().describe('For all tests looked at together (Holm).'),
  found: z.boolean(),
  words: z.string().describe('The result in plain words.'),
});
export type PatternTest = z.infer<typeof patternTestSchema>;

const slotFigures = {
  games: count,
  meanLength: estimateSchema.nullable().describe('Ticks.'),
  medianPeak: finite.nullable(),
  shortShare: shareSchema.nullable(),
};

/** Answer of `GET /api/analytics/patterns`. Hours and weekdays are UTC. */
export const patternsSchema = z.object({
  range: analyticsRangeSchema,
  verdict: z.object({
    found: z.boolean(),
    words: z.string().describe('"No evidence of a pattern: …", or what was found.'),
    familyLevel: probability.describe('Chance of at least one false alarm over all tests together.'),
  }),
  tests: z.array(patternTestSchema),
  hours: z.array(z.object({ hour: z.int().min(0).max(23), ...slotFigures })).length(24),
  weekdays: z.array(z.object({ weekday: z.int().min(1).max(7).describe('1 is Monday.'), ...slotFigures })).length(7),
  shortGames: z.object({
    belowTicks: count,
    share: shareSchema.nullable(),
    expectedShare: probability.describe('Under the published rule.'),
    sequence: z
      .object({
        games: count,
        runs: count.describe('Unbroken runs of short games.'),
        runsExpected: estimateSchema.describe('In random order, with the range of 95 of 100 orders.'),
        longestRun: count,
        longestRunChance: probability.describe('Of a run at least that long in as many games, by chance.'),
      })
      .nullable(),
  }),
  dependence: z.object({
    games: count.describe('The newest games of the range, in order.'),
    gamesMax: count,
    lags: z.array(z.object({ lag: count, correlation: estimateSchema })),
  }),
});
export type PatternsAnswer = z.infer<typeof patternsSchema>;

export const calibrationCurveSchema = z.object({
  id: z.enum(['headline', 'documented-curve', 'published']),
  name: z.string(),
  count,
  brier: finite,
  logLoss: finite,
  ece: finite.describe('Mean distance of forecast and outcome over the bins, weighted by forecasts.'),
  meanForecast: probability,
  bins: z.array(
    z.object({
      from: probability,
      to: probability,
      meanForecast: probability,
      observed: shareSchema.describe('Wilson interval.'),
      holds: z.boolean().describe('The mean forecast lies inside the interval.'),
    }),
  ),
});
export type CalibrationCurve = z.infer<typeof calibrationCurveSchema>;

export const hazardBucketSchema = z.object({
  from: count.describe('First tick of the bucket.'),
  to: count.nullable().describe('First tick after it.'),
  atRisk: count.describe('Games alive when it began.'),
  rugs: count,
  hazard: estimateSchema.nullable().describe('Per tick; Wilson interval of the share that rugged, taken per tick.'),
  holds: z.boolean().nullable().describe('The published hazard lies inside the interval.'),
});
export type HazardBucket = z.infer<typeof hazardBucketSchema>;

/** Answer of `GET /api/analytics/calibration?hours=`. */
export const calibrationSchema = z.object({
  range: analyticsRangeSchema,
  windowTicks: count,
  breakEven: probability,
  forecasts: z
    .object({ count, won: shareSchema.nullable() })
    .describe('Predictions at ticks 0, 40, 80 …: windows that do not overlap, so that their outcomes can be counted.'),
  curves: z
    .array(calibrationCurveSchema)
    .describe('Headline first, then baselines at the same ticks. Empty without any.'),
  hazard: z.object({
    published: probability,
    breakEven: probability.describe('The constant hazard at which a bet breaks even.'),
    overall: estimateSchema.nullable(),
    buckets: z.array(hazardBucketSchema),
    outside: count.describe('Buckets whose interval leaves the published hazard out.'),
    outsideExpected: finite.describe('How many chance alone puts there on average.'),
    test: z
      .object({ statistic: finite, degreesOfFreedom: count, pValue: probability, words: z.string() })
      .nullable()
      .describe('All buckets together against the published hazard; null with too few games.'),
  }),
});
export type CalibrationAnswer = z.infer<typeof calibrationSchema>;
