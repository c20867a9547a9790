// The rules of adaptation, one object each: when it applies, told with its numbers, and what it tightens. Every tightening
// only multiplies by at most 1, takes a smaller limit or raises a threshold. Pure; adapt runs them in this order.
import { betsNeededForShortfall, SHORTFALL_LEVEL, shortfallChance } from '@/lib/decision/adapt-significance';
import { ratioOf, timesRoundedDown } from '@/lib/risk/amounts';
import { checkAmount, checkCount, checkNumber, inputError, type InputError } from '@/lib/risk/input-error';
import type { Limits } from '@/lib/risk/profile';
import { formatPercent } from '@/lib/units/format';
import type { Tuning } from '@/lib/strategy/strategy';
import { LAMPORTS_MAX, lamports, type Lamports } from '@/lib/units/lamports';

export type Reins = { readonly limits: Limits; readonly tuning: Tuning };

/** A recent average against the usual one; `samples` counts what the recent average is made of. */
export type Trend = { readonly recent: number; readonly usual: number; readonly samples: number };

/** How it has gone lately, over a window the caller chooses; a null trend is not known and judged by no rule. */
export type Performance = {
  readonly bets: number;
  readonly wins: number;
  /** Sum of the win probabilities stated when the bets were placed. */
  readonly expectedWins: number;
  readonly stakedLamports: Lamports;
  /** Sum of the EVs stated when the bets were placed, in lamports. */
  readonly expectedProfitLamports: Lamports;
  /** Realised price volatility. */
  readonly volatility: Trend | null;
  /** Timing reliability, 0..1. */
  readonly reliability: Trend | null;
  /** Side-bet or trade volume per tick. */
  readonly liquidity: Trend | null;
};

export type AdaptationRule = {
  readonly id: string;
  /** Why it applies, in one sentence with the numbers, or null when it does not. */
  judge(performance: Performance): string | null;
  tighten(reins: Reins, performance: Performance): Reins;
};

export const WIN_RATE_SHORTFALL = 0.1;
export const EXPECTED_VALUE_MIN = -0.02;
/** Half as volatile again as usual. */
export const VOLATILITY_RISE = 1.5;
/** Fifteen points of reliability are a connection one would notice. */
export const RELIABILITY_FALL = 0.15;
/** Half of the usual volume. */
export const LIQUIDITY_FALL = 0.5;
/** One window of ticks: a trend over fewer is an accident. */
export const TREND_SAMPLES_MIN = 40;
/** No single rule takes away more than three quarters of a size. */
const SCALE_MIN = 0.25;

/** Results well under expectation say that the stated probabilities may be too high: ask for more edge, stake half. */
const winRate: AdaptationRule = {
  id: 'win-rate',
  judge({ bets, wins, expectedWins }) {
    if (bets === 0) return null;
    const expectedRate = expectedWins / bets;
    const rate = wins / bets;
    if (expectedRate - rate < WIN_RATE_SHORTFALL - SHARE_NOISE) return null;
    const chance = shortfallChance({ bets, wins, expectedRate });
    if (chance > SHORTFALL_LEVEL) return null;
    const needed = betsNeededForShortfall({ expectedRate, shortfall: WIN_RATE_SHORTFALL });
    return `${wins} of ${bets} bets won (${formatPercent(rate)}) where ${formatPercent(expectedRate)} was expected: luck explains that in ${formatPercent(chance)} of cases (any ten-point gap counts from ${needed} bets on).`;
  },
  tighten: ({ limits, tuning }) => ({
    limits,
    tuning: { stakeScale: tuning.stakeScale * 0.5, extraEdge: Math.min(1, tuning.extraEdge + 0.02) },
  }),
};

/** Ten points exactly must count, whatever the doubles say. */
const SHARE_NOISE = 1e-9;

/**
 * EV as stated at placement, which has no luck in it. Realised profit could not tell: one bet at payout 5 swings by 1.9
 * stakes, so −2 % would need some 25,000 bets to show.
 */
const expectedValue: AdaptationRule = {
  id: 'negative-ev',
  judge({ stakedLamports, expectedProfitLamports }) {
    if (stakedLamports === 0n) return null;
    const perUnit = ratioOf(expectedProfitLamports, stakedLamports);
    if (perUnit >= EXPECTED_VALUE_MIN) return null;
    return `Your bets had an expected value of ${formatPercent(perUnit)} of the stake, under ${formatPercent(EXPECTED_VALUE_MIN)}.`;
  },
  tighten: ({ limits, tuning }) => ({
    limits: {
      ...limits,
      perSessionLossLamports: halve(limits.perSessionLossLamports),
      perGameLossLamports: halve(limits.perGameLossLamports),
      coolingOffMs: longerPause(limits),
    },
    tuning,
  }),
};

