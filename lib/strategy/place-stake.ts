// The last steps from a wanted stake to a bet, the same for every strategy: adaptation's scale, the player's limits, the
// venue's step and minimum, always rounded down. What is left is at least the venue's minimum or it is no bet.
import { floorToStep, ratioOf, smallest, timesRoundedDown } from '@/lib/risk/amounts';
import { sol, solAbout } from '@/lib/risk/words';
import { formatPercentPair } from '@/lib/units/format';
import type { Decision, StakePlan, StrategyContext } from '@/lib/strategy/strategy';
import type { Lamports } from '@/lib/units/lamports';

export function placeStake({
  context,
  wantedLamports,
  plan,
  reasons,
  horizonBets,
}: {
  context: StrategyContext;
  wantedLamports: Lamports;
  /** How it goes on from a stake of this size. */
  plan: (stakeLamports: Lamports) => StakePlan;
  reasons: (stakeLamports: Lamports) => readonly string[];
  horizonBets?: number;
}): Decision {
  const { venue } = context.conditions;
  const scaled = timesRoundedDown(wantedLamports, context.tuning.stakeScale);
  const stakeLamports = floorToStep(smallest(scaled, context.ceilingLamports), venue.stakeStepLamports);
  if (stakeLamports < venue.minStakeLamports) return { action: 'wait', reasons: () => tooSmall(context, scaled) };
  return {
    action: 'bet',
    stakeLamports,
    wantedLamports,
    plan: plan(stakeLamports),
    horizonBets,
    reasons: () => reasons(stakeLamports),
  };
}

/** A plan that keeps staking the same share of the bankroll. */
export function proportionalPlan({ profile }: StrategyContext): (stakeLamports: Lamports) => StakePlan {
  return (stakeLamports) => ({ kind: 'proportional', fraction: ratioOf(stakeLamports, profile.bankrollLamports) });
}

/** "You would need 20.0 % to break even; this bet wins 18.2 %." */
export function breakEvenSentence({ edge }: StrategyContext): string {
  const [needed, wins] = formatPercentPair(edge.breakEven, edge.winProbability);
  return `You would need ${needed} to break even; this bet wins ${wins}.`;
}

/** How the win probability stands to break-even, and what an unproven edge still lacks. */
export function noEdgeReasons(context: StrategyContext): readonly string[] {
  const { edge, tuning } = context;
  const reasons = [breakEvenSentence(context)];
  if (edge.supported || edge.winProbability <= edge.breakEven) return reasons;
  const [needed, lower] = formatPercentPair(edge.breakEven + tuning.extraEdge, edge.lower);
  reasons.push(`It could be as low as ${lower}, and ${needed} is what it must clear: not yet proven.`);
  return reasons;
}

function tooSmall({ ceilingLamports, conditions }: StrategyContext, scaled: Lamports): readonly string[] {
  const least = sol(conditions.venue.minStakeLamports);
  if (ceilingLamports === 0n) return [`Your limits leave no room for the venue's smallest bet of ${least}.`];
  return [`It would stake ${solAbout(scaled)}, and the venue takes at least ${least}.`];
}
