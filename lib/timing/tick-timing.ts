// Tick timing: how long a tick takes now, how steady it is, and when a window will end on the player's clock. Robust
// throughout, because ticks stall for seconds and then catch up in a burst. Timing never moves the win probability by
// itself: windows count ticks (docs/decision-core/timing.md).
import { NOMINAL_TICK_MS } from '@/lib/game/rules';
import { createSlidingQuantiles, type SlidingQuantiles } from '@/lib/timing/sliding-quantiles';
import { createWindowForecast, type WindowDuration } from '@/lib/timing/window-forecast';
import type { EpochMs } from '@/lib/units/time';

export type { WindowDuration } from '@/lib/timing/window-forecast';

/** `stalled`: the last tick was late; `burst`: ticks are catching up after a stall. */
export type Rhythm = 'steady' | 'stalled' | 'burst';

export type TickTiming = {
  /** Median interval between ticks, ms. */
  readonly intervalMs: number;
  /** Median absolute deviation of the interval, ms. */
  readonly madMs: number;
  /** Nine in ten intervals lie between these, ms. */
  readonly p05Ms: number;
  readonly p95Ms: number;
  /** Share of the last 240 intervals within a quarter of their median, 0..1; 0 until 20 were seen. */
  readonly reliability: number;
  readonly rhythm: Rhythm;
  /** Duration of the next 40 ticks, ms, with a 95 % interval. */
  readonly windowMs: WindowDuration;
  /** Intervals behind these numbers. */
  readonly samples: number;
};

export type TimingEstimator = {
  /** Takes the arrival of a live tick; a tick that is not the next one of its game starts a new run. */
  observe(arrival: { tick: number; at: EpochMs }): void;
  /** Ends the run, so that the pause between games is not an interval. */
  interrupt(): void;
  current(): TickTiming;
};

/** About a minute of play: long enough for quantiles, short enough to notice a change. */
const INTERVALS_KEPT = 240;
/** Below this many intervals the nominal tick is the better guess, and reliability is 0. */
const INTERVALS_NEEDED = 20;
const STEADY_SHARE = 0.25;
/** Recorded intervals exceed twice their median in 0.5 % of cases: that is a stall. */
const STALL_MULTIPLE = 2;
const BURST_MULTIPLE = 0.5;
/** Spread before any was measured: recorded server-side p5, p95 and MAD. */
const PRIOR = { madMs: 3, p05Ms: 237, p95Ms: 269 } as const;

export function createTimingEstimator(): TimingEstimator {
  const intervals = createSlidingQuantiles(INTERVALS_KEPT);
  const forecast = createWindowForecast();
  let last: { tick: number; at: number } | null = null;
  let rhythm: Rhythm = 'steady';
  let cached: TickTiming | null = null;

  function endRun(): void {
    last = null;
    rhythm = 'steady';
    forecast.interrupt();
  }

  return {
    observe({ tick, at }) {
      cached = null;
      // A clock that jumped back makes no interval, and neither does a lost tick.
      if (last && (tick !== last.tick + 1 || at < last.at)) endRun();
      if (last) {
        const interval = at - last.at;
        rhythm = nextRhythm(rhythm, interval / typicalInterval(intervals));
        intervals.add(interval);
      }
      last = { tick, at };
      forecast.observe({ atMs: at, intervalMs: typicalInterval(intervals) });
    },
    interrupt: endRun,
    current() {
      cached ??= summarize(intervals, rhythm, forecast.current(typicalInterval(intervals)));
      return cached;
    },
  };
}

function typicalInterval(intervals: SlidingQuantiles): number {
  return intervals.size() < INTERVALS_NEEDED ? NOMINAL_TICK_MS : Math.max(1, intervals.quantile(0.5));
}

/** A burst is only what follows a stall: a single short interval is jitter. */
function nextRhythm(rhythm: Rhythm, relativeInterval: number): Rhythm {
  if (relativeInterval > STALL_MULTIPLE) return 'stalled';
  return rhythm !== 'steady' && relativeInterval < BURST_MULTIPLE ? 'burst' : 'steady';
}

function summarize(intervals: SlidingQuantiles, rhythm: Rhythm, windowMs: WindowDuration): TickTiming {
  const samples = intervals.size();
  if (samples < INTERVALS_NEEDED) {
    return { intervalMs: NOMINAL_TICK_MS, ...PRIOR, reliability: 0, rhythm, windowMs, samples };
  }
  const median = intervals.quantile(0.5);
  return {
    intervalMs: median,
    madMs: intervals.medianAbsoluteDeviation(),
    p05Ms: intervals.quantile(0.05),
    p95Ms: intervals.quantile(0.95),
    reliability: intervals.shareBetween(median * (1 - STEADY_SHARE), median * (1 + STEADY_SHARE)),
    rhythm,
    windowMs,
    samples,
  };
}
