// Ways in which the game could differ from a baseline: one hazard on one range of ticks, the baseline elsewhere. Turns a
// finished game into the likelihood ratio of each way. Pure; the alarm and the place both run on it.
import { GAME_TICKS_MAX } from '@/lib/game/rules';

/** A hazard on [firstTick, endTick); a range without an end stops at `NO_END`. */
export type AffectedRange = {
  readonly firstTick: number;
  readonly endTick: number;
  readonly hazard: number;
  /** Prior weight; the weights of a family add to 1. */
  readonly weight: number;
};

export const NO_END = GAME_TICKS_MAX;

/** The ticks of a game at which a rug could have been seen: `first` … `last`, a rug at `last` or none. */
export type GameSpan = { readonly first: number; readonly last: number; readonly rugged: boolean };

export type RangeLikelihoods = {
  /** Writes each range's likelihood ratio of this game against the baseline into `factors`. */
  read(span: GameSpan, factors: Float64Array): void;
};

/** A tick of the range multiplies by (1 − h) / (1 − b) when survived and by h / b at the rug; other ticks by 1. */
export function createRangeLikelihoods(ranges: readonly AffectedRange[], baseline: number): RangeLikelihoods {
  const first = Int32Array.from(ranges, (range) => range.firstTick);
  const end = Int32Array.from(ranges, (range) => range.endTick);
  const logSurvived = Float64Array.from(ranges, (range) => Math.log1p(-range.hazard) - Math.log1p(-baseline));
  const logRugged = Float64Array.from(ranges, (range) => Math.log(range.hazard / baseline));
  const survivedAll = logSurvived.map((log, i) => Math.exp(log * (end[i]! - first[i]!)));
  return {
    read(span, factors) {
      for (let i = 0; i < factors.length; i++) {
        const from = Math.max(first[i]!, span.first);
        const to = Math.min(end[i]! - 1, span.last);
        if (to < from) {
          factors[i] = 1;
        } else if (span.rugged && to === span.last) {
          factors[i] = Math.exp(logSurvived[i]! * (to - from) + logRugged[i]!);
        } else if (from === first[i]! && to === end[i]! - 1) {
          factors[i] = survivedAll[i]!;
        } else {
          factors[i] = Math.exp(logSurvived[i]! * (to - from + 1));
        }
      }
    },
  };
}
