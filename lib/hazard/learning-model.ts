// A hazard model that learns from finished games and may look at more than the tick. Every model the product compares
// has this shape. Values come without allocation, intervals on demand.
import type { FeatureTable } from '@/lib/hazard/feature-table';
import type { HazardModel, TickContext } from '@/lib/hazard/hazard-model';

export type { TickContext } from '@/lib/hazard/hazard-model';

/** A game after its end. Models see it only then. */
export type ObservedGame = {
  readonly rugTick: number;
  /** Row s is what was known at tick s; null when only the length is known. */
  readonly features: FeatureTable | null;
};

/** Plain data, safe to store as JSON; `createX(…, state)` restores it. */
export type ModelState = { readonly id: string; readonly version: string } & Readonly<Record<string, unknown>>;

export type LearningModel = HazardModel & {
  /** The values of the two estimates above, without an allocation. */
  hazardValue(tick: number, context?: TickContext): number;
  windowValue(tick: number, context?: TickContext): number;
  /** −ln P(alive at `to` | alive at `from`), the context being the one of `from`, held over one window. */
  cumulativeHazard(from: number, to: number, context?: TickContext): number;
  observeGame(game: ObservedGame): void;
  serialize(): ModelState;
};
