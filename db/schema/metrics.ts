// Rollups: the same figures by minute, five minutes, hour and day, each level built from the one below, so every column
// is a sum, an extreme or a histogram of counts. Ratios and medians are worked out when they are read. Only server/ and
// db/ import this file.
import { sql } from 'drizzle-orm';
import { bigint, check, doublePrecision, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, lamports } from '@/db/schema/columns';

const count = (name: string) => integer(name).notNull().default(0);
const sum = (name: string) => doublePrecision(name).notNull().default(0);
const counts = (name: string) =>
  integer(name)
    .array()
    .notNull()
    .default(sql`'{}'`);

/** A game counts in the minute of its end, with its bets and predictions. Histograms: edges in lib/metrics. */
const metricColumns = () => ({
  bucket: instant('bucket').notNull(),
  source: text('source').notNull(),
  games: count('games'),
  gamesVerified: count('games_verified'),
  gamesFailed: count('games_failed'),
  gamesComplete: count('games_complete'),
  /** Of games: lengths in ticks and peaks. */
  lengthSum: bigint('length_sum', { mode: 'number' }).notNull().default(0),
  lengthMax: integer('length_max'),
  lengthCounts: counts('length_counts'),
  peakSum: sum('peak_sum'),
  peakMax: doublePrecision('peak_max'),
  peakCounts: counts('peak_counts'),
  /** Of the crowd's side bets in SOL (practice money is no volume): settled ones. */
  sideBets: count('side_bets'),
  sideBetsWon: count('side_bets_won'),
  sideBetsPractice: count('side_bets_practice'),
  stakedLamports: lamports('staked_lamports')
    .notNull()
    .default(sql`0`),
  paidLamports: lamports('paid_lamports')
    .notNull()
    .default(sql`0`),
  /** Bets on one game stand or fall together: intervals need sums over games of squares and products, money in SOL. */
  sideBetGames: count('side_bet_games'),
  betSquares: sum('bet_squares'),
  betWonProducts: sum('bet_won_products'),
  wonSquares: sum('won_squares'),
  stakedSquares: sum('staked_squares'),
  stakedPaidProducts: sum('staked_paid_products'),
  paidSquares: sum('paid_squares'),
  trades: count('trades'),
  tradedLamports: lamports('traded_lamports')
    .notNull()
    .default(sql`0`),
  /** Of predictions whose outcome is known: made live, and all. */
  predictions: count('predictions'),
  predictionsLive: count('predictions_live'),
  windowsWon: count('windows_won'),
  probabilitySum: sum('probability_sum'),
  brierSum: sum('brier_sum'),
  logLossSum: sum('log_loss_sum'),
  /** rugTick − median: its absolute value as a histogram, its sums, and how often within 1, 2, 3 windows. */
  errorSum: bigint('error_sum', { mode: 'number' }).notNull().default(0),
  absoluteErrorSum: bigint('absolute_error_sum', { mode: 'number' }).notNull().default(0),
  absoluteErrorCounts: counts('absolute_error_counts'),
  signedErrorCounts: counts('signed_error_counts'),
  within1: count('within1'),
  within2: count('within2'),
  within3: count('within3'),
  covered50: count('covered50'),
  covered90: count('covered90'),
  /** Of predictions at ticks 0, 40, 80 …, whose windows do not overlap: by forecast, and by tick / 40. */
  forecastCounts: counts('forecast_counts'),
  forecastWonCounts: counts('forecast_won_counts'),
  forecastSums: doublePrecision('forecast_sums')
    .array()
    .notNull()
    .default(sql`'{}'`),
  gridCounts: counts('grid_counts'),
  gridWonCounts: counts('grid_won_counts'),
  gridBrierSum: sum('grid_brier_sum'),
  gridLogLossSum: sum('grid_log_loss_sum'),
  /** Of the service itself: minutes in which it ran, and what it counted. */
  serviceMinutes: count('service_minutes'),
  frames: count('frames'),
  deadLetters: count('dead_letters'),
  disconnects: count('disconnects'),
  errors: count('errors'),
  latencyCounts: counts('latency_counts'),
});

