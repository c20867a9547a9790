// Adaptive timing: where there is a supported edge, bets only while ticks are steady and the bet is likely to be taken,
// and stakes less the less they are. Timing never creates an edge: windows count ticks, not milliseconds.
import { timesRoundedDown } from '@/lib/risk/amounts';
import { formatPercent } from '@/lib/units/format';
import { kellyFraction } from '@/lib/strategy/kelly';
import { breakEvenSentence, noEdgeReasons, placeStake, proportionalPlan } from '@/lib/strategy/place-stake';
import type { Strategy, StrategyContext } from '@/lib/strategy/strategy';
import { computeAcceptProbability } from '@/lib/timing/accept-probability';

/** Before timing and acceptance take their part: the middle step of the zone strategy. */
const STAKE_FRACTION = 0.01;
/** A connection for which more than a third of ticks are off their beat cannot aim at a tick. */
const RELIABILITY_MIN = 0.65;
/** At the published hazard, 0.97 is a round trip of about six ticks, 1.5 s. */
const ACCEPT_MIN = 0.97;

export const adaptiveTiming: Strategy = {
  id: 'adaptive-timing',
  name: 'Adaptive timing',
  tier: 'moderate',
  summary: 'Bets a proven edge only while ticks are steady and your connection is quick, and stakes accordingly.',
  parameters: { stakeFraction: STAKE_FRACTION, reliabilityMin: RELIABILITY_MIN, acceptMin: ACCEPT_MIN },
  decide(context) {
    const { edge, profile, assessment } = context;
    if (!edge.supported) return { action: 'wait', reasons: () => noEdgeReasons(context) };
    const { reliability } = assessment.timing;
    const accept = acceptProbabilityFor(context);
    if (reliability < RELIABILITY_MIN || accept < ACCEPT_MIN) {
      return { action: 'wait', reasons: () => unsteady(reliability, accept) };
    }
    const kellyAtLower = kellyFraction({ winProbability: edge.lower, payout: edge.payout });
    const fraction = Math.min(STAKE_FRACTION * reliability * accept, kellyAtLower);
    return placeStake({
      context,
      wantedLamports: timesRoundedDown(profile.bankrollLamports, fraction),
      plan: proportionalPlan(context),
      reasons: () => [
        breakEvenSentence(context),
        `Ticks are steady (reliability ${reliability.toFixed(2)}) and the bet is taken in time with ${formatPercent(accept)}.`,
      ],
    });
  },
};

/** P(a bet sent now is taken before a rug) over the player's own connection. */
export function acceptProbabilityFor({ assessment, profile }: Pick<StrategyContext, 'assessment' | 'profile'>): number {
  return computeAcceptProbability({
    hazard: assessment.hazard,
    latencyMs: profile.latencyMs,
    intervalMs: assessment.timing.intervalMs,
  });
}

function unsteady(reliability: number, accept: number): readonly string[] {
  const reasons: string[] = [];
  if (reliability < RELIABILITY_MIN) {
    reasons.push(`Tick timing is unsteady: reliability ${reliability.toFixed(2)}, it asks for ${RELIABILITY_MIN}.`);
  }
  if (accept < ACCEPT_MIN) {
    reasons.push(
      `A bet sent now is taken in time with ${formatPercent(accept)}; it asks for ${formatPercent(ACCEPT_MIN)}.`,
    );
  }
  return reasons;
}
