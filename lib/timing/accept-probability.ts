// The chance that a bet sent now is taken before the rug.

/**
 * P(the game survives the ticks that pass between the tick on the screen and the bet's arrival). The tick on the screen
 * is half a round trip old and the bet needs the other half, so `latencyMs` is the whole round trip. With n = latency /
 * interval and a uniformly random phase, ⌊n⌋ + 1 ticks pass with probability n − ⌊n⌋ and ⌊n⌋ otherwise:
 * E[(1 − h)^N] = (1 − h)^⌊n⌋ × (1 − h × (n − ⌊n⌋)). Worked value: h = 0.005, 200 ms over 250 ms give 0.996.
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
  const ticks = Math.max(0, latencyMs) / Math.max(1, intervalMs);
  const whole = Math.floor(ticks);
  return Math.pow(1 - hazard, whole) * (1 - hazard * (ticks - whole));
}
