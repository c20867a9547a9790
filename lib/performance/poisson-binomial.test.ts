import { describe, expect, it } from 'vitest';
import {
  EXACT_VARIANCE_MAX,
  poissonBinomial,
  poissonBinomialTails,
  refinedNormalTails,
} from '@/lib/performance/poisson-binomial';

const spread = (bets: number, at: number) => Array.from({ length: bets }, (_, n) => at * (0.5 + (n % 11) / 10));

describe('wins among thousands of bets', () => {
  it('are approximated to 5e-5 of the exact tails from the variance on at which that begins', () => {
    for (const ps of [spread(3_000, 0.18), spread(6_600, 0.07), spread(2_200, 0.6)]) {
      const mean = ps.reduce((sum, p) => sum + p, 0);
      const variance = ps.reduce((sum, p) => sum + p * (1 - p), 0);
      expect(variance).toBeGreaterThan(EXACT_VARIANCE_MAX);
      const mass = poissonBinomial(ps);
      const reach = Math.ceil(5 * Math.sqrt(variance));
      let worst = 0;
      for (let hits = Math.floor(mean) - reach; hits <= mean + reach; hits++) {
        const below = mass.subarray(0, hits + 1).reduce((sum, one) => sum + one, 0);
        const told = refinedNormalTails(ps, hits);
        worst = Math.max(worst, Math.abs(told.atMost - below), Math.abs(told.atLeast - (1 - below + mass[hits]!)));
      }
      expect(worst).toBeLessThan(5e-5);
    }
  });

  it('cost no more where each of many hardly ever wins: masses out of sight are dropped', () => {
    const ps = Array.from({ length: 60_000 }, () => 1e-4);
    const { atLeast, atMost } = poissonBinomialTails(ps, 0);
    expect(atLeast).toBeCloseTo(1, 12);
    expect(atMost).toBeCloseTo((1 - 1e-4) ** 60_000, 12);
  });

  it('are certain where every bet was', () => {
    const ps = [...Array.from({ length: 500 }, () => 1), ...Array.from({ length: 500 }, () => 0)];
    expect(poissonBinomialTails(ps, 500)).toEqual({ atLeast: 1, atMost: 1 });
    expect(poissonBinomialTails(ps, 501)).toEqual({ atLeast: 0, atMost: 1 });
  });
});
