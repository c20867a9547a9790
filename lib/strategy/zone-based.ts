// Zone-based: no bet outside the positive zone; inside it, a small share of the bankroll in three steps by how far the
// lower end of the win probability clears break-even, never above full Kelly at that lower end.
import { timesRoundedDown } from '@/lib/risk/amounts';
import { formatPercent } from '@/lib/units/format';
import { kellyFraction } from '@/lib/strategy/kelly';
import { breakEvenSentence, noEdgeReasons, placeStake, proportionalPlan } from '@/lib/strategy/place-stake';
import type { Strategy } from '@/lib/strategy/strategy';

/**
 * From a margin of `from` on, stake `fraction`. At payout 5 full Kelly is 1.25 × the margin, so the two upper steps begin
 * below half of it (2.5 and 6.25 %); the lowest begins above it, which is what the cap at full Kelly is for.
 */
const STEPS = [
  { from: 0.05, fraction: 0.02 },
  { from: 0.02, fraction: 0.01 },
  { from: 0, fraction: 0.005 },
] as const;

export const zoneBased: Strategy = {
  id: 'zone-based',
  name: 'Zone',
  tier: 'moderate',
  summary: 'Bets only in the positive zone: 0.5, 1 or 2 % of the bankroll by how far the edge is proven.',
  parameters: { smallFraction: 0.005, middleFraction: 0.01, largeFraction: 0.02, middleFrom: 0.02, largeFrom: 0.05 },
  decide(context) {
    const { edge } = context;
    if (!edge.supported) return { action: 'wait', reasons: () => noEdgeReasons(context) };
    const margin = edge.lower - edge.breakEven;
    const step = STEPS.find(({ from }) => margin >= from)!;
    const kellyAtLower = kellyFraction({ winProbability: edge.lower, payout: edge.payout });
    return placeStake({
      context,
      wantedLamports: timesRoundedDown(context.profile.bankrollLamports, Math.min(step.fraction, kellyAtLower)),
      plan: proportionalPlan(context),
      reasons: () => [
        breakEvenSentence(context),
        `Even the low end of the estimate clears break-even by ${formatPercent(margin)}: the zone is positive.`,
      ],
    });
  },
};
