// Rugs and exposure per tick bucket, with optional exponential forgetting: all that the empirical model remembers.
import { GAME_TICKS_MAX } from '@/lib/game/rules';
import { BUCKET_COUNT, BUCKET_STARTS, bucketOf } from '@/lib/hazard/tick-buckets';

export type GameCounts = {
  /** Sum of the games' weights: their number when nothing is forgotten. */
  readonly games: number;
  readonly rugs: Float64Array;
  /** Ticks at which a game was alive before the tick, by bucket. */
  readonly exposure: Float64Array;
};

export function createGameCounts(halfLifeGames: number): {
  readonly counts: GameCounts;
  add(rugTick: number): void;
  restore(saved: { games: number; rugs: readonly number[]; exposure: readonly number[] }): void;
} {
  const counts = { games: 0, rugs: new Float64Array(BUCKET_COUNT), exposure: new Float64Array(BUCKET_COUNT) };
  const keep = Number.isFinite(halfLifeGames) ? 0.5 ** (1 / halfLifeGames) : 1;
  return {
    counts,
    add(rugTick) {
      counts.games = counts.games * keep + 1;
      for (let b = 0; b < BUCKET_COUNT; b++) {
        counts.rugs[b]! *= keep;
        counts.exposure[b]! *= keep;
      }
      addExposure(counts.exposure, rugTick);
      if (!wasCutOff(rugTick)) counts.rugs[bucketOf(rugTick)]! += 1;
    },
    restore(saved) {
      counts.games = saved.games;
      counts.rugs.set(saved.rugs);
      counts.exposure.set(saved.exposure);
    },
  };
}

/** The generator stops a game at the last tick without a draw: that end says nothing about the hazard there. */
export function wasCutOff(rugTick: number): boolean {
  return rugTick >= GAME_TICKS_MAX;
}

function addExposure(exposure: Float64Array, rugTick: number): void {
  const lastTrial = wasCutOff(rugTick) ? rugTick - 1 : rugTick;
  const last = bucketOf(lastTrial);
  for (let b = 0; b < last; b++) exposure[b]! += BUCKET_STARTS[b + 1]! - BUCKET_STARTS[b]!;
  exposure[last]! += lastTrial - BUCKET_STARTS[last]! + 1;
}
