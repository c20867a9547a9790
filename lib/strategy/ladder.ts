// What both progressions share: a ladder of stakes, one step up for each loss in a row, sized so that losing all of it
// fits inside the player's limits as they stood when the losing streak began. A progression changes how losses are
// spread, never the EV: every step is the same losing or winning bet.
import { floorToStep, largest, smallest, timesRoundedDown } from '@/lib/risk/amounts';
import { STAKE_GUARDS } from '@/lib/risk/guards';
import { sol } from '@/lib/risk/words';
import { formatPercent } from '@/lib/units/format';
import { breakEvenSentence, placeStake } from '@/lib/strategy/place-stake';
import type { Decision, StrategyContext } from '@/lib/strategy/strategy';
import { lamports, type Lamports } from '@/lib/units/lamports';

export type Ladder = {
  /** Stakes as whole multiples of one unit, first step first. */
  readonly multiples: readonly number[];
  /** Most of the bankroll that one whole ladder may lose. */
  readonly ladderFraction: number;
};

export function decideLadder(context: StrategyContext, ladder: Ladder): Decision {
  const { session } = context.profile;
  const { multiples } = ladder;
  const step = session.consecutiveLosses;
  if (step >= multiples.length) {
    const lost = sol(session.streakLossLamports);
    return {
      action: 'stop',
      reasons: () => [`All ${multiples.length} steps were lost, ${lost} together: it stops here.`],
    };
  }
  const stakesLamports = ladderStakes(context, ladder);
  const total = sum(stakesLamports);
  if (stakesLamports[0]! < context.conditions.venue.minStakeLamports) {
    const room = sol(ladderBudget(context, ladder.ladderFraction));
    return {
      action: 'wait',
      reasons: () => [`A whole ladder may cost ${room}: too little for the venue's smallest bet.`],
    };
  }
  const decision = placeStake({
    context: { ...context, tuning: { ...context.tuning, stakeScale: 1 } }, // The ladder is scaled as a whole.
    wantedLamports: stakesLamports[step]!,
    plan: () => ({ kind: 'ladder', stakesLamports, step }),
    reasons: () => [
      breakEvenSentence(context),
      `Step ${step + 1} of ${multiples.length}; losing every step costs ${sol(total)} and happens to ${formatPercent((1 - context.edge.winProbability) ** multiples.length)} of ladders.`,
    ],
  });
  // A smaller stake than the ladder's would not make good the losses before it: that is no step of this ladder.
  if (decision.action === 'bet' && decision.stakeLamports < stakesLamports[step]!) {
    return {
      action: 'wait',
      reasons: () => [`Step ${step + 1} would be ${sol(stakesLamports[step]!)}, above your limits now.`],
    };
  }
  return decision;
}

/** The ladder's stakes, each a multiple of the venue's step; the same at every step of one losing streak. */
export function ladderStakes(context: StrategyContext, { multiples, ladderFraction }: Ladder): readonly Lamports[] {
  const { profile, conditions, tuning } = context;
  const { maxStakeLamports, stakeStepLamports } = conditions.venue;
  const budget = ladderBudget(context, ladderFraction);
  // Later steps are staked from a bankroll that has lost the earlier ones, so the share is taken from that.
  const worstBankroll = bankrollAtStart(context) - budget;
  const top = smallest(maxStakeLamports, timesRoundedDown(worstBankroll, profile.limits.maxStakeFraction));
  const unit = smallest(budget / BigInt(sumOf(multiples)), top / BigInt(Math.max(...multiples)));
  const steppedUnit = floorToStep(timesRoundedDown(unit, tuning.stakeScale), stakeStepLamports);
  return multiples.map((multiple) => lamports(steppedUnit * BigInt(multiple)));
}

/** What one whole ladder may lose: its share of the bankroll, a game's limit, and what the others left when it began. */
function ladderBudget(context: StrategyContext, ladderFraction: number): Lamports {
  const { limits, session } = context.profile;
  let budget = smallest(timesRoundedDown(bankrollAtStart(context), ladderFraction), limits.perGameLossLamports);
  for (const guard of STAKE_GUARDS) {
    if (!CUMULATIVE_RULES.has(guard.rule)) continue;
    budget = smallest(budget, guard.headroomLamports(context) + session.streakLossLamports);
  }
  return largest(budget, 0n);
}

/** Rules whose headroom shrinks by every loss, so that a ladder must fit in it whole. */
const CUMULATIVE_RULES = new Set(['session-loss', 'drawdown', 'insufficient-balance']);

function bankrollAtStart({ profile }: StrategyContext): bigint {
  return profile.bankrollLamports + profile.session.streakLossLamports;
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
