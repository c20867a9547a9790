// The named edges of every histogram that a metrics row holds. Bin i holds values in [edges[i], edges[i + 1]); the last bin
// has no end, and what lies below the first edge counts in the first bin. Rows on record were counted with these edges:
// changing one means rebuilding all rows (npm run rebuild -- metrics).
import { WINDOW_TICKS } from '@/lib/game/rules';

/**
 * Game lengths in ticks. Exact to 10 ticks up to 400, where two of three games end, and coarser beyond; holds every
 * boundary of lib/hazard/tick-buckets, so that the hazard of each bucket can be worked out from counts alone.
 */
export const LENGTH_EDGES: readonly number[] = [
  0,
  1,
  ...steps({ from: 10, to: 400, by: 10 }),
  ...steps({ from: 400, to: 800, by: 20 }),
  ...steps({ from: 800, to: 1_500, by: 50 }),
  1_500,
  2_000,
  3_000,
  5_000,
];

/** Peaks in multiples of the starting price. Half of all games never reach twice the start. */
export const PEAK_EDGES: readonly number[] = [
  0,
  ...steps({ from: 100, to: 200, by: 5 }).map((hundredths) => hundredths / 100),
  ...steps({ from: 200, to: 500, by: 25 }).map((hundredths) => hundredths / 100),
  ...steps({ from: 5, to: 10, by: 1 }),
  ...steps({ from: 10, to: 50, by: 5 }),
  50,
  75,
  100,
  200,
  500,
  1_000,
  10_000,
];

/** |rugTick − predicted median|: a tenth of a window up to ten windows, half a window up to thirty. */
export const ABSOLUTE_ERROR_EDGES: readonly number[] = [
  ...steps({ from: 0, to: 400, by: WINDOW_TICKS / 10 }),
  ...steps({ from: 400, to: 1_200, by: WINDOW_TICKS / 2 }),
  ...steps({ from: 1_200, to: 5_000, by: 200 }),
];

/** rugTick − predicted median. A prediction names a tick after its own, so large errors are all on one side. */
export const SIGNED_ERROR_EDGES: readonly number[] = [
  -5_000,
  ...steps({ from: -2_000, to: -400, by: 200 }),
  ...steps({ from: -400, to: 400, by: 10 }),
  ...steps({ from: 400, to: 1_000, by: 50 }),
  ...steps({ from: 1_000, to: 5_001, by: 500 }),
];

/** Frame received to assessment sent, in ms. 5 is the promise. */
export const LATENCY_EDGES: readonly number[] = [
  0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2, 3, 4, 5, 7.5, 10, 15, 20, 30, 50, 75, 100, 200, 500, 1_000,
];

/** Forecasts in steps of two points; 20 %, where a bet breaks even, is an edge. */
export const FORECAST_BINS = 50;

export function forecastBin(forecast: number): number {
  return Math.min(FORECAST_BINS - 1, Math.max(0, Math.floor(forecast * FORECAST_BINS)));
}

/** from, from + by … below `to`. */
function steps({ from, to, by }: { from: number; to: number; by: number }): number[] {
  return Array.from({ length: Math.ceil((to - from) / by) }, (_, i) => from + i * by);
}
