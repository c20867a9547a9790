// The covariate model: a discrete-time logistic hazard whose offset is the published log-odds, with an intercept and
// terms for timing, market and volatility. Its window probability holds the covariates at their current value over the
// 40 ticks. Learns after each finished game; evaluating a tick allocates nothing. Whether any of it may move what players
// see is not decided here but in headline.ts.
// Source: Singer & Willett, J. Educational Statistics 18 (1993) 155–195 (discrete-time hazards by logistic regression).
import { PUBLISHED_HAZARD, WINDOW_TICKS } from '@/lib/game/rules';
import { createCovariateWeights } from '@/lib/hazard/covariate-weights';
import { FEATURE_COUNT, FEATURE_GROUPS, GROUP_BY_FEATURE } from '@/lib/hazard/feature-table';
import { wasCutOff } from '@/lib/hazard/game-counts';
import { INTERVAL_LEVEL, type Estimate } from '@/lib/hazard/hazard-model';
import type { LearningModel, ModelState, ObservedGame, TickContext } from '@/lib/hazard/learning-model';
import { createStandardizer } from '@/lib/hazard/standardizer';
import { createTermCentres } from '@/lib/hazard/term-centres';
import { normalQuantile } from '@/lib/math/normal';

export type CovariateModel = LearningModel & {
  /**
   * Writes each group's log-odds at the row of `raw` that starts at `offset`: timing, market, volatility. Centred so that
   * on average over ticks a group multiplies the odds by 1: the level belongs to the base.
   */
  groupShifts(raw: Float64Array, offset: number, out: Float64Array): void;
  /** Standard deviation of the summed log-odds of the groups in `included` (a bit per group). */
  shiftDeviation(raw: Float64Array, offset: number, included: number): number;
  /** Weight per feature, in log-odds per standard deviation. */
  weights(): Readonly<Record<'intercept', number>> & { readonly features: readonly number[] };
};

const VERSION = '1';
/** Prior deviation 0.1 of a weight: an effect of 10 % on the hazard per deviation, a large one for independent draws. */
const DEFAULT_PENALTY = 100;
/** All terms together move the log-odds by at most this: hazards stay between 0.00025 and 0.09. */
const SHIFT_MAX = 3;
export const PUBLISHED_LOG_ODDS = Math.log(PUBLISHED_HAZARD / (1 - PUBLISHED_HAZARD));

const INPUTS = FEATURE_COUNT + 1;
const INTERCEPT = FEATURE_COUNT;
const Z = normalQuantile(1 - (1 - INTERVAL_LEVEL) / 2);

