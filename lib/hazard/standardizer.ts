// Running mean and deviation of each feature over the ticks of finished games, so that weights mean "per standard
// deviation". Frozen while a game runs. A feature not known, or seen too rarely, counts as its mean: zero.
import { FEATURE_COUNT, type FeatureTable } from '@/lib/hazard/feature-table';

export type Standardizer = {
  /** Writes the standardized row that starts at `offset` of `raw` into `out`, each value within ±CLIP. */
  apply(raw: Float64Array, offset: number, out: Float64Array): void;
  /** Takes in the first `rows` rows of a finished game. */
  observe(table: FeatureTable, rows: number): void;
  serialize(): { counts: number[]; means: number[]; squares: number[] };
  restore(saved: { counts: number[]; means: number[]; squares: number[] }): void;
};

/** About five games: below this a deviation is too rough to divide by. */
const TICKS_NEEDED = 1_000;
/** Outliers (a 14 s stall, a god candle) move a log-odds by at most four deviations' worth. */
const CLIP = 4;
const DEVIATION_MIN = 1e-6;

export function createStandardizer(): Standardizer {
  const counts = new Float64Array(FEATURE_COUNT);
  const means = new Float64Array(FEATURE_COUNT);
  const squares = new Float64Array(FEATURE_COUNT); // Sum of squared deviations from the mean (Welford 1962).
  const scales = new Float64Array(FEATURE_COUNT); // 1 / deviation; 0 until enough was seen.
  const refresh = () => {
    for (let j = 0; j < FEATURE_COUNT; j++) {
      const deviation = Math.sqrt(squares[j]! / Math.max(1, counts[j]! - 1));
      scales[j] = counts[j]! >= TICKS_NEEDED && deviation > DEVIATION_MIN ? 1 / deviation : 0;
    }
  };
  return {
    apply(raw, offset, out) {
      for (let j = 0; j < FEATURE_COUNT; j++) {
        const value = (raw[offset + j]! - means[j]!) * scales[j]!;
        // Comparisons with NaN are false, so an unknown value falls through to zero.
        out[j] = value > CLIP ? CLIP : value < -CLIP ? -CLIP : value === value ? value : 0;
      }
    },
    observe({ values }, rows) {
      for (let s = 0; s < rows; s++) {
        for (let j = 0; j < FEATURE_COUNT; j++) {
          const value = values[s * FEATURE_COUNT + j]!;
          if (!Number.isFinite(value)) continue;
          const count = counts[j]! + 1;
          const delta = value - means[j]!;
          counts[j] = count;
          means[j]! += delta / count;
          squares[j]! += delta * (value - means[j]!);
        }
      }
      refresh();
    },
    serialize: () => ({ counts: [...counts], means: [...means], squares: [...squares] }),
    restore(saved) {
      counts.set(saved.counts);
      means.set(saved.means);
      squares.set(saved.squares);
      refresh();
    },
  };
}
