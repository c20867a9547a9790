// One player's recommendations for one assessment: every strategy isolated, the risk manager's word on every bet, the
// ranking, and the verdict's word. Runs in the browser at every tick and on the server when a bet is placed; it may not
// read a clock, and the only thing it keeps between calls is a cache of outlooks.
import { tightenLimits, type Adaptation } from '@/lib/decision/adapt';
import type { Assessment } from '@/lib/decision/assess';
import { isWorthwhile, rank, type Ranked } from '@/lib/decision/rank';
import { checkRecommendInput } from '@/lib/decision/recommend-input';
import type { VerdictWord } from '@/lib/decision/verdict';
import type { InputError } from '@/lib/risk/input-error';
import type { Profile } from '@/lib/risk/profile';
import { checkAnyBet, checkRisk, type Refusal } from '@/lib/risk/risk-manager';
import type { Conditions } from '@/lib/risk/venue';
import { createContext } from '@/lib/strategy/context';
import { doNotBet } from '@/lib/strategy/do-not-bet';
import { evaluateStrategy, type Evaluation } from '@/lib/strategy/evaluate';
import { createOutlookCache, type OutlookCache } from '@/lib/strategy/outlook';
import { STRATEGIES } from '@/lib/strategy/registry';
import { NEUTRAL_TUNING, type Strategy, type StrategyContext } from '@/lib/strategy/strategy';
import { err, ok, type Result } from '@/lib/units/result';
import { epochMs, type EpochMs } from '@/lib/units/time';

export type RecommendInput = {
  readonly assessment: Assessment;
  readonly profile: Profile;
  readonly conditions: Conditions;
  readonly now: EpochMs;
  readonly adaptation?: Adaptation;
};

export type Recommendation = Ranked & {
  /** 1 is the one to follow. */
  readonly priority: number;
};

export type RecommendationSet = {
  readonly tick: number;
  readonly madeAt: EpochMs;
  /** The advice is for one tick: after the next two are due it says nothing any more. */
  readonly expiresAt: EpochMs;
  readonly word: VerdictWord;
  /** At most five, best first, "do not bet" always among them. */
  readonly recommendations: readonly Recommendation[];
  /** Bets the risk manager refused, with every rule that refused them. */
  readonly refused: readonly { readonly evaluation: Evaluation; readonly refusals: readonly Refusal[] }[];
  /** Strategies that failed: shown as degraded, while the others go on. */
  readonly degraded: readonly { readonly strategyId: string; readonly name: string; readonly message: string }[];
};

export type Recommender = {
  recommend(input: RecommendInput): Result<RecommendationSet, InputError>;
  /** How often each strategy has failed since the start. */
  failures(): ReadonlyMap<string, number>;
};

export const RECOMMENDATIONS_MAX = 5;
const EXPIRY_TICKS = 2;

/** Keeps the outlook cache and the count of failures; both bounded by the number of strategies or a named constant. */
export function createRecommender({ strategies = STRATEGIES }: { strategies?: readonly Strategy[] } = {}): Recommender {
  const outlooks = createOutlookCache();
  const failures = new Map<string, number>();
  return {
    recommend(input) {
      const result = recommend({ ...input, strategies, outlooks });
      if (!result.ok) return result;
      for (const { strategyId } of result.value.degraded) failures.set(strategyId, (failures.get(strategyId) ?? 0) + 1);
      return result;
    },
    failures: () => failures,
  };
}

export function recommend({
  assessment,
  profile,
  conditions,
  now,
  adaptation,
  strategies,
  outlooks,
}: RecommendInput & {
  strategies: readonly Strategy[];
  outlooks: OutlookCache;
}): Result<RecommendationSet, InputError> {
  const tuning = adaptation?.tuning ?? NEUTRAL_TUNING;
  const error = checkRecommendInput({ assessment, profile, conditions, strategies, now, tuning });
  if (error) return err(error);
  const limits = adaptation ? tightenLimits(profile.limits, adaptation.limits) : profile.limits;
  const context = createContext({ assessment, profile: { ...profile, limits }, conditions, now, tuning });
  const outcome = evaluateAll({ strategies: shownStrategies(strategies, profile), context, outlooks });
  const ranked = rank(outcome.passed, context);
  return ok({
    tick: assessment.tick,
    madeAt: now,
    expiresAt: epochMs(now + EXPIRY_TICKS * assessment.timing.intervalMs),
    word: decideWord({ best: ranked[0]!, refused: outcome.refused, context }),
    recommendations: chooseBest(ranked),
    refused: outcome.refused,
    degraded: outcome.degraded,
  });
}

/** "Do not bet" and the strategies of the tiers the player wants to see. */
function shownStrategies(strategies: readonly Strategy[], { tiers }: Profile): readonly Strategy[] {
  return [doNotBet, ...strategies.filter(({ id, tier }) => id !== doNotBet.id && tiers.includes(tier))];
}

type Outcome = {
  readonly passed: Evaluation[];
  readonly refused: { evaluation: Evaluation; refusals: readonly Refusal[] }[];
  readonly degraded: { strategyId: string; name: string; message: string }[];
};

function evaluateAll({
  strategies,
  context,
  outlooks,
}: {
  strategies: readonly Strategy[];
  context: StrategyContext;
  outlooks: OutlookCache;
}): Outcome {
  const outcome: Outcome = { passed: [], refused: [], degraded: [] };
  for (const strategy of strategies) {
    try {
      const evaluation = evaluateStrategy(strategy, context, outlooks);
      const refusals = evaluation.action === 'bet' ? checkRisk(context, evaluation.stakeLamports) : [];
      if (refusals.length > 0) outcome.refused.push({ evaluation, refusals });
      else outcome.passed.push(evaluation);
    } catch (cause) {
      if (strategy === doNotBet) throw cause; // Without it there is no advice to give.
      const message = cause instanceof Error ? cause.message : String(cause);
      outcome.degraded.push({ strategyId: strategy.id, name: strategy.name, message });
    }
  }
  return outcome;
}

/** The first five, with "do not bet" in the last place if it came later than that. */
function chooseBest(ranked: readonly Ranked[]): readonly Recommendation[] {
  const best = ranked.slice(0, RECOMMENDATIONS_MAX);
  const isDoNotBet = ({ strategyId }: Ranked) => strategyId === doNotBet.id;
  if (!best.some(isDoNotBet)) best[RECOMMENDATIONS_MAX - 1] = ranked.find(isDoNotBet)!;
  return best.map((entry, index) => ({ ...entry, priority: index + 1 }));
}

/**
 * Wait promises that waiting may change something: betting is closed, the feed is silent, or a worthwhile bet is only held
 * up by rules that pass by themselves. Where no bet is worth placing, the word is Skip.
 */
function decideWord({
  best,
  refused,
  context,
}: {
  best: Ranked;
  refused: Outcome['refused'];
  context: StrategyContext;
}): VerdictWord {
  if (best.action === 'bet') return best.hedges ? 'Hedge' : 'Bet';
  if (best.action === 'stop') return 'Stop';
  const blocked = checkAnyBet(context);
  if (blocked.some(({ rule }) => rule === 'betting-closed' || rule === 'stale-feed')) return 'Wait';
  const heldUp = refused.some(
    ({ evaluation, refusals }) => isWorthwhile(evaluation, context) && refusals.every(({ kind }) => kind === 'wait'),
  );
  return heldUp ? 'Wait' : 'Skip';
}
