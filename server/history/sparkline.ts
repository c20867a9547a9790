// A price path in a few points, for lists: cut into equal stretches, each told by its highest price, and the last price last,
// so that neither the peak nor the rug is lost. Pure.
import { SPARKLINE_POINTS_MAX } from '@/lib/protocol/games-api';

const STRETCHES = SPARKLINE_POINTS_MAX - 1;
/** A line of a hundred pixels shows no more. */
const DIGITS = 3;

export function toSparkline(prices: readonly (number | null)[]): number[] {
  const known = prices.filter((price) => price !== null);
  if (known.length === 0) return [];
  const before = known.length - 1;
  const count = Math.min(STRETCHES, before);
  const points: number[] = [];
  for (let stretch = 0, tick = 0; stretch < count; stretch++) {
    const end = Math.floor(((stretch + 1) * before) / count);
    let high = known[tick]!;
    for (; tick < end; tick++) if (known[tick]! > high) high = known[tick]!;
    points.push(high);
  }
  return [...points, known[before]!].map((price) => Number(price.toPrecision(DIGITS)));
}
