// A hazard model that learns from finished games and may look at more than the tick. Every model the product compares
// has this shape. Values come without allocation, intervals on demand.
import type { FeatureTable } from '@/lib/hazard/feature-table';
import type { Estimate } from '@/lib/hazard/hazard-model';

/** What is known at a tick besides its number. The object may be reused from tick to tick: read it, never keep it. */
export type TickContext = {
  /** Raw values, one per feature of `FEATURES` from `offset` on; NaN where not known. */
  readonly features: Float64Array;
  /** Where the tick's row begins, so that a table can be read in place. */
  readonly offset: number;
};

/** A game after its end. Models see it only then. */
export type ObservedGame = {
  readonly rugTick: number;
  /** Row s is what was known at tick s; null when only the length is known. */
  readonly features: FeatureTable | null;
};

/** Plain data, safe to store as JSON; `createX(…, state)` restores it. */
export type ModelState = { readonly id: string; readonly version: string } & Readonly<Record<string, unknown>>;

/** Every LearningModel is a HazardModel; the assessment needs no more of it than that. */
export type LearningModel = {
  readonly id: string;
  readonly version: string;
  /** P(rug at `tick` | alive before it); the context is the one of tick − 1. */
  hazardAt(tick: number, context?: TickContext): Estimate;
  /** P(rug within (tick, tick + 40]); the context is the one of `tick`, held over the window. */
  windowProbability(tick: number, context?: TickContext): Estimate;
  /** The values of the two estimates above, without an allocation. */
  hazardValue(tick: number, context?: TickContext): number;
  windowValue(tick: number, context?: TickContext): number;
  /** −ln P(alive at `to` | alive at `from`), the context being the one of `from`, held over one window. */
  cumulativeHazard(from: number, to: number, context?: TickContext): number;
  observeGame(game: ObservedGame): void;
  serialize(): ModelState;
};
