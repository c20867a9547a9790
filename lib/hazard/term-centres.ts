// Keeps each covariate term from moving the hazard's average: a term says at which ticks the hazard is higher and at which
// lower, while its level belongs to the base it is added to. Without this, two terms would both claim the level.
import { FEATURE_GROUPS } from '@/lib/hazard/feature-table';

export type TermCentres = {
  /** ln of the mean of e^shift per group: what to subtract so that the mean becomes 1. */
  readonly centres: Float64Array;
  /** One tick's shifts, at the weights of its game. */
  add(shifts: Float64Array): void;
  /** Ends a game. */
  commit(): void;
  serialize(): { weight: number; sums: number[] };
  restore(saved: { weight: number; sums: number[] }): void;
};

/** Weights drift, so old ticks fade: about a tenth of a day of games. */
const HALF_LIFE_GAMES = 150;
/** Ticks' worth of belief that the mean is 1, so that the first games cannot throw it about. */
const PRIOR_TICKS = 2_000;

export function createTermCentres(): TermCentres {
  const keep = 0.5 ** (1 / HALF_LIFE_GAMES);
  const centres = new Float64Array(FEATURE_GROUPS.length);
  const sums = new Float64Array(FEATURE_GROUPS.length).fill(PRIOR_TICKS);
  let weight = PRIOR_TICKS;
  const refresh = () => {
    for (let g = 0; g < sums.length; g++) centres[g] = Math.log(sums[g]! / weight);
  };
  return {
    centres,
    add(shifts) {
      weight++;
      for (let g = 0; g < sums.length; g++) sums[g]! += shifts[g] === 0 ? 1 : Math.exp(shifts[g]!);
    },
    commit() {
      weight *= keep;
      for (let g = 0; g < sums.length; g++) sums[g]! *= keep;
      refresh();
    },
    serialize: () => ({ weight, sums: [...sums] }),
    restore(saved) {
      weight = saved.weight;
      sums.set(saved.sums);
      refresh();
    },
  };
}
