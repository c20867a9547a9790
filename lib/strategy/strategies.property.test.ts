import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timesRoundedDown, winningsOf } from '@/lib/risk/amounts';
import type { Profile } from '@/lib/risk/profile';
import { checkRisk } from '@/lib/risk/risk-manager';
import { placeBet, settleBet } from '@/lib/risk/play-session';
import { cappedMartingale, martingaleLadder } from '@/lib/strategy/capped-martingale';
import { conservativeProgression, FIBONACCI_LADDER } from '@/lib/strategy/conservative-progression';
import { evaluateStrategy } from '@/lib/strategy/evaluate';
import { createOutlookCache } from '@/lib/strategy/outlook';
import { STRATEGIES } from '@/lib/strategy/registry';
import type { StrategyContext } from '@/lib/strategy/strategy';
import {
  aContext,
  anAssessment,
  arbitraryAssessment,
  arbitraryConditions,
  arbitraryProfile,
  CONDITIONS,
  NOW,
} from '@/lib/strategy/test-kit/cases';

// Laws, for every strategy and any profile, assessment and conditions
// - A bet's stake is at least the venue's minimum, a multiple of its step, and never above the ceiling; or there is no bet.
// - EV is the stake times the EV per unit, the worst case the stake, and probabilities lie in 0..1.
// - Deciding twice gives the same answer.
// - A ladder's stakes stay the same through a losing streak, sum to at most its share of the bankroll, and losing them all
//   breaks no limit.
// - Scaled down by adaptation, a bet is never larger than it would be unscaled.

const tunings = fc.record({
  stakeScale: fc.integer({ min: 1, max: 100 }).map((n) => n / 100),
  extraEdge: fc.constantFrom(0, 0, 0.01, 0.05),
});

const contexts: fc.Arbitrary<StrategyContext> = fc
  .tuple(arbitraryAssessment, arbitraryProfile(), arbitraryConditions, tunings)
  .map(([assessment, profile, conditions, tuning]) => aContext({ assessment, profile, conditions, tuning }));

describe.each(STRATEGIES)('$name', (strategy) => {
  it('stakes what venue and limits take, or nothing', () => {
    fc.assert(
      fc.property(contexts, (context) => {
        const decision = strategy.decide(context);
        if (decision.action !== 'bet') return;
        const { venue } = context.conditions;
        expect(decision.stakeLamports).toBeGreaterThanOrEqual(venue.minStakeLamports);
        expect(decision.stakeLamports % venue.stakeStepLamports).toBe(0n);
        expect(decision.stakeLamports).toBeLessThanOrEqual(context.ceilingLamports);
        expect(decision.stakeLamports).toBeLessThanOrEqual(decision.wantedLamports);
      }),
      { numRuns: 300 },
    );
  });

  it('reports what a stake is worth and can lose, whatever it thinks of it', () => {
    const outlooks = createOutlookCache();
    fc.assert(
      fc.property(contexts, (context) => {
        const evaluation = evaluateStrategy(strategy, context, outlooks);
        const { stakeLamports, outlook } = evaluation;
        expect(evaluation.worstCaseLamports).toBe(-stakeLamports);
        expect(evaluation.expectedProfitLamports).toBe(timesRoundedDown(stakeLamports, evaluation.expectedValue));
        for (const chance of [outlook.ruin, outlook.sessionLimit, outlook.hardStop]) {
          expect(chance).toBeGreaterThanOrEqual(0);
          expect(chance).toBeLessThanOrEqual(1 + 1e-9);
        }
        expect(evaluation.reasons.length).toBeGreaterThan(0);
        for (const reason of evaluation.reasons) expect(reason).not.toMatch(/NaN|undefined|Infinity|null/);
        expect(evaluateStrategy(strategy, context, createOutlookCache())).toEqual(evaluation);
      }),
      { numRuns: 100 },
    );
  });

  it('never stakes more for being scaled down', () => {
    fc.assert(
      fc.property(contexts, (context) => {
        const scaled = strategy.decide(context);
        const whole = strategy.decide({ ...context, tuning: { ...context.tuning, stakeScale: 1 } });
        // A ladder scaled down may fit where the whole one did not, so only bets are compared with bets.
        if (scaled.action !== 'bet' || whole.action !== 'bet') return;
        expect(scaled.stakeLamports).toBeLessThanOrEqual(whole.stakeLamports);
      }),
    );
  });
});

describe.each([
  { strategy: conservativeProgression, ladderOf: () => FIBONACCI_LADDER },
  { strategy: cappedMartingale, ladderOf: martingaleLadder },
])('the cap of $strategy.name', ({ strategy, ladderOf }) => {
  it('holds through any losing streak, from the first step to the last', () => {
    let streaks = 0;
    fc.assert(
      fc.property(arbitraryProfile({ fresh: true }), fc.constantFrom(5, 5, 2, 3), (start, payout) => {
        const assessment = anAssessment({ payout });
        const limits = { ...start.limits, coolingOffMs: 0, minReliability: 0, maxConsecutiveLosses: 100 };
        let profile: Profile = { ...start, limits, balanceLamports: null };
        const ladder = ladderOf(payout);
        const staked: bigint[] = [];
        for (;;) {
          const context = aContext({ assessment, profile, conditions: CONDITIONS });
          const decision = strategy.decide(context);
          if (decision.action !== 'bet') break;
          if (staked.length === 0 && decision.plan.kind === 'ladder') staked.push(...decision.plan.stakesLamports);
          expect(decision.stakeLamports).toBe(staked[profile.session.consecutiveLosses]);
          expect(checkRisk(context, decision.stakeLamports)).toEqual([]);
          const { stakeLamports } = decision;
          profile = settleBet(placeBet(profile, { stakeLamports, startTick: 1, endTick: 41 }), {
            won: false,
            payout,
            at: NOW,
          });
        }
        if (staked.length === 0) return;
        streaks++;
        const cap = timesRoundedDown(start.bankrollLamports, ladder.ladderFraction);
        expect(staked.length).toBe(ladder.multiples.length);
        expect(staked.reduce((sum, stake) => sum + stake, 0n)).toBeLessThanOrEqual(cap);
        expect(-profile.session.netLamports).toBeLessThanOrEqual(cap);
        expect(profile.session.consecutiveLosses).toBeLessThanOrEqual(ladder.multiples.length);
      }),
      { numRuns: 300 },
    );
    expect(streaks).toBeGreaterThan(20);
  });

  it('is never needed after a win, which more than makes good the streak at payout 5', () => {
    fc.assert(
      fc.property(arbitraryProfile({ fresh: true }), fc.nat({ max: 9 }), (start, losses) => {
        const decision = strategy.decide(aContext({ assessment: anAssessment(), profile: start }));
        if (decision.action !== 'bet' || decision.plan.kind !== 'ladder') return;
        const { stakesLamports } = decision.plan;
        const step = losses % stakesLamports.length;
        const lost = stakesLamports.slice(0, step).reduce<bigint>((sum, stake) => sum + stake, 0n);
        expect(winningsOf(stakesLamports[step]!, 5)).toBeGreaterThan(lost);
      }),
    );
  });
});
