// Fractional Kelly: a part of the growth-optimal stake, shrunk for the uncertainty of the win probability, never above
// full Kelly at the lower end of its interval, and nothing at all while the edge is not supported.
import { timesRoundedDown } from '@/lib/risk/amounts';
import type { RiskProfile } from '@/lib/risk/tier';
import { formatPercent } from '@/lib/units/format';
import { kellyFraction, kellyShrinkage } from '@/lib/strategy/kelly';
import { breakEvenSentence, noEdgeReasons, placeStake, proportionalPlan } from '@/lib/strategy/place-stake';
import type { Strategy, StrategyContext } from '@/lib/strategy/strategy';

/**
 * Half Kelly keeps about three quarters of the growth at half the swings, a quarter keeps seven sixteenths: MacLean,
 * Thorp & Ziemba (2011), "The Kelly Capital Growth Investment Criterion", part III.
 */
const KELLY_SHARE: Record<RiskProfile, number> = { conservative: 0.25, moderate: 0.5, aggressive: 0.75 };

export const fractionalKelly: Strategy = {
  id: 'fractional-kelly',
  name: 'Fractional Kelly',
  tier: 'mathematical',
  summary: 'Stakes a part of the growth-optimal share, less the less certain the win probability is.',
  parameters: {
    shareConservative: KELLY_SHARE.conservative,
    shareModerate: KELLY_SHARE.moderate,
    shareAggressive: KELLY_SHARE.aggressive,
  },
  decide(context) {
    if (!context.edge.supported) return { action: 'wait', reasons: () => noEdgeReasons(context) };
    const fraction = fractionalKellyFraction(context);
    return placeStake({
      context,
      wantedLamports: timesRoundedDown(context.profile.bankrollLamports, fraction),
      plan: proportionalPlan(context),
      reasons: () => [
        breakEvenSentence(context),
        `Growth is fastest at ${formatPercent(kellyFraction(context.edge), 2)} of your bankroll; being unsure, it stakes ${formatPercent(fraction, 2)}.`,
      ],
    });
  },
};

export function fractionalKellyFraction({ edge, profile }: StrategyContext): number {
  const shrunk = kellyShrinkage(edge) * kellyFraction(edge);
  const atLower = kellyFraction({ winProbability: edge.lower, payout: edge.payout });
  return KELLY_SHARE[profile.riskProfile] * Math.min(shrunk, atLower);
}
