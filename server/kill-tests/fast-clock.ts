// A clock that began with the wall's and runs faster: the same for every process that is given the same beginning.
import { epochMs, type Clock } from '@/lib/units/time';

export function createFastClock({ from, speed }: { from: number; speed: number }): Clock {
  return () => epochMs(Math.round(from + (Date.now() - from) * speed));
}
