import { describe, expect, it } from 'vitest';
import { breakEvenOf, windowAtHazard } from '@/lib/edge/break-even';

describe('break-even', () => {
  it('is the hazard at which forty ticks win one time in five for a payout of five', () => {
    const { hazard, winProbability } = breakEvenOf(5);
    expect(hazard).toBeCloseTo(0.005563057, 9);
    expect(winProbability).toBe(0.2);
    expect(windowAtHazard(hazard)).toBeCloseTo(0.2, 14);
    expect(windowAtHazard(0.005)).toBeCloseTo(0.18168, 5);
  });

  it.each([1, 0, -5, NaN, Infinity])('refuses a payout of %d and names it', (payout) => {
    expect(() => breakEvenOf(payout)).toThrow(/payout/);
  });
});
