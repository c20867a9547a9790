// What the order of games says: whether short games come in clusters, and whether a game's length tells of the next ones.
// Pure; called by pattern-figures with the lengths of games in the order they ended.
import { PUBLISHED_HAZARD } from '@/lib/game/rules';
import { normalCdf } from '@/lib/math/normal';
import { toResult, type TestResult } from '@/lib/metrics/chi-square';
import { Z_95 } from '@/lib/metrics/shares';
import type { EstimateView } from '@/lib/protocol/analytics';

export type RunsFigures = {
  readonly games: number;
  readonly runs: number;
  readonly runsExpected: EstimateView;
  readonly longestRun: number;
  readonly longestRunChance: number;
  /** Two-sided; null with too few games of either kind for the normal distribution to be a guide. */
  readonly test: TestResult | null;
};

const KIND_MIN = 10;

/**
 * Unbroken runs of marked games. In random order their number is hypergeometric: with n₁ marked of n, mean
 * n₁(n₂ + 1)/n and variance n₁(n₁ − 1)n₂(n₂ + 1) / (n²(n − 1)) (Wald & Wolfowitz 1940). Worked value: 1 1 0 1 → 2 runs,
 * expected 3 · 2 / 4 = 1.5. Null without any game.
 */
export function toRuns(marked: readonly boolean[], { chance }: { chance: number }): RunsFigures | null {
  const n = marked.length;
  if (n < 2) return null;
  const n1 = marked.filter(Boolean).length;
  const n2 = n - n1;
  const lengths = runLengths(marked);
  const mean = (n1 * (n2 + 1)) / n;
  const deviation = Math.sqrt((n1 * (n1 - 1) * n2 * (n2 + 1)) / (n * n * (n - 1)));
  const longestRun = Math.max(0, ...lengths);
  const z = (lengths.length - mean) / deviation;
  return {
    games: n,
    runs: lengths.length,
    runsExpected: {
      value: mean,
      lower: Math.max(0, mean - Z_95 * deviation),
      upper: Math.min(n1, mean + Z_95 * deviation),
    },
    longestRun,
    longestRunChance: chanceOfRun({ trials: n, length: longestRun, chance }),
    test:
      Math.min(n1, n2) < KIND_MIN ? null : { statistic: z, degreesOfFreedom: 0, pValue: 2 * normalCdf(-Math.abs(z)) },
  };
}

function runLengths(marked: readonly boolean[]): number[] {
  const lengths: number[] = [];
  marked.forEach((is, i) => {
    if (!is) return;
    if (i > 0 && marked[i - 1]) lengths[lengths.length - 1]!++;
    else lengths.push(1);
  });
  return lengths;
}

/**
 * P(at least one run of `length` hits in so many trials), exactly: the chance of none obeys
 * f(n) = f(n − 1) − (1 − p) p^L f(n − L − 1). Worked value: a run of 2 in 3 tosses of a coin: 3/8.
 */
export function chanceOfRun({ trials, length, chance }: { trials: number; length: number; chance: number }): number {
  if (length === 0) return 1;
  if (length > trials) return 0;
  const whole = chance ** length;
  const none = new Float64Array(trials + 1).fill(1);
  for (let n = length; n <= trials; n++) {
    none[n] = n === length ? 1 - whole : none[n - 1]! - (1 - chance) * whole * none[n - length - 1]!;
  }
  return Math.min(1, Math.max(0, 1 - none[trials]!));
}

export type Dependence = {
  readonly lags: readonly { readonly lag: number; readonly correlation: EstimateView }[];
  readonly test: TestResult | null;
};

const LAGS = 10;
/** The statistic's distribution is a limit: fewer games than this say nothing. */
const GAMES_MIN = 100;

/**
 * Correlations of games with those 1 to 10 earlier, and all of them together (Ljung & Box, Biometrika 65, 1978). Lengths
 * are first turned into P(a game is no longer, by the published rule), so that one endless game does not decide it.
 */
export function toDependence(rugTicks: readonly number[]): Dependence {
  const n = rugTicks.length;
  // Rounding would make something of the differences of games that are all alike.
  if (n < GAMES_MIN || rugTicks.every((rugTick) => rugTick === rugTicks[0])) return { lags: [], test: null };
  const values = rugTicks.map((rugTick) => -Math.expm1(rugTick * Math.log1p(-PUBLISHED_HAZARD)));
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const deviations = Float64Array.from(values, (value) => value - mean);
  const squares = deviations.reduce((sum, value) => sum + value * value, 0);
  const reach = Z_95 / Math.sqrt(n);
  const lags = Array.from({ length: LAGS }, (_, i) => {
    const lag = i + 1;
    let sum = 0;
    for (let at = lag; at < n; at++) sum += deviations[at]! * deviations[at - lag]!;
    const value = sum / squares;
    return { lag, correlation: { value, lower: value - reach, upper: value + reach } };
  });
  const statistic =
    lags.reduce((sum, { lag, correlation }) => sum + correlation.value ** 2 / (n - lag), 0) * n * (n + 2);
  return { lags, test: toResult(statistic, LAGS) };
}
