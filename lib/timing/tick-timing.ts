// Tick timing: how long a tick takes now, how steady it is, and when a window will end on the player's clock.
// Timing never moves the win probability: windows count ticks (docs/decision-core.md, "Timing").
import { NOMINAL_TICK_MS, WINDOW_TICKS } from '@/lib/game/rules';
import type { EpochMs } from '@/lib/units/time';

export type WindowDuration = { readonly expected: number; readonly lower: number; readonly upper: number };

export type TickTiming = {
  /** Median interval between ticks, ms. */
  readonly intervalMs: number;
  /** Share of recent intervals within a quarter of the median, 0..1; 0 until enough were seen. */
  readonly reliability: number;
  /** Duration of the next 40 ticks, ms, with a 95 % interval. */
  readonly windowMs: WindowDuration;
  readonly samples: number;
};

export type TimingEstimator = {
  /** Takes the arrival of a live tick; a tick that is not the next one of its game starts a new run. */
  observe(arrival: { tick: number; at: EpochMs }): void;
  /** Forgets the last arrival, so that the pause between games is not an interval. */
  interrupt(): void;
  current(): TickTiming;
};

/** About a minute of play: long enough for quantiles, short enough to notice a change. */
const INTERVALS_KEPT = 240;
/** Below this many intervals the nominal tick is the better guess, and reliability is 0. */
const INTERVALS_NEEDED = 20;
const WINDOWS_NEEDED = 40;
const STEADY_SHARE = 0.25;
/** Spread of one interval before any was measured: the 5 to 95 % range of recorded client-side timing, as a deviation. */
const PRIOR_INTERVAL_SD_MS = 52;
const Z_95 = 1.96;

export function createTimingEstimator(): TimingEstimator {
  const intervals = createSlidingQuantiles(INTERVALS_KEPT);
  const windows = createSlidingQuantiles(INTERVALS_KEPT);
  const arrivals: number[] = []; // Arrival times of the current run of consecutive ticks, at most a window long.
  let lastTick: number | null = null;
  let cached: TickTiming | null = null;
  return {
    observe({ tick, at }) {
      cached = null;
      if (lastTick === null || tick !== lastTick + 1) arrivals.length = 0;
      const previous = arrivals.at(-1);
      if (previous !== undefined && at >= previous) intervals.add(at - previous);
      if (previous !== undefined && at < previous) arrivals.length = 0; // The clock jumped back.
      arrivals.push(at);
      if (arrivals.length > WINDOW_TICKS + 1) arrivals.shift();
      if (arrivals.length === WINDOW_TICKS + 1) windows.add(at - arrivals[0]!);
      lastTick = tick;
    },
    interrupt() {
      arrivals.length = 0;
      lastTick = null;
    },
    current() {
      cached ??= summarize(intervals, windows);
      return cached;
    },
  };
}

function summarize(intervals: SlidingQuantiles, windows: SlidingQuantiles): TickTiming {
  const samples = intervals.size();
  if (samples < INTERVALS_NEEDED) {
    const spread = Z_95 * PRIOR_INTERVAL_SD_MS * Math.sqrt(WINDOW_TICKS);
    const expected = NOMINAL_TICK_MS * WINDOW_TICKS;
    const windowMs = { expected, lower: expected - spread, upper: expected + spread };
    return { intervalMs: NOMINAL_TICK_MS, reliability: 0, windowMs, samples };
  }
  const median = intervals.quantile(0.5);
  const steady = intervals.shareBetween(median * (1 - STEADY_SHARE), median * (1 + STEADY_SHARE));
  return { intervalMs: median, reliability: steady, windowMs: windowDuration(intervals, windows), samples };
}

/** Measured 40-tick durations once there are enough of them, else forty independent intervals. */
function windowDuration(intervals: SlidingQuantiles, windows: SlidingQuantiles): WindowDuration {
  if (windows.size() >= WINDOWS_NEEDED) {
    return { expected: windows.quantile(0.5), lower: windows.quantile(0.025), upper: windows.quantile(0.975) };
  }
  const { mean, deviation } = intervals.moments();
  const spread = Z_95 * deviation * Math.sqrt(WINDOW_TICKS);
  const expected = mean * WINDOW_TICKS;
  return { expected, lower: Math.max(0, expected - spread), upper: expected + spread };
}

/**
 * P(a bet sent now is taken before a rug) when it needs `latencyMs` to arrive: the game must survive the ticks that pass
 * meanwhile, of which there are latency / interval on average, and Jensen's gap is below 10⁻⁵ at these hazards.
 */
export function computeAcceptProbability({
  hazard,
  latencyMs,
  intervalMs,
}: {
  hazard: number;
  latencyMs: number;
  intervalMs: number;
}): number {
  return Math.pow(1 - hazard, latencyMs / Math.max(1, intervalMs));
}

type SlidingQuantiles = {
  add(value: number): void;
  size(): number;
  quantile(p: number): number;
  shareBetween(low: number, high: number): number;
  moments(): { mean: number; deviation: number };
};

/** The last `capacity` values, kept sorted beside their order of arrival; O(capacity) a step, no allocation. */
function createSlidingQuantiles(capacity: number): SlidingQuantiles {
  const ring = new Float64Array(capacity);
  const sorted = new Float64Array(capacity);
  let count = 0;
  let next = 0;
  const lowerBound = (value: number) => {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    add(value) {
      if (count === capacity) {
        const gone = lowerBound(ring[next]!);
        sorted.copyWithin(gone, gone + 1, count);
        count--;
      }
      const place = lowerBound(value);
      sorted.copyWithin(place + 1, place, count);
      sorted[place] = value;
      ring[next] = value;
      next = (next + 1) % capacity;
      count++;
    },
    size: () => count,
    quantile(p) {
      const position = p * (count - 1);
      const below = Math.floor(position);
      const above = Math.min(count - 1, below + 1);
      return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
    },
    shareBetween(low, high) {
      let inside = 0;
      for (let i = lowerBound(low); i < count && sorted[i]! <= high; i++) inside++;
      return inside / count;
    },
    moments() {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += sorted[i]!;
      const mean = sum / count;
      let squares = 0;
      for (let i = 0; i < count; i++) squares += (sorted[i]! - mean) ** 2;
      return { mean, deviation: Math.sqrt(squares / Math.max(1, count - 1)) };
    },
  };
}
