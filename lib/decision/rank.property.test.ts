import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWorthwhile, rank, SCORE_WEIGHTS } from '@/lib/decision/rank';
import { RISK_PROFILES, TIERS } from '@/lib/risk/tier';
import type { Evaluation } from '@/lib/strategy/evaluate';
import { NO_BETS_OUTLOOK } from '@/lib/strategy/outlook';
import { aContext, aProfile, arbitraryAssessment, EDGE, sol } from '@/lib/strategy/test-kit/cases';
import { lamports } from '@/lib/units/lamports';

// Laws
// - The ranking is a total order that does not depend on the order its input comes in.
// - Every component and every score lies in 0..1, and the score is the weighted sum.
// - What is not worthwhile never stands before "do not bet"; what stands before it has a higher score.

const share = fc.integer({ min: 0, max: 100 }).map((n) => n / 100);

function arbitraryEvaluation(strategyId: string): fc.Arbitrary<Evaluation> {
  return fc
    .record({
      tier: fc.constantFrom(...TIERS),
      hedges: fc.boolean(),
      bets: fc.boolean(),
      stake: fc.constantFrom(1_000_000n, 10_000_000n, 100_000_000n),
      clipped: fc.boolean(),
      // Few values, so that ties are common.
      expectedValue: fc.constantFrom(-0.09, 0, 0.1, 0.3),
      worth: fc.constantFrom(-1_000_000n, 0n, 1n, 5_000_000n),
      ruin: fc.constantFrom(0, 0.5, 1),
      sessionLimit: share,
    })
    .map(({ tier, hedges, bets, stake, clipped, expectedValue, worth, ruin, sessionLimit }) => ({
      strategyId,
      name: strategyId,
      tier,
      hedges,
      action: bets ? 'bet' : 'wait',
      stakeLamports: lamports(bets ? stake : 0n),
      wantedLamports: lamports(bets ? stake * (clipped ? 2n : 1n) : 0n),
      expectedValue: bets ? expectedValue : 0,
      expectedProfitLamports: lamports(0n),
      worstCaseLamports: lamports(bets ? -stake : 0n),
      certaintyEquivalentLamports: lamports(bets ? worth : 0n),
      outlook: { ...NO_BETS_OUTLOOK, bets: 100, ruin: bets ? ruin : 0, sessionLimit: bets ? sessionLimit : 0 },
      reasons: [],
    }));
}

const doNotBet: Evaluation = {
  strategyId: 'do-not-bet',
  name: 'Do not bet',
  tier: 'conservative',
  hedges: false,
  action: 'wait',
  stakeLamports: lamports(0n),
  wantedLamports: lamports(0n),
  expectedValue: 0,
  expectedProfitLamports: lamports(0n),
  worstCaseLamports: lamports(0n),
  certaintyEquivalentLamports: lamports(0n),
  outlook: NO_BETS_OUTLOOK,
  reasons: [],
};

const cases = fc
  .record({
    others: fc
      .integer({ min: 0, max: 7 })
      .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => arbitraryEvaluation(`strategy-${i}`)))),
    assessment: fc.oneof(arbitraryAssessment, fc.constant(EDGE)),
    riskProfile: fc.constantFrom(...RISK_PROFILES),
    position: fc.option(fc.constant({ valueLamports: sol('1') }), { nil: null }),
  })
  .map(({ others, assessment, riskProfile, position }) => ({
    evaluations: [...(others as Evaluation[]), doNotBet],
    context: aContext({ assessment, profile: aProfile({ riskProfile, position }) }),
  }));

describe('the ranking', () => {
  it('is the same whatever order the strategies come in', () => {
    fc.assert(
      fc.property(cases, fc.infiniteStream(fc.nat()), ({ evaluations, context }, keys) => {
        const shuffled = evaluations
          .map((evaluation) => ({ evaluation, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ evaluation }) => evaluation);
        expect(rank(shuffled, context)).toEqual(rank(evaluations, context));
      }),
      { numRuns: 300 },
    );
  });

  it('is a total order: any two strategies keep their order whoever else is ranked', () => {
    fc.assert(
      fc.property(cases, fc.nat(), fc.nat(), ({ evaluations, context }, i, j) => {
        const order = rank(evaluations, context).map(({ strategyId }) => strategyId);
        const a = evaluations[i % evaluations.length]!;
        const b = evaluations[j % evaluations.length]!;
        const pair = [...new Set([a, b, doNotBet])];
        const alone = rank(pair, context).map(({ strategyId }) => strategyId);
        expect(alone).toEqual(order.filter((id) => alone.includes(id)));
      }),
      { numRuns: 300 },
    );
  });

  it('scores every part in 0..1 and weighs them as stated', () => {
    expect(Object.values(SCORE_WEIGHTS).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    fc.assert(
      fc.property(cases, ({ evaluations, context }) => {
        for (const { components: c, score } of rank(evaluations, context)) {
          for (const value of Object.values(c)) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(1);
          }
          const weighed = 0.3 * c.expectedValue + 0.25 * c.confidence + 0.2 * c.risk + 0.15 * c.fit + 0.1 * c.market;
          expect(score).toBeCloseTo(weighed, 12);
        }
      }),
    );
  });

  it('puts before "do not bet" only what is worthwhile and scores higher', () => {
    let ahead = 0;
    fc.assert(
      fc.property(cases, ({ evaluations, context }) => {
        const ranked = rank(evaluations, context);
        const place = ranked.findIndex(({ strategyId }) => strategyId === 'do-not-bet');
        const toBeat = ranked[place]!.score;
        for (const [i, entry] of ranked.entries()) {
          const beats = isWorthwhile(entry, context) && entry.score > toBeat;
          expect(entry.beatsDoNotBet).toBe(beats);
          if (i !== place) expect(i < place).toBe(beats);
          if (beats) ahead++;
          if (beats && !entry.hedges) expect(entry.expectedValue).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
    expect(ahead).toBeGreaterThan(0);
  });
});
