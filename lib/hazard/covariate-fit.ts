// The fitted part of the covariate model: standardization, weights and centres, learnt game by game. Turns a row of raw
// features into log-odds; the model around it (covariate.ts) turns those into hazards and intervals.
import { createCovariateWeights } from '@/lib/hazard/covariate-weights';
import { FEATURE_COUNT, FEATURE_GROUPS, GROUP_BY_FEATURE } from '@/lib/hazard/feature-table';
import { wasCutOff } from '@/lib/hazard/game-counts';
import type { ObservedGame } from '@/lib/hazard/learning-model';
import { clampShift, PUBLISHED_LOG_ODDS, sigmoid } from '@/lib/hazard/log-odds';
import { createStandardizer } from '@/lib/hazard/standardizer';
import { createTermCentres } from '@/lib/hazard/term-centres';

type Standardizer = ReturnType<typeof createStandardizer>;
type Weights = ReturnType<typeof createCovariateWeights>;
type Centres = ReturnType<typeof createTermCentres>;

export type CovariateFitState = {
  readonly standardizer: ReturnType<Standardizer['serialize']>;
  readonly weights: ReturnType<Weights['serialize']>;
  readonly centres: ReturnType<Centres['serialize']>;
};

export type CovariateFit = {
  /** Log-odds of the next tick, intercept and all terms; a row that is not known counts as every feature's mean. */
  logOdds(raw: Float64Array | null, offset: number): number;
  /** Its standard deviation, for the row last given to `logOdds`. */
  lastDeviation(): number;
  /** Log-odds of a tick of which nothing is known. */
  meanLogOdds(): number;
  groupShifts(raw: Float64Array, offset: number, out: Float64Array): void;
  shiftDeviation(raw: Float64Array, offset: number, included: number): number;
  weights(): { readonly intercept: number; readonly features: readonly number[] };
  learn(game: ObservedGame): void;
  serialize(): CovariateFitState;
};

const INPUTS = FEATURE_COUNT + 1;
const INTERCEPT = FEATURE_COUNT;
const UNKNOWN = new Float64Array(FEATURE_COUNT).fill(NaN);

/** Throws a RangeError on a state of another size: weights would land on features they were not fitted to. */
export function createCovariateFit(
  options: { penalty: number; halfLifeGames: number },
  saved?: CovariateFitState,
): CovariateFit {
  const standardizer = createStandardizer();
  const weights = createCovariateWeights({ size: INPUTS, ...options });
  const centres = createTermCentres();
  const inputs = new Float64Array(INPUTS);
  const spread = new Float64Array(INPUTS);
  if (saved) {
    if (saved.weights.means.length !== INPUTS) throw new RangeError('the saved weights are for other features');
    standardizer.restore(saved.standardizer);
    weights.restore(saved.weights);
    centres.restore(saved.centres);
  }
  const logOdds = (raw: Float64Array | null, offset: number) => {
    standardizer.apply(raw ?? UNKNOWN, raw ? offset : 0, inputs);
    inputs[INTERCEPT] = 1;
    return PUBLISHED_LOG_ODDS + clampShift(dot(weights.means, inputs));
  };
  return {
    logOdds,
    lastDeviation() {
      spread.set(inputs);
      return Math.sqrt(weights.variance(spread));
    },
    meanLogOdds: () => PUBLISHED_LOG_ODDS + clampShift(weights.means[INTERCEPT]!),
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
    learn: (game) => learn({ game, logOdds, inputs, weights, centres, standardizer }),
    serialize: () => ({
      standardizer: standardizer.serialize(),
      weights: weights.serialize(),
      centres: centres.serialize(),
    }),
  };
}

const shifts = new Float64Array(FEATURE_GROUPS.length); // Scratch space, filled anew at each tick.

/** Everything is evaluated as it stood before the game; weights, centres and standardization move after its last tick. */
function learn({
  game: { rugTick, features },
  logOdds,
  inputs,
  weights,
  centres,
  standardizer,
}: {
  game: ObservedGame;
  logOdds: CovariateFit['logOdds'];
  inputs: Float64Array;
  weights: Weights;
  centres: Centres;
  standardizer: Standardizer;
}): void {
  const cutOff = wasCutOff(rugTick);
  const trials = cutOff ? rugTick - 1 : rugTick; // Row s is the trial of tick s + 1.
  weights.begin();
  for (let s = 0; s < trials; s++) {
    const raw = features && s < features.rows ? features.values : null;
    const probability = sigmoid(logOdds(raw, s * FEATURE_COUNT));
    weights.add(inputs, probability, !cutOff && s === rugTick - 1);
    sumGroups(weights.means, inputs, shifts);
    centres.add(shifts);
  }
  weights.commit();
  centres.commit();
  if (features) standardizer.observe(features, Math.min(trials, features.rows));
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
