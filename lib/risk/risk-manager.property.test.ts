import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRisk, computeStakeCeiling } from '@/lib/risk/risk-manager';
import type { Profile } from '@/lib/risk/profile';
import { placeBet, settleBet, startGame } from '@/lib/risk/play-session';
import {
  aContext,
  arbitraryAssessment,
  arbitraryConditions,
  arbitraryProfile,
  CONDITIONS,
  EDGE,
  NOW,
} from '@/lib/strategy/test-kit/cases';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';

// Laws, for any profile, assessment and conditions
// - A stake that passes breaks no limit when it is lost, and neither does any run of passed bets with any outcomes.
// - The ceiling breaks no stake rule, and one step above it breaks one.
// - Refusals grow with the stake: what is refused stays refused when more is staked (the venue's minimum aside).

const stakes = fc.bigInt({ min: 1n, max: 1_000_000_000_000n }).map(lamports);
const STATE_RULES = ['settlement-pending', 'stale-feed', 'betting-closed', 'one-open-bet', 'consecutive-losses'];
const NO_STAKE_RULES = [...STATE_RULES, 'cooling-off', 'low-reliability', 'venue-minimum'];

describe('limits under the risk manager', () => {
  it('hold whatever a passed bet does', () => {
    let passed = 0;
    const percent = fc.bigInt({ min: 1n, max: 120n });
    fc.assert(
      fc.property(
        arbitraryAssessment,
        arbitraryProfile(),
        arbitraryConditions,
        percent,
        (assessment, profile, conditions, share) => {
          const context = aContext({ assessment, profile, conditions });
          const stake = lamports((context.ceilingLamports * share) / 100n);
          if (checkRisk(context, stake).length > 0) return;
          passed++;
          expectWithinLimits(settleBet(placeBet(profile, openBet(stake)), { won: false, payout: 5, at: NOW }), stake);
        },
      ),
      { numRuns: 1_000 },
    );
    expect(passed).toBeGreaterThan(20);
  });

  it('hold through whole sessions of passed bets', () => {
    const steps = fc.array(
      fc.record({ share: fc.bigInt({ min: 1n, max: 120n }), won: fc.boolean(), newGame: fc.boolean() }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(arbitraryProfile({ fresh: true }), steps, (start, run) => {
        let profile: Profile = { ...start, limits: { ...start.limits, minReliability: 0 } };
        let now = NOW;
        for (const { share, won, newGame } of run) {
          now = epochMs(now + 10_000);
          if (newGame) profile = startGame(profile);
          const input = { assessment: EDGE, profile, conditions: CONDITIONS, now };
          // Up to a fifth more than the ceiling is asked for, so that refusals are met too.
          const stake = lamports((computeStakeCeiling(input) * share) / 100n);
          if (checkRisk(input, stake).length > 0) continue;
          profile = settleBet(placeBet(profile, openBet(stake)), { won, payout: 5, at: now });
          if (!won) expectWithinLimits(profile, stake);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('have a ceiling that is the largest stake no stake rule refuses', () => {
    fc.assert(
      fc.property(arbitraryAssessment, arbitraryProfile(), arbitraryConditions, (assessment, profile, conditions) => {
        const context = aContext({ assessment, profile, conditions });
        const ceiling = computeStakeCeiling(context);
        const step = conditions.venue.stakeStepLamports;
        if (ceiling > 0n) expect(stakeRefusals(context, ceiling)).toEqual([]);
        const next = ceiling > 0n ? ceiling + step : firstStep(conditions.venue.minStakeLamports, step);
        expect(stakeRefusals(context, lamports(next))).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('never allow more where they refuse less', () => {
    fc.assert(
      fc.property(arbitraryProfile(), arbitraryConditions, stakes, stakes, (profile, conditions, stake, more) => {
        const context = aContext({ profile, conditions });
        const refused = stakeRefusals(context, stake);
        const refusedAbove = stakeRefusals(context, lamports(stake + more));
        expect(refusedAbove).toEqual(expect.arrayContaining(refused));
      }),
    );
  });
});

function openBet(stakeLamports: bigint) {
  return { stakeLamports: lamports(stakeLamports), startTick: 100, endTick: 140 };
}

function stakeRefusals(context: ReturnType<typeof aContext>, stake: bigint): string[] {
  const rules = checkRisk(context, lamports(stake)).map(({ rule }) => rule);
  return rules.filter((rule) => !NO_STAKE_RULES.includes(rule));
}

/** The smallest multiple of the step that the venue takes. */
function firstStep(min: bigint, step: bigint): bigint {
  return ((min + step - 1n) / step) * step;
}

function expectWithinLimits({ bankrollLamports, balanceLamports, session, limits }: Profile, stake: bigint): void {
  expect(-session.netLamports).toBeLessThanOrEqual(limits.perSessionLossLamports);
  expect(-session.gameNetLamports).toBeLessThanOrEqual(limits.perGameLossLamports);
  expect(session.consecutiveLosses).toBeLessThanOrEqual(limits.maxConsecutiveLosses);
  expect(bankrollLamports).toBeGreaterThanOrEqual(limits.minBalanceLamports);
  if (balanceLamports !== null) expect(balanceLamports).toBeGreaterThanOrEqual(limits.minBalanceLamports);
  const peak = Number(bankrollLamports - session.netLamports + session.peakNetLamports);
  expect(1 - Number(bankrollLamports) / peak).toBeLessThanOrEqual(limits.maxDrawdownFraction + 1e-9);
  const before = Number(bankrollLamports) + Number(stake);
  expect(Number(stake) / before).toBeLessThanOrEqual(limits.maxStakeFraction + 1e-9);
}