const volatility: AdaptationRule = {
  id: 'volatility',
  judge({ volatility: trend }) {
    const ratio = trendRatio(trend);
    if (ratio === null || ratio < VOLATILITY_RISE) return null;
    return `Prices swing ${ratio.toFixed(1)} times as much as usual.`;
  },
  tighten: ({ limits, tuning }, { volatility: trend }) => ({
    limits: { ...limits, maxStakeFraction: limits.maxStakeFraction * scaleOf(1 / trendRatio(trend)!) },
    tuning,
  }),
};

const timing: AdaptationRule = {
  id: 'timing',
  judge({ reliability: trend }) {
    if (trendRatio(trend) === null || trend!.usual - trend!.recent < RELIABILITY_FALL - SHARE_NOISE) return null;
    return `Timing reliability fell from ${trend!.usual.toFixed(2)} to ${trend!.recent.toFixed(2)}.`;
  },
  tighten: ({ limits, tuning }, { reliability: trend }) => ({
    limits: { ...limits, minReliability: Math.max(limits.minReliability, trend!.usual - RELIABILITY_FALL) },
    tuning: { ...tuning, stakeScale: tuning.stakeScale * scaleOf(trendRatio(trend)!) },
  }),
};

const liquidity: AdaptationRule = {
  id: 'liquidity',
  judge({ liquidity: trend }) {
    const ratio = trendRatio(trend);
    if (ratio === null || ratio > LIQUIDITY_FALL) return null;
    return `Betting volume is at ${formatPercent(ratio, 0)} of its usual level.`;
  },
  tighten: ({ limits, tuning }, { liquidity: trend }) => ({
    limits: { ...limits, maxStakeFraction: limits.maxStakeFraction * scaleOf(trendRatio(trend)!) },
    tuning,
  }),
};

export const ADAPTATION_RULES: readonly AdaptationRule[] = [winRate, expectedValue, volatility, timing, liquidity];

/** Recent over usual; null while either is not known well enough. */
function trendRatio(trend: Trend | null): number | null {
  return trend && trend.samples >= TREND_SAMPLES_MIN && trend.usual > 0 ? trend.recent / trend.usual : null;
}

function scaleOf(ratio: number): number {
  return Math.min(1, Math.max(SCALE_MIN, ratio));
}

function halve(amount: Lamports): Lamports {
  return amount > 1n ? timesRoundedDown(amount, 0.5) : lamports(1n);
}

const PAUSE_MS_AT_LEAST = 60_000;
const PAUSE_MS_AT_MOST = 3_600_000;

/** Twice the pause, at least a minute, and at most an hour unless the player asked for longer. */
function longerPause({ coolingOffMs }: Limits): number {
  return Math.max(coolingOffMs, Math.min(PAUSE_MS_AT_MOST, Math.max(PAUSE_MS_AT_LEAST, coolingOffMs * 2)));
}

export function checkPerformance(performance: Performance): InputError | null {
  const { bets, wins } = performance;
  const amounts = { low: -LAMPORTS_MAX, high: LAMPORTS_MAX };
  return (
    checkCount('performance.bets', bets, { low: 0, high: BETS_MAX }) ??
    checkCount('performance.wins', wins, { low: 0, high: BETS_MAX }) ??
    (wins > bets ? inputError('contradiction', 'performance.wins', 'There are more wins than bets.') : null) ??
    checkNumber('performance.expectedWins', performance.expectedWins, { low: 0, high: bets }) ??
    checkAmount('performance.stakedLamports', performance.stakedLamports, { ...amounts, low: 0n }) ??
    checkAmount('performance.expectedProfitLamports', performance.expectedProfitLamports, amounts) ??
    checkTrend('performance.volatility', performance.volatility, Number.MAX_VALUE) ??
    checkTrend('performance.reliability', performance.reliability, 1) ??
    checkTrend('performance.liquidity', performance.liquidity, Number.MAX_VALUE)
  );
}

/** A player's lifetime of bets; keeps the exact binomial sum short. */
const BETS_MAX = 1_000_000;

function checkTrend(field: string, trend: Trend | null, high: number): InputError | null {
  if (trend === null) return null;
  return (
    checkNumber(`${field}.recent`, trend.recent, { low: 0, high }) ??
    checkNumber(`${field}.usual`, trend.usual, { low: 0, high }) ??
    checkCount(`${field}.samples`, trend.samples, { low: 0, high: Number.MAX_SAFE_INTEGER })
  );
}
