// The timing covariates: how far the last tick interval was from its running level, how unsteady intervals have been,
// and how long ago the feed stalled. Called by the feature tracker for every tick.

/** Game facts: 0.02 to 0.44 % of intervals exceed a second; nothing between 0.7 and 1 s is common. */
const STALL_MS = 1_000;
const STALL_FADE_TICKS = 10;
const LEVEL_TICKS = 200;
const UNSTEADY_TICKS = 20;
/** Catch-up bursts bring intervals near zero and stalls some of many seconds; beyond this they mean no more. */
const INTERVAL_MIN_MS = 10;
const INTERVAL_MAX_MS = 20_000;

export function createTimingFeatures(): {
  observe(tick: number, atMs: number | null): void;
  interrupt(): void;
  /** Writes columns 0 to 2. */
  write(row: Float64Array): void;
} {
  let lastTick = -1;
  let lastAtMs = NaN;
  let level = NaN; // Running mean of ln interval; the level of a skewed positive quantity.
  let deviation = NaN;
  let unsteadiness = NaN;
  let stall = NaN;
  return {
    observe(tick, atMs) {
      const intervalMs = atMs !== null && tick === lastTick + 1 ? atMs - lastAtMs : NaN;
      lastTick = tick;
      lastAtMs = atMs ?? NaN;
      stall *= Math.exp(-1 / STALL_FADE_TICKS);
      deviation = NaN;
      if (!(intervalMs >= 0)) return; // Not known, or the clock jumped back.
      const log = Math.log(Math.min(INTERVAL_MAX_MS, Math.max(INTERVAL_MIN_MS, intervalMs)));
      if (!Number.isNaN(level)) {
        deviation = log - level;
        unsteadiness = follow(unsteadiness, Math.abs(deviation), UNSTEADY_TICKS);
      }
      level = follow(level, log, LEVEL_TICKS);
      if (Number.isNaN(stall)) stall = 0;
      if (intervalMs > STALL_MS) stall = 1;
    },
    interrupt() {
      lastTick = -1;
      lastAtMs = NaN;
      deviation = NaN;
    },
    write(row) {
      row[0] = deviation;
      row[1] = unsteadiness;
      row[2] = stall;
    },
  };
}

/** Exponential moving average over about `ticks` values; the first value starts it. */
function follow(average: number, value: number, ticks: number): number {
  return Number.isNaN(average) ? value : average + (value - average) / ticks;
}
