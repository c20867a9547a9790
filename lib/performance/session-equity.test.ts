import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thinCurve, type SessionEquityPoint } from '@/lib/performance/session-equity';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';

const curves = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1, maxLength: 400 }).map((nets) =>
  nets.map((net, index): SessionEquityPoint => ({
    n: index + 1,
    betId: `b${index}`,
    at: epochMs(index),
    netLamports: lamports(BigInt(net)),
  })),
);

describe('a curve with more points than can be drawn', () => {
  it('keeps its ends, its highest and its lowest, in order and never too many', () => {
    fc.assert(
      fc.property(curves, fc.integer({ min: 4, max: 60 }), (points, pointsMax) => {
        const thin = thinCurve(points, pointsMax);
        expect(thin.length).toBeLessThanOrEqual(pointsMax);
        expect([thin[0], thin.at(-1)]).toEqual([points[0], points.at(-1)]);
        for (const [index, point] of thin.entries()) {
          expect(points[point.n - 1]).toBe(point);
          if (index > 0) expect(point.n).toBeGreaterThan(thin[index - 1]!.n);
        }
        const nets = (some: readonly SessionEquityPoint[]) => some.map(({ netLamports }) => Number(netLamports));
        expect(Math.max(...nets(thin))).toBe(Math.max(...nets(points)));
        expect(Math.min(...nets(thin))).toBe(Math.min(...nets(points)));
        if (points.length <= pointsMax) expect(thin).toBe(points);
      }),
    );
  });
});
