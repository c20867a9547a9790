import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sparklinePath } from '@/components/charts/sparkline';

describe('a sparkline', () => {
  it('goes from the first tick to the last, the highest price on top', () => {
    expect(sparklinePath([1, 3, 2])).toBe('M0 27L60 1L120 14');
  });

  it('leaves a gap where a tick is not known', () => {
    expect(sparklinePath([1, null, 3, 2])).toBe('M0 27M80 1L120 14');
  });

  it('stays a short line inside its box for any game, and keeps its peak', () => {
    const prices = fc.array(fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })), { maxLength: 5_000 });
    fc.assert(
      fc.property(prices, (path) => {
        const points = [...sparklinePath(path).matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [
          Number(x),
          Number(y),
        ]);
        const known = path.filter((price) => price !== null);
        expect(points.length).toBeLessThanOrEqual(80);
        expect(points.every(([x, y]) => x! >= 0 && x! <= 120 && y! >= 0 && y! <= 28)).toBe(true);
        expect(points.length > 0).toBe(known.length > 0);
        if (new Set(known).size > 1) expect(Math.min(...points.map(([, y]) => y!))).toBe(1);
      }),
    );
  });
});
