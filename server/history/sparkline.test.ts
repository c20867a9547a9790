import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SPARKLINE_POINTS_MAX } from '@/lib/protocol/games-api';
import { toSparkline } from '@/server/history/sparkline';

describe('a sparkline', () => {
  it('is the path itself when that is short, without ticks nobody knows', () => {
    expect(toSparkline([1, null, 1.5, 0.02])).toEqual([1, 1.5, 0.02]);
    expect(toSparkline([0.02])).toEqual([0.02]);
    expect(toSparkline([null])).toEqual([]);
  });

  it('keeps the peak, the last price and the order of any path, in few points', () => {
    const price = fc.double({ min: 0, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(price, { minLength: 1, maxLength: 500 }), (prices) => {
        const points = toSparkline(prices);
        const rounded = prices.map((value) => Number(value.toPrecision(3)));
        expect(points).toHaveLength(Math.min(prices.length, SPARKLINE_POINTS_MAX));
        expect(Math.max(...points)).toBe(Math.max(...rounded));
        expect(points.at(-1)).toBe(rounded.at(-1));
        let from = 0;
        for (const point of points) {
          from = rounded.indexOf(point, from);
          expect(from).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
