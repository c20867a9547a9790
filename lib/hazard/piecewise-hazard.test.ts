import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPiecewiseHazard } from '@/lib/hazard/piecewise-hazard';
import { BUCKET_COUNT, BUCKET_STARTS, bucketOf } from '@/lib/hazard/tick-buckets';

const hazards = fc.array(fc.double({ min: 0.0001, max: 0.3, noNaN: true }), {
  minLength: BUCKET_COUNT,
  maxLength: BUCKET_COUNT,
});
const span = fc.record({ from: fc.nat({ max: 4_900 }), ticks: fc.integer({ min: 0, max: 100 }) });

describe('a hazard constant within tick buckets', () => {
  it('puts every tick into the bucket that starts at or before it', () => {
    for (let tick = 1; tick <= 2_000; tick++) {
      const bucket = bucketOf(tick);
      expect(BUCKET_STARTS[bucket]!).toBeLessThanOrEqual(tick);
      if (bucket + 1 < BUCKET_COUNT) expect(BUCKET_STARTS[bucket + 1]!).toBeGreaterThan(tick);
    }
  });

  it('has the cumulative hazard of summing tick by tick, with and without a shift', () => {
    fc.assert(
      fc.property(hazards, span, fc.double({ min: -2, max: 2, noNaN: true }), (values, { from, ticks }, shift) => {
        const piecewise = createPiecewiseHazard(values);
        let plain = 0;
        let shifted = 0;
        for (let tick = from + 1; tick <= from + ticks; tick++) {
          const hazard = piecewise.at(tick);
          plain -= Math.log1p(-hazard);
          const odds = (hazard / (1 - hazard)) * Math.exp(shift);
          shifted += Math.log1p(odds);
        }
        expect(piecewise.cumulative(from, from + ticks)).toBeCloseTo(plain, 8);
        expect(piecewise.cumulativeShifted(from, from + ticks, shift)).toBeCloseTo(shifted, 8);
      }),
    );
  });

  it('gives all possible ends of a game probabilities that sum to 1', () => {
    fc.assert(
      fc.property(hazards, fc.integer({ min: 2, max: 400 }), (values, cutOff) => {
        const piecewise = createPiecewiseHazard(values);
        let total = Math.exp(piecewise.logLikelihood(cutOff, true));
        for (let rugTick = 1; rugTick < cutOff; rugTick++) total += Math.exp(piecewise.logLikelihood(rugTick, false));
        expect(total).toBeCloseTo(1, 10);
      }),
    );
  });

  it('keeps every hazard away from 0 and 1, so that no game scores infinitely', () => {
    const piecewise = createPiecewiseHazard(new Array(BUCKET_COUNT).fill(0));
    expect(Number.isFinite(piecewise.logLikelihood(100, false))).toBe(true);
    piecewise.set(new Array(BUCKET_COUNT).fill(5));
    expect(Number.isFinite(piecewise.logLikelihood(100, false))).toBe(true);
  });
});
