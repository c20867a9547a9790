import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundTicks } from '@/components/charts/recharts/round-ticks';

describe('round ticks', () => {
  it.each([
    [{ from: 0, to: 355, count: 8 }, [0, 50, 100, 150, 200, 250, 300, 350]],
    [{ from: 6, to: 1250, count: 6 }, [200, 400, 600, 800, 1000, 1200]],
    [{ from: 0, to: 1, count: 5 }, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [{ from: -0.3, to: 0.1, count: 4 }, [-0.3, -0.2, -0.1, 0, 0.1]],
    [{ from: 92, to: 92, count: 8 }, [92]],
  ])('of %j are %j', (range, ticks) => {
    expect(roundTicks(range)).toEqual(ticks);
  });

  it('lie in the range, in order, equally far apart, and are not too many to read', () => {
    const end = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        end,
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.integer({ min: 2, max: 12 }),
        (from, span, count) => {
          const ticks = roundTicks({ from, to: from + span, count });
          const slip = span * 1e-6;
          expect(ticks.every((tick) => tick >= from - slip && tick <= from + span + slip)).toBe(true);
          const steps = ticks.slice(1).map((tick, index) => tick - ticks[index]!);
          for (const step of steps) expect(Math.abs(step - steps[0]!)).toBeLessThan(slip + 1e-6);
          expect(ticks.length).toBeLessThanOrEqual(count * 1.2 + 1);
        },
      ),
    );
  });
});
