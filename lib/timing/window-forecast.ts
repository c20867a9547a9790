// How long the next 40 ticks will take, with an interval that keeps its promise whatever the timing is like: quantiles
// of past window durations relative to the tick interval of their time, at levels that are corrected after every miss.
// Source of the correction: Gibbs & Candès, "Adaptive conformal inference under distribution shift", NeurIPS 2021,
// applied to each side by itself; long-run coverage then tends to the target for any sequence of durations.
import { WINDOW_TICKS } from '@/lib/game/rules';
import { createSlidingQuantiles } from '@/lib/timing/sliding-quantiles';

export type WindowDuration = {
  /** Median, ms: half of all windows end sooner. */
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
};

export type WindowForecast = {
  /** Takes the arrival of the next tick of a run and returns the duration of the 40 ticks that follow it. */
  observe(arrival: { atMs: number; intervalMs: number }): WindowDuration;
  /** Ends the run: windows do not reach across games, lost ticks or clock jumps. */
  interrupt(): void;
  current(intervalMs: number): WindowDuration;
};

/** About a quarter of an hour of play, a hundred windows that do not overlap: enough to have met a stall. */
const RATIOS_KEPT = 4_000;
/** Share of windows that may end before, and after, the interval. */
const TAIL = 0.025;
/** Step of the correction. Overlapping windows miss together, so the step is small beside the usual 0.005 to 0.05. */
const STEP = 0.0005;
/** Beyond every past duration the interval still widens by this share for each further step. */
const BEYOND = 0.01;
/**
 * Quantiles (1/48, 3/48 … 47/48) of window duration over 40 × median interval before anything was seen: 470,000 windows
 * drawn from the distribution of the recorded server-side intervals, where one window in six holds a stall of seconds.
 */
const PRIOR_RATIOS = [
  0.995, 0.999, 1.001, 1.002, 1.004, 1.005, 1.006, 1.007, 1.008, 1.01, 1.011, 1.012, 1.013, 1.014, 1.016, 1.017, 1.019,
  1.021, 1.024, 1.029, 1.359, 1.395, 1.428, 1.469,
] as const;
const PRIOR_COPIES = 5;

export function createWindowForecast(): WindowForecast {
  const ratios = createSlidingQuantiles(RATIOS_KEPT);
  for (let copy = 0; copy < PRIOR_COPIES; copy++) for (const ratio of PRIOR_RATIOS) ratios.add(ratio);
  // Rings over the last 41 arrivals of the run: when, at which interval, and what was promised.
  const size = WINDOW_TICKS + 1;
  const at = new Float64Array(size);
  const interval = new Float64Array(size);
  const lower = new Float64Array(size);
  const upper = new Float64Array(size);
  let length = 0;
  let lowerLevel = TAIL;
  let upperLevel = TAIL;

  function current(intervalMs: number): WindowDuration {
    const scale = WINDOW_TICKS * intervalMs;
    return {
      expected: scale * ratios.quantile(0.5),
      lower: scale * Math.max(0, ratios.quantile(lowerLevel) - beyond(lowerLevel)),
      upper: scale * (ratios.quantile(1 - upperLevel) + beyond(upperLevel)),
    };
  }

  function learn(slot: number, duration: number): void {
    ratios.add(duration / (WINDOW_TICKS * interval[slot]!));
    lowerLevel = clampLevel(lowerLevel + STEP * (TAIL - (duration < lower[slot]! ? 1 : 0)));
    upperLevel = clampLevel(upperLevel + STEP * (TAIL - (duration > upper[slot]! ? 1 : 0)));
  }

  return {
    observe({ atMs, intervalMs }) {
      const slot = length % size;
      const start = (length + 1) % size; // The arrival 40 ticks ago, about to be overwritten by the next one.
      if (length >= WINDOW_TICKS) learn(start, atMs - at[start]!);
      const forecast = current(intervalMs);
      at[slot] = atMs;
      interval[slot] = intervalMs;
      lower[slot] = forecast.lower;
      upper[slot] = forecast.upper;
      length++;
      return forecast;
    },
    interrupt() {
      length = 0;
    },
    current,
  };
}

/** Levels may go below 0, where the interval reaches beyond what was ever seen, but not without end. */
function clampLevel(level: number): number {
  return Math.min(0.25, Math.max(-0.05, level));
}

function beyond(level: number): number {
  return level >= 0 ? 0 : (-level / STEP) * BEYOND;
}
