// The one interface of every hazard model, and the exact step from per-tick hazards to a window's win probability.
import { WINDOW_TICKS } from '@/lib/game/rules';

/** A number with its credible interval. `samples` is the number of games behind it; null when it is a published rule. */
export type Estimate = {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  /** Probability content of [lower, upper]. */
  readonly level: number;
  readonly samples: number | null;
};

/** What is known at a tick besides its number. The object may be reused from tick to tick: read it, never keep it. */
export type TickContext = {
  /** Raw values, one per feature of `FEATURES` from `offset` on; NaN where not known. */
  readonly features: Float64Array;
  /** Where the tick's row begins, so that a table can be read in place. */
  readonly offset: number;
};

export type HazardModel = {
  readonly id: string;
  readonly version: string;
  /** P(rug at `tick`, given alive before it); the context is the one of tick − 1. */
  hazardAt(tick: number, context?: TickContext): Estimate;
  /** P(rug within (tick, tick + 40], given alive at `tick`); the context is the one of `tick`. */
  windowProbability(tick: number, context?: TickContext): Estimate;
};

/** Every interval shown to a player has this content unless it says otherwise. */
export const INTERVAL_LEVEL = 0.95;

/**
 * P(rug in (s, s + n]) = 1 − Π (1 − h_i), i = s + 1 … s + n. Exact for any hazards; summed in logs so that small
 * hazards lose no digits. Worked value: forty ticks at 0.005 give 0.18168…
 */
export function windowProbability({
  tick,
  hazardAt,
  windowTicks = WINDOW_TICKS,
}: {
  tick: number;
  hazardAt: (tick: number) => number;
  windowTicks?: number;
}): number {
  let logSurvival = 0;
  for (let i = tick + 1; i <= tick + windowTicks; i++) logSurvival += Math.log1p(-hazardAt(i));
  return 0 - Math.expm1(logSurvival); // Not −expm1: that would be −0 for a window without hazard.
}
