import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerInsurance } from '@/components/advice/answer-insurance';
import { anEdge, aSteadyAssessment } from '@/components/advice/test-kit/advice-fixtures';
import { defaultProfile } from '@/components/advice/profile-store';
import { createRecommender } from '@/lib/decision/recommend';
import { createProfile, type Profile } from '@/lib/risk/profile';
import { DEFAULT_VENUE } from '@/lib/risk/venue';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';

const CONDITIONS = { venue: DEFAULT_VENUE, feed: { status: 'connected', ageMs: 10 }, phase: 'active' } as const;

function answer(positionLamports: bigint, { profile = defaultProfile(), assessment = aSteadyAssessment() } = {}) {
  const now = epochMs(0);
  const result = answerInsurance({
    assessment,
    profile,
    conditions: CONDITIONS,
    positionLamports: lamports(positionLamports),
    now,
  });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
const unlimited = (): Profile => {
  const profile = createProfile(lamports(1_000_000_000n), 50);
  const all = profile.bankrollLamports;
  const limits = {
    ...profile.limits,
    maxStakeFraction: 1,
    perGameLossLamports: all,
    perSessionLossLamports: all,
    maxDrawdownFraction: 1,
  };
  return { ...profile, limits };
};

describe('the insurance calculator', () => {
  it('insures a large position within the player’s limits, and says what would be best', () => {
    const limited = answer(500_000_000n);
    expect(limited.stake).toBe('0.05');
    expect(limited.sentence).toContain('Best would be 0.0679 SOL; this is what your limits allow.');
    expect(limited.rows).toContainEqual({ label: 'If it rugs within 40 ticks', value: '−0.3 SOL, uninsured −0.5 SOL' });
    expect(answer(500_000_000n, { profile: unlimited() }).stake).toMatch(/^0\.0679/);
  });

  it('leaves a small position uninsured and says from which size it pays', () => {
    const small = answer(100_000_000n);
    expect(small.stakeLamports).toBe(0n);
    expect(small.sentence).toContain('too small beside your bankroll');
    expect(small.rows).toContainEqual({
      label: 'Worth it from a position of',
      value: '0.126 SOL, 12.6 % of your bankroll',
    });
    expect(answer(140_000_000n).stakeLamports).toBeGreaterThan(0n);
    const barely = answer(127_000_000n);
    expect(barely.stakeLamports).toBe(0n);
    expect(barely.sentence).toContain('the venue takes at least 0.001 SOL: leave it.');
  });

  it('says that selling beats insuring, unless the bet gains by itself', () => {
    expect(answer(500_000_000n).selling).toMatch(/^Selling beats insuring: it keeps 0.5 SOL for certain/);
    const edge = answer(500_000_000n, { assessment: anEdge() });
    expect(edge.selling).not.toContain('Selling beats');
    expect(edge.rows).toContainEqual({ label: 'Worth it from a position of', value: 'any size' });
  });

  it('stakes what the insurance strategy would, whatever the position', () => {
    const recommender = createRecommender();
    const assessment = aSteadyAssessment();
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 20_000_000_000n }), (position) => {
        const profile = { ...defaultProfile(), position: { valueLamports: lamports(position) } };
        const set = recommender.recommend({ assessment, profile, conditions: CONDITIONS, now: epochMs(1) });
        if (!set.ok) throw new Error(set.error.message);
        const advised = set.value.recommendations.find(({ strategyId }) => strategyId === 'rug-insurance');
        expect(answer(position).stakeLamports).toBe(advised?.stakeLamports);
      }),
      { numRuns: 60 },
    );
  });

  it('names the field of a position that cannot be', () => {
    const input = {
      assessment: aSteadyAssessment(),
      profile: defaultProfile(),
      conditions: CONDITIONS,
      now: epochMs(0),
    };
    expect(answerInsurance({ ...input, positionLamports: lamports(0n) })).toMatchObject({
      ok: false,
      error: { field: 'positionLamports' },
    });
  });
});
