// The covariate model: a discrete-time logistic hazard whose offset is the published log-odds, with an intercept and
// terms for timing, market and volatility. Its window probability holds the covariates at their current value over the
// 40 ticks. Learns after each finished game; evaluating a tick allocates nothing. Whether any of it may move what players
// see is not decided here but in headline.ts.
// Source: Singer & Willett, J. Educational Statistics 18 (1993) 155–195 (discrete-time hazards by logistic regression).
import { WINDOW_TICKS } from '@/lib/game/rules';
import { createCovariateFit, type CovariateFit, type CovariateFitState } from '@/lib/hazard/covariate-fit';
import { INTERVAL_LEVEL, type Estimate } from '@/lib/hazard/hazard-model';
import type { LearningModel, ModelState, TickContext } from '@/lib/hazard/learning-model';
import { sigmoid, softplus, windowAtLogOdds } from '@/lib/hazard/log-odds';
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
  weights(): ReturnType<CovariateFit['weights']>;
};

const VERSION = '1';
/** Prior deviation 0.1 of a weight: an effect of 10 % on the hazard per deviation, a large one for independent draws. */
const DEFAULT_PENALTY = 100;
const Z = normalQuantile(1 - (1 - INTERVAL_LEVEL) / 2);

type SavedCovariate = ModelState & { readonly games: number; readonly fit: CovariateFitState };

/** Throws a RangeError on a state of another model or version. */
export function createCovariateModel(
  { penalty = DEFAULT_PENALTY, halfLifeGames = Infinity }: { penalty?: number; halfLifeGames?: number } = {},
  saved?: ModelState,
): CovariateModel {
  const state = saved as SavedCovariate | undefined;
  if (state && (state.id !== 'covariate' || state.version !== VERSION || !state.fit)) {
    throw new RangeError(`not a state of covariate version ${VERSION}`);
  }
  const fit = createCovariateFit({ penalty, halfLifeGames }, state?.fit);
  let games = state?.games ?? 0;
  const logOdds = (context: TickContext | undefined) => fit.logOdds(context?.features ?? null, context?.offset ?? 0);
  const estimate = (context: TickContext | undefined, toProbability: (logOdds: number) => number): Estimate => {
    const centre = logOdds(context);
    const reach = Z * fit.lastDeviation();
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
    windowProbability: (_tick, context) => estimate(context, windowAtLogOdds),
    hazardValue: (_tick, context) => sigmoid(logOdds(context)),
    windowValue: (_tick, context) => windowAtLogOdds(logOdds(context)),
    cumulativeHazard(from, to, context) {
      const held = Math.min(to - from, WINDOW_TICKS);
      return held * softplus(logOdds(context)) + (to - from - held) * softplus(fit.meanLogOdds());
    },
    groupShifts: fit.groupShifts,
    shiftDeviation: fit.shiftDeviation,
    weights: fit.weights,
    observeGame(game) {
      games++;
      fit.learn(game);
    },
    serialize: () => ({ id: 'covariate', version: VERSION, games, fit: fit.serialize() }),
  };
}