export function createCovariateModel(
  { penalty = DEFAULT_PENALTY, halfLifeGames = Infinity }: { penalty?: number; halfLifeGames?: number } = {},
  saved?: ModelState,
): CovariateModel {
  const standardizer = createStandardizer();
  const weights = createCovariateWeights({ size: INPUTS, penalty, halfLifeGames });
  const centres = createTermCentres();
  const shifts = new Float64Array(FEATURE_GROUPS.length);
  const inputs = new Float64Array(INPUTS);
  const spread = new Float64Array(INPUTS);
  let games = 0;
  if (saved) games = restore(saved, standardizer, weights, centres);

  const load = (raw: Float64Array, offset: number) => {
    standardizer.apply(raw, offset, inputs);
    inputs[INTERCEPT] = 1;
  };
  const unknown = new Float64Array(FEATURE_COUNT).fill(NaN);
  /** Log-odds at a context; without one every feature counts as its mean. */
  const logOdds = (context: TickContext | undefined) => {
    load(context?.features ?? unknown, context?.offset ?? 0);
    return PUBLISHED_LOG_ODDS + clampShift(dot(weights.means, inputs));
  };
  const estimate = (context: TickContext | undefined, toProbability: (logOdds: number) => number): Estimate => {
    const centre = logOdds(context);
    spread.set(inputs);
    const reach = Z * Math.sqrt(weights.variance(spread));
    return {
      value: toProbability(centre),
      lower: toProbability(centre - reach),
      upper: toProbability(centre + reach),
      level: INTERVAL_LEVEL,
      samples: games,
    };
  };
  return {
    id: 'covariate',
    version: VERSION,
    hazardAt: (_tick, context) => estimate(context, sigmoid),
    windowProbability: (_tick, context) => estimate(context, windowOf),
    hazardValue: (_tick, context) => sigmoid(logOdds(context)),
    windowValue: (_tick, context) => windowOf(logOdds(context)),
    cumulativeHazard(from, to, context) {
      const held = Math.min(to - from, WINDOW_TICKS);
      const later = to - from - held;
      const now = held * softplus(logOdds(context));
      return later > 0 ? now + later * softplus(PUBLISHED_LOG_ODDS + clampShift(weights.means[INTERCEPT]!)) : now;
    },
    groupShifts(raw, offset, out) {
      standardizer.apply(raw, offset, inputs);
      sumGroups(weights.means, inputs, out);
      for (let g = 0; g < out.length; g++) out[g]! -= centres.centres[g]!;
    },
    shiftDeviation(raw, offset, included) {
      standardizer.apply(raw, offset, inputs);
      for (let j = 0; j < FEATURE_COUNT; j++) spread[j] = included & (1 << GROUP_BY_FEATURE[j]!) ? inputs[j]! : 0;
      spread[INTERCEPT] = 0;
      return Math.sqrt(weights.variance(spread));
    },
    weights: () => ({ intercept: weights.means[INTERCEPT]!, features: [...weights.means.subarray(0, FEATURE_COUNT)] }),
    observeGame(game) {
      games++;
      learn(game);
    },
    serialize: () => ({
      id: 'covariate',
      version: VERSION,
      games,
      groups: [...FEATURE_GROUPS],
      standardizer: standardizer.serialize(),
      weights: weights.serialize(),
      centres: centres.serialize(),
    }),
  };

  function learn({ rugTick, features }: ObservedGame): void {
    const cutOff = wasCutOff(rugTick);
    const trials = cutOff ? rugTick - 1 : rugTick; // Row s is the trial of tick s + 1.
    weights.begin();
    for (let s = 0; s < trials; s++) {
      const row = features && s < features.rows ? features.values : unknown;
      load(row, row === unknown ? 0 : s * FEATURE_COUNT);
      const p = sigmoid(PUBLISHED_LOG_ODDS + clampShift(dot(weights.means, inputs)));
      weights.add(inputs, p, !cutOff && s === rugTick - 1);
      sumGroups(weights.means, inputs, shifts);
      centres.add(shifts);
    }
    weights.commit();
    centres.commit();
    if (features) standardizer.observe(features, Math.min(trials, features.rows));
  }
}

/** ln(1 + e^z): −ln(1 − hazard) at log-odds z. */
export function softplus(z: number): number {
  return Math.log1p(Math.exp(z));
}

export function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

function windowOf(logOdds: number): number {
  return -Math.expm1(-WINDOW_TICKS * softplus(logOdds));
}

export function clampShift(shift: number): number {
  return shift > SHIFT_MAX ? SHIFT_MAX : shift < -SHIFT_MAX ? -SHIFT_MAX : shift;
}

function sumGroups(weights: Float64Array, inputs: Float64Array, out: Float64Array): void {
  out.fill(0);
  for (let j = 0; j < FEATURE_COUNT; j++) out[GROUP_BY_FEATURE[j]!]! += weights[j]! * inputs[j]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < INPUTS; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Throws on a state of another shape: weights would land on features they were not fitted to. */
function restore(
  saved: ModelState,
  standardizer: ReturnType<typeof createStandardizer>,
  weights: ReturnType<typeof createCovariateWeights>,
  centres: ReturnType<typeof createTermCentres>,
): number {
  const state = saved as unknown as {
    games: number;
    standardizer: Parameters<typeof standardizer.restore>[0];
    weights: Parameters<typeof weights.restore>[0];
    centres: Parameters<typeof centres.restore>[0];
  };
  const fits = saved.id === 'covariate' && saved.version === VERSION && state.weights.means.length === INPUTS;
  if (!fits) throw new RangeError(`not a state of covariate version ${VERSION}`);
  standardizer.restore(state.standardizer);
  weights.restore(state.weights);
  centres.restore(state.centres);
  return state.games;
}