function metricsTable<const Name extends string>(name: Name) {
  return pgTable(name, metricColumns(), (table) => [
    primaryKey({ name: `${name}_pkey`, columns: [table.bucket, table.source] }),
    check(`${name}_source_check`, sql`${table.source} in ('live', 'simulator')`),
    check(
      `${name}_games_check`,
      sql`${table.games} >= 0 and ${table.gamesVerified} + ${table.gamesFailed} <= ${table.games}`,
    ),
    check(`${name}_won_check`, sql`${table.sideBetsWon} between 0 and ${table.sideBets}`),
    check(`${name}_predictions_check`, sql`${table.predictionsLive} between 0 and ${table.predictions}`),
  ]);
}

export const metricsMinute = metricsTable('metrics_minute');
export const metricsFiveMinutes = metricsTable('metrics_five_minutes');
export const metricsHourly = metricsTable('metrics_hourly');
export const metricsDaily = metricsTable('metrics_daily');

/** Minutes in which something changed since they were rolled up; the writer adds, the rollup job removes. */
export const staleMinutes = pgTable(
  'stale_minutes',
  {
    bucket: instant('bucket').notNull(),
    source: text('source').notNull(),
    /** Raised with every further change, so that one that comes during a rollup is not lost. */
    changes: integer('changes').notNull().default(1),
  },
  (table) => [primaryKey({ name: 'stale_minutes_pkey', columns: [table.bucket, table.source] })],
);

/** What the running process measured of itself, minute by minute: the raw rows of the rollups' last columns. */
export const serviceMinutes = pgTable(
  'service_minutes',
  {
    minute: instant('minute').notNull(),
    source: text('source').notNull(),
    frames: integer('frames').notNull(),
    ticks: integer('ticks').notNull(),
    deadLetters: integer('dead_letters').notNull(),
    disconnects: integer('disconnects').notNull(),
    errors: integer('errors').notNull(),
    /** Frame received to assessment broadcast: histogram, edges in lib/metrics. */
    latencyCounts: integer('latency_counts').array().notNull(),
    /** Our clock minus the feed's, where frames tell it: median of the minute. */
    clockSkewMs: doublePrecision('clock_skew_ms'),
  },
  (table) => [
    primaryKey({ name: 'service_minutes_pkey', columns: [table.minute, table.source] }),
    check('service_minutes_frames_check', sql`${table.frames} >= 0 and ${table.ticks} >= 0`),
  ],
);

export const qualityReports = pgTable(
  'quality_reports',
  {
    reportId: bigint('report_id', { mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
    at: instant('at').notNull(),
    /** 0 … 100. */
    score: doublePrecision('score').notNull(),
    /** [{check, status, value, limit, detail}]. */
    checks: text('checks').notNull(),
  },
  (table) => [
    check('quality_reports_score_check', sql`${table.score} between 0 and 100`),
    index('quality_reports_at_index').on(table.at),
  ],
);

/** One row per thing that can be wrong; its history is in the event log. */
export const alerts = pgTable(
  'alerts',
  {
    alertId: text('alert_id').primaryKey(),
    severity: text('severity').notNull(),
    state: text('state').notNull(),
    title: text('title').notNull(),
    detail: text('detail').notNull(),
    since: instant('since').notNull(),
    updatedAt: instant('updated_at').notNull(),
    resolvedAt: instant('resolved_at'),
    /** When the webhook took the newest change of state; null while it has not. */
    notifiedAt: instant('notified_at'),
  },
  (table) => [
    check('alerts_severity_check', sql`${table.severity} in ('warning', 'critical')`),
    check('alerts_state_check', sql`${table.state} in ('raised', 'resolved')`),
    check('alerts_resolved_check', sql`(${table.state} = 'resolved') = (${table.resolvedAt} is not null)`),
  ],
);
