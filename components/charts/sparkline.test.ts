import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sparklinePaths } from '@/components/charts/sparkline';

describe('a sparkline', () => {
  it('goes from the first tick to the last, the highest price on top', () => {
    expect(sparklinePaths([1, 3, 2])).toEqual({ line: 'M0 27L60 1L120 14', dots: '' });
  });

  it('leaves a gap where a tick is not known, and shows a price alone between gaps as a dot', () => {
    expect(sparklinePaths([1, null, 3, 2])).toEqual({ line: 'M80 1L120 14', dots: 'M2 26h0' });
  });

  it('shows the only price of a game that rugged at tick 1 as a dot in the middle, and nothing without prices', () => {
    expect(sparklinePaths([1])).toEqual({ line: '', dots: 'M60 14h0' });
    expect([[], [null]].map(sparklinePaths)).toEqual([
      { line: '', dots: '' },
      { line: '', dots: '' },
    ]);
  });

  it('stays a short line inside its box for any game, and keeps its peak', () => {
    const prices = fc.array(fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })), { maxLength: 5_000 });
    fc.assert(
      fc.property(prices, (path) => {
        const { line, dots } = sparklinePaths(path);
        const read = (text: string) =>
          [...text.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
        const points = [...read(line), ...read(dots)];
        const known = path.filter((price) => price !== null);
        expect(points.length).toBeLessThanOrEqual(80);
        expect(points.every(([x, y]) => x! >= 0 && x! <= 120 && y! >= 0 && y! <= 28)).toBe(true);
        expect(points.length > 0).toBe(known.length > 0);
        // What is drawn as a line has a second point: nothing known is left invisible.
        expect(line).not.toMatch(/M[^ML]*(M|$)/);
        if (new Set(known).size > 1) expect(Math.min(...points.map(([, y]) => y!))).toBeLessThanOrEqual(2);
      }),
    );
  });
});
