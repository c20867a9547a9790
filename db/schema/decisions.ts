// What Fortytick said: predictions and recommendations, each with what became of it, and how every strategy would have
// done if followed. Only server/ and db/ import this file.
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  doublePrecision,
  integer,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';
import { gameIdText, instant, lamports } from '@/db/schema/columns';

/**
 * One prediction of a game: of the window that begins at its tick and of the game's end. Made at tick 0, every 40 ticks,
 * and with every recommendation. The outcome is filled in when the history has confirmed the game.
 */
export const predictions = pgTable(
  'predictions',
  {
    gameId: gameIdText('game_id').notNull(),
    tick: integer('tick').notNull(),
    madeAt: instant('made_at').notNull(),
    /** `live`: made while the game ran. `replay`: made afterwards, from recorded ticks alone, in their order. */
    origin: text('origin').notNull(),
    model: text('model').notNull(),
    winProbability: doublePrecision('win_probability').notNull(),
    lower: doublePrecision('lower').notNull(),
    upper: doublePrecision('upper').notNull(),
    payout: doublePrecision('payout').notNull(),
    zone: text('zone').notNull(),
    /** Quantiles of the end tick at 0.5, 0.25, 0.75, 0.05, 0.95, and P(end within 40 ticks of the median). */
    medianTick: integer('median_tick').notNull(),
    lower50: integer('lower50').notNull(),
    upper50: integer('upper50').notNull(),
    lower90: integer('lower90').notNull(),
    upper90: integer('upper90').notNull(),
    confidence: doublePrecision('confidence').notNull(),
    rugTick: integer('rug_tick'),
    /** Whether a bet at this tick would have won. */
    won: boolean('won'),
  },
  (table) => [
    primaryKey({ name: 'predictions_pkey', columns: [table.gameId, table.tick] }),
    check('predictions_tick_check', sql`${table.tick} >= 0`),
    check('predictions_origin_check', sql`${table.origin} in ('live', 'replay')`),
    check(
      'predictions_interval_check',
      sql`0 <= ${table.lower} and ${table.lower} <= ${table.winProbability}
        and ${table.winProbability} <= ${table.upper} and ${table.upper} <= 1`,
    ),
    check('predictions_payout_check', sql`${table.payout} > 1 and ${table.payout} < 'Infinity'`),
    check(
      'predictions_quantiles_check',
      sql`${table.tick} < ${table.lower90} and ${table.lower90} <= ${table.lower50}
        and ${table.lower50} <= ${table.medianTick} and ${table.medianTick} <= ${table.upper50}
        and ${table.upper50} <= ${table.upper90}`,
    ),
    check('predictions_confidence_check', sql`${table.confidence} between 0 and 1`),
    check(
      'predictions_outcome_check',
      sql`(${table.rugTick} is null) = (${table.won} is null)
        and ${table.won} = (${table.rugTick} > ${table.tick} and ${table.rugTick} <= ${table.tick} + 40)`,
    ),
  ],
);

/**
 * What each strategy advised the reference player at a tick at which its advice changed or a bet was due. `start_tick` is
 * where a bet taken at once would have begun. The prediction of the same game and tick is the one it came from.
 */
