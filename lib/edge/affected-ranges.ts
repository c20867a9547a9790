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

/**
 * A tick of the range multiplies by (1 − h) / (1 − b) when survived and by h / b at the rug; other ticks by 1.
 * Ranges that begin alike and share a hazard differ only in where they end, so while the game stays inside them they
 * share one exponential: that is most of the cost.
 */
export function createRangeLikelihoods(ranges: readonly AffectedRange[], baseline: number): RangeLikelihoods {
  const keys = ranges.map(({ firstTick, hazard }) => `${firstTick} ${hazard}`);
  const distinct = [...new Set(keys)];
  const groups = distinct.map((key) => ranges[keys.indexOf(key)]!);
  const groupOf = Int32Array.from(keys, (key) => distinct.indexOf(key));
  const groupFirst = Int32Array.from(groups, (range) => range.firstTick);
  const logSurvived = Float64Array.from(groups, (range) => Math.log1p(-range.hazard) - Math.log1p(-baseline));
  const logRugged = Float64Array.from(groups, (range) => Math.log(range.hazard / baseline));
  const inside = new Float64Array(groups.length);
  const end = Int32Array.from(ranges, (range) => range.endTick);
  const groupEnd = new Int32Array(groups.length);
  groupOf.forEach((g, i) => (groupEnd[g] = Math.max(groupEnd[g]!, end[i]!)));
  const survivedTicks = (i: number, from: number) =>
    Math.exp(logSurvived[groupOf[i]!]! * Math.max(0, end[i]! - Math.max(groupFirst[groupOf[i]!]!, from)));
  const survivedAll = Float64Array.from(ranges, (_, i) => survivedTicks(i, 1));

  return {
    read(span, factors) {
      for (let g = 0; g < groups.length; g++) {
        if (groupEnd[g]! <= span.last) continue; // Nobody is inside any more.
        const ticks = span.last - Math.max(groupFirst[g]!, span.first) + 1;
        const log = span.rugged ? logSurvived[g]! * (ticks - 1) + logRugged[g]! : logSurvived[g]! * ticks;
        inside[g] = ticks > 0 ? Math.exp(log) : 1;
      }
      for (let i = 0; i < factors.length; i++) {
        if (end[i]! > span.last) factors[i] = inside[groupOf[i]!]!;
        else factors[i] = span.first === 1 ? survivedAll[i]! : survivedTicks(i, span.first);
      }
    },
  };
}
