// Which start ticks have an edge under an explanation, and how often their windows win at least. Pure; read once per payout
// into tables, and per range when a bound is asked for.
import { intensityOf } from '@/lib/edge/break-even';
import { NO_END } from '@/lib/edge/affected-ranges';
import { LAST_BOUNDARY, type PlaceRange } from '@/lib/edge/place-ranges';
import { PUBLISHED_INTENSITY } from '@/lib/edge/range-intensity';
import { WINDOW_TICKS } from '@/lib/game/rules';

/**
 * Outside the affected range this share of the published hazard is counted on. The alarm has said nothing about those
 * ticks; counting all of it would lean on the published rule in the very case in which it is in doubt.
 */
const REST_SHARE = 0.75;
const REST_INTENSITY = REST_SHARE * PUBLISHED_INTENSITY;

/** Start ticks from 0 to here; later ones answer as the last does, since no boundary lies beyond. */
export const PLACE_TICKS = LAST_BOUNDARY + 1;

/** Start ticks first … last; none when last < first. */
export type Reach = { readonly first: number; readonly last: number };

/** The start ticks whose window is above break-even, for any true boundary within the range's outermost steps. */
export function reachOf(range: PlaceRange, windowIntensity: number): Reach {
  const needed = neededTicks(intensityOf(range.hazard), windowIntensity);
  if (needed === 0) return { first: 0, last: PLACE_TICKS - 1 };
  if (needed > Math.min(WINDOW_TICKS, range.endTick - range.firstTick)) return { first: 0, last: -1 };
  const first = range.firstTick === 1 ? 0 : Math.max(range.firstTick + needed, range.coreFirst) - 1 - WINDOW_TICKS;
  const last = range.endTick === NO_END ? PLACE_TICKS - 1 : Math.min(range.endTick - needed, range.coreEnd) - 1;
  return { first: Math.max(0, first), last };
}

/** Win probability of the window after `tick`, counting on no more than `REST_SHARE` outside the range. */
export function windowWin(range: PlaceRange, tick: number): number {
  const from = Math.max(range.firstTick, tick + 1);
  const to = Math.min(range.endTick === NO_END ? Infinity : range.endTick - 1, tick + WINDOW_TICKS);
  const affected = Math.max(0, to - from + 1);
  return -Math.expm1(-(affected * intensityOf(range.hazard) + (WINDOW_TICKS - affected) * REST_INTENSITY));
}

/** Affected ticks a window must contain to be above break-even; more than a window has, when no number suffices. */
function neededTicks(intensity: number, windowIntensity: number): number {
  if (WINDOW_TICKS * REST_INTENSITY > windowIntensity) return 0;
  if (WINDOW_TICKS * intensity <= windowIntensity) return WINDOW_TICKS + 1;
  return Math.floor((windowIntensity - WINDOW_TICKS * REST_INTENSITY) / (intensity - REST_INTENSITY)) + 1;
}
