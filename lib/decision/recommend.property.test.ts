import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecommender } from '@/lib/decision/recommend';
import { checkRisk } from '@/lib/risk/risk-manager';
import { STRATEGIES } from '@/lib/strategy/registry';
import {
  anAssessment,
  arbitraryAssessment,
  arbitraryConditions,
  arbitraryProfile,
  CONDITIONS,
  NOW,
} from '@/lib/strategy/test-kit/cases';

// Laws, for any profile, assessment and conditions
// - "Do not bet" is among at most five recommendations with priorities 1, 2, …, and no strategy fails.
// - No recommended bet breaks a rule of the risk manager; none but a hedge with a gain stands before "do not bet" at
//   negative EV.
// - For the published hazard "do not bet" wins for every player without a position worth insuring.
// - The order in which strategies are registered changes nothing.

describe('recommendations for anybody', () => {
  it('hold their promises', () => {
    const recommender = createRecommender();
    let bets = 0;
    fc.assert(
      fc.property(arbitraryAssessment, arbitraryProfile(), arbitraryConditions, (assessment, profile, conditions) => {
        const input = { assessment, profile, conditions, now: NOW };
        const result = recommender.recommend(input);
        if (!result.ok) throw new Error(result.error.message);
        const { recommendations, degraded } = result.value;
        expect(degraded).toEqual([]);
        expect(recommendations.length).toBeLessThanOrEqual(5);
        expect(recommendations.map(({ priority }) => priority)).toEqual(recommendations.map((_, i) => i + 1));
        const place = recommendations.findIndex(({ strategyId }) => strategyId === 'do-not-bet');
        expect(place).toBeGreaterThanOrEqual(0);
        for (const [i, { action, stakeLamports, ...rest }] of recommendations.entries()) {
          if (action !== 'bet') continue;
          bets++;
          expect(checkRisk(input, stakeLamports)).toEqual([]);
          if (i > place) continue;
          expect(rest.certaintyEquivalentLamports).toBeGreaterThan(0n);
          if (!rest.hedges) expect(rest.expectedValue).toBeGreaterThan(0);
        }
      }),
      { numRuns: 400 },
    );
    expect(bets).toBeGreaterThan(0);
  });

  it('skip the published hazard for every player', () => {
    const recommender = createRecommender();
    const assessment = anAssessment();
    fc.assert(
      fc.property(arbitraryProfile({ position: false }), arbitraryConditions, (profile, conditions) => {
        const result = recommender.recommend({ assessment, profile, conditions, now: NOW });
        if (!result.ok) throw new Error(result.error.message);
        expect(result.value.recommendations[0]!.strategyId).toBe('do-not-bet');
        expect(['Skip', 'Wait', 'Stop']).toContain(result.value.word);
      }),
      { numRuns: 300 },
    );
  });

  it('put nothing but a worthwhile hedge before it for players with a position', () => {
    const recommender = createRecommender();
    const assessment = anAssessment();
    fc.assert(
      fc.property(arbitraryProfile(), (profile) => {
        const result = recommender.recommend({ assessment, profile, conditions: CONDITIONS, now: NOW });
        if (!result.ok) throw new Error(result.error.message);
        const [first] = result.value.recommendations;
        if (first!.strategyId === 'do-not-bet') return;
        expect(first!.strategyId).toBe('rug-insurance');
        expect(first!.certaintyEquivalentLamports).toBeGreaterThan(0n);
        const ratio = Number(profile.position!.valueLamports) / Number(profile.bankrollLamports);
        expect(ratio).toBeGreaterThan(0.126);
      }),
      { numRuns: 300 },
    );
  });

  it('do not depend on the order of the registry', () => {
    const usual = createRecommender();
    const reversed = createRecommender({ strategies: [...STRATEGIES].reverse() });
    fc.assert(
      fc.property(arbitraryAssessment, arbitraryProfile(), (assessment, profile) => {
        const input = { assessment, profile, conditions: CONDITIONS, now: NOW };
        const [a, b] = [usual.recommend(input), reversed.recommend(input)];
        if (!a.ok || !b.ok) throw new Error('refused');
        expect(b.value.recommendations).toEqual(a.value.recommendations);
        expect(b.value.word).toBe(a.value.word);
      }),
    );
  });
});
