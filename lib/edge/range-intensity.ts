// How strong a hazard a range needs for its best window to have a given edge. Pure; shared by both families of ranges, so
// that "effect" means the same in both: what a player could win, not what the hazard is.
import type { BreakEven } from '@/lib/edge/break-even';
import { intensityOf } from '@/lib/edge/break-even';
import { PUBLISHED_HAZARD, WINDOW_TICKS } from '@/lib/game/rules';

export const PUBLISHED_INTENSITY = intensityOf(PUBLISHED_HAZARD);

/**
 * Per-tick intensity of a range of `ticks` such that the best window's intensity is break-even × e^effect with the
 * published hazard on the rest of that window; never below what the whole window would need per tick.
 */
export function rangeIntensity({
  effect,
  ticks,
  breakEven,
}: {
  effect: number;
  ticks: number;
  breakEven: BreakEven;
}): number {
  const affected = Math.min(WINDOW_TICKS, ticks);
  const window = Math.exp(effect) * breakEven.windowIntensity;
  const rest = (WINDOW_TICKS - affected) * PUBLISHED_INTENSITY;
  return Math.max((window - rest) / affected, window / WINDOW_TICKS);
}