export const recommendations = pgTable(
  'recommendations',
  {
    gameId: gameIdText('game_id').notNull(),
    tick: integer('tick').notNull(),
    strategyId: text('strategy_id').notNull(),
    madeAt: instant('made_at').notNull(),
    origin: text('origin').notNull(),
    /** Place among the advice of its tick, 1 first; null for a strategy that the ranking left out. */
    priority: smallint('priority'),
    /** The verdict's word of the tick. */
    word: text('word').notNull(),
    action: text('action').notNull(),
    stakeLamports: lamports('stake_lamports').notNull(),
    payout: doublePrecision('payout').notNull(),
    expectedValue: doublePrecision('expected_value').notNull(),
    score: doublePrecision('score'),
    reasons: text('reasons').array().notNull(),
    /** The assessment it came from, as in ticks. */
    assessment: real('assessment').array().notNull(),
    model: text('model').notNull(),
    startTick: integer('start_tick').notNull(),
    /** For a bet: won, lost, or missed because the game ended first. For no bet: what a bet would have been. */
    outcome: text('outcome'),
    profitLamports: lamports('profit_lamports'),
  },
  (table) => [
    primaryKey({ name: 'recommendations_pkey', columns: [table.gameId, table.tick, table.strategyId] }),
    check('recommendations_tick_check', sql`${table.tick} >= 0`),
    check('recommendations_start_tick_check', sql`${table.startTick} >= ${table.tick}`),
    check('recommendations_origin_check', sql`${table.origin} in ('live', 'replay')`),
    check('recommendations_priority_check', sql`${table.priority} between 1 and 5`),
    check('recommendations_word_check', sql`${table.word} in ('Skip', 'Wait', 'Bet', 'Hedge', 'Stop')`),
    check('recommendations_action_check', sql`${table.action} in ('bet', 'wait', 'stop')`),
    check(
      'recommendations_stake_check',
      sql`(${table.action} = 'bet' and ${table.stakeLamports} > 0) or (${table.action} <> 'bet' and ${table.stakeLamports} = 0)`,
    ),
    check('recommendations_payout_check', sql`${table.payout} > 1 and ${table.payout} < 'Infinity'`),
    check('recommendations_assessment_check', sql`cardinality(${table.assessment}) = 19`),
    check('recommendations_outcome_check', sql`${table.outcome} in ('won', 'lost', 'missed')`),
    check('recommendations_profit_check', sql`(${table.outcome} is null) = (${table.profitLamports} is null)`),
  ],
);

/** What following each strategy would have brought, by the game's end. Bets that came too late count as missed only. */
const strategyColumns = () => ({
  source: text('source').notNull(),
  strategyId: text('strategy_id').notNull(),
  recommendations: integer('recommendations').notNull(),
  recommendationsLive: integer('recommendations_live').notNull().default(0),
  bets: integer('bets').notNull(),
  won: integer('won').notNull(),
  missed: integer('missed').notNull(),
  stakedLamports: lamports('staked_lamports').notNull(),
  returnedLamports: lamports('returned_lamports').notNull(),
  /** Sum over bets of stake × expected value, as it was said beforehand. */
  expectedProfitLamports: lamports('expected_profit_lamports').notNull(),
  /** What all bets would have returned if all had won, and the sum of the squares of that, in SOL: how far luck reaches. */
  payableLamports: lamports('payable_lamports')
    .notNull()
    .default(sql`0`),
  payableSquares: doublePrecision('payable_squares').notNull().default(0),
  /** Of the advice not to bet: how many windows a bet would have lost, and how many it would have won. */
  skipsRight: integer('skips_right').notNull(),
  skipsWrong: integer('skips_wrong').notNull(),
});

type StrategyTable = {
  readonly [column in keyof ReturnType<typeof strategyColumns>]: AnyPgColumn;
};

function strategyChecks(name: string, table: StrategyTable) {
  return [
    check(`${name}_source_check`, sql`${table.source} in ('live', 'simulator')`),
    check(`${name}_won_check`, sql`${table.won} between 0 and ${table.bets}`),
    check(
      `${name}_bets_check`,
      sql`${table.bets} >= 0 and ${table.missed} >= 0 and ${table.bets} + ${table.missed} <= ${table.recommendations}`,
    ),
    check(`${name}_live_check`, sql`${table.recommendationsLive} between 0 and ${table.recommendations}`),
    check(`${name}_staked_check`, sql`${table.stakedLamports} >= 0 and ${table.returnedLamports} >= 0`),
  ];
}

export const strategyHourly = pgTable(
  'strategy_hourly',
  { bucket: instant('bucket').notNull(), ...strategyColumns() },
  (table) => [
    primaryKey({ name: 'strategy_hourly_pkey', columns: [table.bucket, table.source, table.strategyId] }),
    ...strategyChecks('strategy_hourly', table),
  ],
);

/** By UTC day, from the hours. */
export const strategyPerformance = pgTable(
  'strategy_performance',
  { day: date('day', { mode: 'string' }).notNull(), ...strategyColumns() },
  (table) => [
    primaryKey({ name: 'strategy_performance_pkey', columns: [table.day, table.source, table.strategyId] }),
    ...strategyChecks('strategy_performance', table),
  ],
);
