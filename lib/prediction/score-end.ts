// How good a prediction of the end was, once the game has rugged, and the same over many predictions. Pure; the live
// record and the backtester use it.
import { GAME_TICKS_MAX, WINDOW_TICKS } from '@/lib/game/rules';
import { pinballLoss } from '@/lib/performance/pinball';
import type { EndPrediction } from '@/lib/prediction/predict-end';

export type EndScore = {
  /** rugTick − median: positive when the game lived longer than predicted. */
  readonly signedError: number;
  readonly absoluteError: number;
  /** Absolute error in windows: error / 40. */
  readonly e40: number;
  /** Whole windows between prediction and outcome. */
  readonly windowsOff: number;
  /** Mean pinball loss over the five predicted quantiles, in ticks. */
  readonly pinball: number;
  readonly hit50: boolean;
  readonly hit90: boolean;
};

export function scoreEnd(prediction: EndPrediction, rugTick: number): EndScore {
  const { median, lower50, upper50, lower90, upper90 } = prediction;
  const loss = (quantile: number, forecast: number) => pinballLoss({ quantile, forecast, outcome: rugTick });
  const signedError = rugTick - median;
  const absoluteError = Math.abs(signedError);
  return {
    signedError,
    absoluteError,
    e40: absoluteError / WINDOW_TICKS,
    windowsOff: Math.floor(absoluteError / WINDOW_TICKS),
    pinball:
      (loss(0.05, lower90) + loss(0.25, lower50) + loss(0.5, median) + loss(0.75, upper50) + loss(0.95, upper90)) / 5,
    hit50: lower50 <= rugTick && rugTick <= upper50,
    hit90: lower90 <= rugTick && rugTick <= upper90,
  };
}

export type EndScores = {
  readonly count: number;
  readonly medianE40: number;
  readonly meanAbsoluteError: number;
  readonly meanSignedError: number;
  /** Shares of predictions no more than one, two, three windows off (error ≤ 40, 80, 120 ticks). */
  readonly within1: number;
  readonly within2: number;
  readonly within3: number;
  readonly coverage50: number;
  readonly coverage90: number;
  readonly meanPinball: number;
};

/** Collects scores in constant memory: errors are whole ticks, so a count per tick is all there is to know. */
export function createEndScores(): { add(score: EndScore): void; scores(): EndScores } {
  const byError = new Uint32Array(GAME_TICKS_MAX + 1);
  let count = 0;
  let absolute = 0;
  let signed = 0;
  let pinball = 0;
  let hits50 = 0;
  let hits90 = 0;
  const within = (windows: number) => {
    let found = 0;
    for (let error = 0; error <= windows * WINDOW_TICKS; error++) found += byError[error]!;
    return found;
  };
  const medianError = () => {
    let seen = 0;
    for (let error = 0; error < byError.length; error++) {
      seen += byError[error]!;
      if (2 * seen >= count) return error;
    }
    return 0;
  };
  return {
    add(score) {
      count++;
      byError[Math.min(GAME_TICKS_MAX, score.absoluteError)]!++;
      absolute += score.absoluteError;
      signed += score.signedError;
      pinball += score.pinball;
      if (score.hit50) hits50++;
      if (score.hit90) hits90++;
    },
    scores() {
      const share = (part: number) => (count === 0 ? 0 : part / count);
      return {
        count,
        medianE40: count === 0 ? 0 : medianError() / WINDOW_TICKS,
        meanAbsoluteError: share(absolute),
        meanSignedError: share(signed),
        within1: share(within(1)),
        within2: share(within(2)),
        within3: share(within(3)),
        coverage50: share(hits50),
        coverage90: share(hits90),
        meanPinball: share(pinball),
      };
    },
  };
}
