// One strategy's advice worked out in full: what it stakes, what that is worth on average and for sure, what it can lose,
// and how its plan tends to end. The arithmetic is the same for every strategy, so no strategy can flatter itself.
import { timesRoundedDown } from '@/lib/risk/amounts';
import type { Tier } from '@/lib/risk/tier';
import { count, sol, solAbout } from '@/lib/risk/words';
import { certaintyEquivalentGain } from '@/lib/strategy/insurance';
import { certaintyEquivalent } from '@/lib/strategy/kelly';
import { NO_BETS_OUTLOOK, OUTLOOK_BETS, type Outlook, type OutlookCache } from '@/lib/strategy/outlook';
import type { Action, Decision, Strategy, StrategyContext } from '@/lib/strategy/strategy';
import { formatPercent } from '@/lib/units/format';
import { lamports, type Lamports } from '@/lib/units/lamports';

export type Evaluation = {
  readonly strategyId: string;
  readonly name: string;
  readonly tier: Tier;
  readonly hedges: boolean;
  readonly action: Action;
  /** 0 unless the action is to bet. */
  readonly stakeLamports: Lamports;
  /** What the strategy would stake without the player's limits. */
  readonly wantedLamports: Lamports;
  /** Average profit per unit staked; 0 without a bet. */
  readonly expectedValue: number;
  readonly expectedProfitLamports: Lamports;
  /** The most this one bet can lose, as a negative amount. */
  readonly worstCaseLamports: Lamports;
  /**
   * What the bet is worth for sure by log utility at the lower end of the win probability: beside the bankroll alone, or,
   * for a hedge, beside the bankroll and the position.
   */
  readonly certaintyEquivalentLamports: Lamports;
  readonly outlook: Outlook;
  /** Plain sentences, the most important first. */
  readonly reasons: readonly string[];
};

/** Throws what the strategy throws, and when its decision is no possible bet: the ranker isolates both. */
export function evaluateStrategy(strategy: Strategy, context: StrategyContext, outlooks: OutlookCache): Evaluation {
  const decision = strategy.decide(context);
  const { id: strategyId, name, tier, hedges = false } = strategy;
  if (decision.action !== 'bet') {
    const { action } = decision;
    return { strategyId, name, tier, hedges, action, ...NOTHING_STAKED, reasons: decision.reasons() };
  }
  const { stakeLamports, wantedLamports } = decision;
  if (stakeLamports <= 0n) throw new Error(`${strategyId} asked to bet ${stakeLamports} lamports`);
  const money = {
    expectedValue: context.edge.expectedValue,
    expectedProfitLamports: timesRoundedDown(stakeLamports, context.edge.expectedValue),
    certaintyEquivalentLamports: certaintyEquivalentOf(stakeLamports, hedges, context),
  };
  const outlook = outlookOf(decision, context, outlooks);
  return {
    strategyId,
    name,
    tier,
    hedges,
    action: 'bet',
    stakeLamports,
    wantedLamports,
    ...money,
    worstCaseLamports: lamports(-stakeLamports),
    outlook,
    reasons: [...decision.reasons(), ...moneyReasons({ ...money, stakeLamports, hedges }), outlookReason(outlook)],
  };
}

const NOTHING_STAKED = {
  stakeLamports: lamports(0n),
  wantedLamports: lamports(0n),
  expectedValue: 0,
  expectedProfitLamports: lamports(0n),
  worstCaseLamports: lamports(0n),
  certaintyEquivalentLamports: lamports(0n),
  outlook: NO_BETS_OUTLOOK,
} as const;

function certaintyEquivalentOf(stakeLamports: Lamports, hedges: boolean, { edge, profile }: StrategyContext): Lamports {
  const bankroll = Number(profile.bankrollLamports);
  const stake = Number(stakeLamports);
  const odds = { winProbability: edge.lower, payout: edge.payout };
  const position = hedges && profile.position ? Number(profile.position.valueLamports) : 0;
  const worth =
    position > 0
      ? certaintyEquivalentGain({ bankroll, position, stake, ...odds })
      : certaintyEquivalent({ bankroll, stake, ...odds });
  return lamports(BigInt(Math.floor(worth)));
}

function outlookOf(
  decision: Extract<Decision, { action: 'bet' }>,
  { edge, profile, conditions }: StrategyContext,
  outlooks: OutlookCache,
): Outlook {
  const { session, limits, bankrollLamports } = profile;
  return outlooks.get({
    plan: decision.plan,
    bets: decision.horizonBets ?? OUTLOOK_BETS,
    winProbability: edge.winProbability,
    payout: edge.payout,
    bankrollLamports,
    sessionBudgetLamports: lamports(limits.perSessionLossLamports + session.netLamports),
    minStakeLamports: conditions.venue.minStakeLamports,
    stakeStepLamports: conditions.venue.stakeStepLamports,
  });
}

function moneyReasons({
  stakeLamports,
  expectedProfitLamports,
  certaintyEquivalentLamports,
  hedges,
}: Pick<Evaluation, 'stakeLamports' | 'expectedProfitLamports' | 'certaintyEquivalentLamports' | 'hedges'>): string[] {
  const average =
    expectedProfitLamports < 0n
      ? `loses ${solAbout(lamports(-expectedProfitLamports))}`
      : `earns ${solAbout(expectedProfitLamports)}`;
  const reasons = [`Staking ${sol(stakeLamports)} ${average} on average, and all of it at worst.`];
  if (hedges && certaintyEquivalentLamports > 0n) {
    reasons.push(`Steadier wealth makes it worth ${solAbout(certaintyEquivalentLamports)} for sure to you even so.`);
  }
  return reasons;
}

function outlookReason({ bets, ruin, sessionLimit, hardStop, standardError }: Outlook): string {
  const chances = [
    `of ruin is ${formatPercent(ruin)}`,
    `of reaching your session limit ${formatPercent(sessionLimit)}`,
  ];
  if (hardStop > 0) chances.push(`of losing a whole ladder ${formatPercent(hardStop)}`);
  const error = standardError === null ? '' : ` (simulated, ± ${formatPercent(standardError)})`;
  return `Over ${count(bets, 'such bet')} the chance ${chances.join(', ')}${error}.`;
}
