// Ranks evaluated strategies for one player: a composite score of five parts in 0..1, and one rule above the score: a bet
// stands before "do not bet" only if it is worth something for sure. A total order, whatever order they come in.
// Definitions and weights: docs/decision-core/strategies.md, "Ranking".
import { ratioOf } from '@/lib/risk/amounts';
import { RISK_PROFILES, TIERS, type RiskProfile, type Tier } from '@/lib/risk/tier';
import { acceptProbabilityFor } from '@/lib/strategy/adaptive-timing';
import { doNotBet } from '@/lib/strategy/do-not-bet';
import { probabilityAbove } from '@/lib/strategy/edge';
import type { Evaluation } from '@/lib/strategy/evaluate';
import { worthwhileProbability } from '@/lib/strategy/insurance';
import type { StrategyContext } from '@/lib/strategy/strategy';

export const SCORE_WEIGHTS = { expectedValue: 0.3, confidence: 0.25, risk: 0.2, fit: 0.15, market: 0.1 } as const;
export type ScoreComponents = { readonly [Part in keyof typeof SCORE_WEIGHTS]: number };

export type Ranked = Evaluation & {
  /** Weighted sum of the components, 0..1. */
  readonly score: number;
  readonly components: ScoreComponents;
  /** Whether it is worth more than not betting: only then may it stand before it. */
  readonly beatsDoNotBet: boolean;
};

/** `evaluations` holds "do not bet" and what the risk manager let through; ids are unique. Best first. */
export function rank(evaluations: readonly Evaluation[], context: StrategyContext): readonly Ranked[] {
  const scored = evaluations.map((evaluation) => {
    const components = computeComponents(evaluation, context);
    return { ...evaluation, components, score: weigh(components) };
  });
  const toBeat = scored.find(({ strategyId }) => strategyId === doNotBet.id)?.score ?? Infinity;
  return scored
    .map((entry) => ({ ...entry, beatsDoNotBet: isWorthwhile(entry, context) && entry.score > toBeat }))
    .sort(compareRanked);
}

/**
 * A hedge is worthwhile by certainty equivalent alone. Any other bet needs a supported edge, a positive EV at the lower end
 * of the interval, and a stake small enough that it is also worth something for sure by log utility.
 */
export function isWorthwhile(evaluation: Evaluation, { edge }: StrategyContext): boolean {
  if (evaluation.action !== 'bet' || evaluation.certaintyEquivalentLamports <= 0n) return false;
  return evaluation.hedges || (edge.supported && edge.expectedValueLower > 0 && evaluation.expectedValue > 0);
}

/** What beats not betting, then not betting, then the rest; by score, tier and id within each. */
function compareRanked(a: Ranked, b: Ranked): number {
  return (
    groupOf(a) - groupOf(b) ||
    b.score - a.score ||
    TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) ||
    (a.strategyId < b.strategyId ? -1 : a.strategyId > b.strategyId ? 1 : 0)
  );
}

function groupOf({ beatsDoNotBet, strategyId }: Ranked): number {
  return beatsDoNotBet ? 0 : strategyId === doNotBet.id ? 1 : 2;
}

function weigh(components: ScoreComponents): number {
  let score = 0;
  for (const [part, weight] of Object.entries(SCORE_WEIGHTS)) {
    score += weight * components[part as keyof ScoreComponents];
  }
  return score;
}

function computeComponents(evaluation: Evaluation, context: StrategyContext): ScoreComponents {
  const bets = evaluation.action === 'bet';
  return {
    expectedValue: bets ? valueComponent(evaluation) : 0.5,
    confidence: confidenceComponent(evaluation, context),
    risk: bets ? riskComponent(evaluation, context) : 1,
    fit: fitComponent(evaluation, context.profile.riskProfile),
    market: bets ? context.assessment.timing.reliability * acceptProbabilityFor(context) : 1,
  };
}

/** EV per unit staked at which the part is 0 or 1; ±20 % is as far as an honest edge or loss goes at payout 5. */
const VALUE_RANGE = 0.2;

/** 0.5 at no gain, linear in the EV per unit staked; for a hedge, in its certainty equivalent per unit staked. */
function valueComponent({ expectedValue, hedges, certaintyEquivalentLamports, stakeLamports }: Evaluation): number {
  const value = hedges ? ratioOf(certaintyEquivalentLamports, stakeLamports) : expectedValue;
  return clamp(0.5 + value / (2 * VALUE_RANGE));
}

/**
 * P(the advice is right): for a bet, that the win probability is above break-even; for a hedge, above the probability from
 * which insuring this position pays; for no bet, that it is not above the lower of the two.
 */
function confidenceComponent({ action, hedges }: Evaluation, { edge, profile }: StrategyContext): number {
  const { position, bankrollLamports } = profile;
  const worthwhileFrom = position
    ? worthwhileProbability({
        bankroll: Number(bankrollLamports),
        position: Number(position.valueLamports),
        payout: edge.payout,
      })
    : edge.breakEven;
  if (action !== 'bet') return 1 - probabilityAbove(edge, worthwhileFrom);
  return probabilityAbove(edge, hedges ? worthwhileFrom : edge.breakEven);
}

/** (1 − the likeliest of ruin, session limit and hard stop) × (1 − stake as a share of the bankroll). */
function riskComponent({ outlook, stakeLamports }: Evaluation, { profile }: StrategyContext): number {
  const likeliest = Math.max(outlook.ruin, outlook.sessionLimit, outlook.hardStop);
  return clamp(1 - likeliest) * clamp(1 - ratioOf(stakeLamports, profile.bankrollLamports));
}

/** A formula has no temperament: it fits everybody, a little less than what one would have chosen oneself. */
const MATHEMATICAL_FIT = 0.8;

/** 1 for the player's own tier, half for the next, 0 beyond; times the share of its wanted stake that limits leave. */
function fitComponent(evaluation: Evaluation, riskProfile: RiskProfile): number {
  if (evaluation.strategyId === doNotBet.id) return 1;
  const share = evaluation.action === 'bet' ? ratioOf(evaluation.stakeLamports, evaluation.wantedLamports) : 1;
  return tierFit(evaluation.tier, riskProfile) * clamp(share);
}

function tierFit(tier: Tier, riskProfile: RiskProfile): number {
  if (tier === 'mathematical') return MATHEMATICAL_FIT;
  return 1 - Math.abs(RISK_PROFILES.indexOf(tier) - RISK_PROFILES.indexOf(riskProfile)) / 2;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
