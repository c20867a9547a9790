// A plan's outlook: how likely ruin, the session limit and the plan's own end are over its next bets. Exact wherever the
// plan's state is small, seeded Monte Carlo with its standard error otherwise. Cached, since it changes only when the
// bankroll, the plan or the win probability does, and not from tick to tick.
import { ratioOf, winningsOf } from '@/lib/risk/amounts';
import {
  flatLossesToHit,
  hardStopProbability,
  hitProbability,
  ladderHitProbability,
  proportionalLossesToHit,
} from '@/lib/strategy/ruin';
import { simulatePlan, type PlanQuestion } from '@/lib/strategy/simulate-plan';
import type { StakePlan } from '@/lib/strategy/strategy';
import type { Lamports } from '@/lib/units/lamports';

export type Outlook = {
  readonly bets: number;
  /** P(the bankroll no longer holds the plan's next stake), playing on through any limit. */
  readonly ruin: number;
  /** P(the session limit no longer allows the plan's next stake). */
  readonly sessionLimit: number;
  /** P(a progression loses its last step); 0 for plans without an end. */
  readonly hardStop: number;
  readonly method: 'exact' | 'monte-carlo';
  /** Largest standard error of the three; null when they are exact. */
  readonly standardError: number | null;
};

/** A long evening: about twenty games of five windows. */
export const OUTLOOK_BETS = 100;
export const NO_BETS_OUTLOOK: Outlook = {
  bets: 0,
  ruin: 0,
  sessionLimit: 0,
  hardStop: 0,
  method: 'exact',
  standardError: null,
};

/** Standard error at most 1.2 points, in about three milliseconds. */
const MONTE_CARLO_PATHS = 2_000;
const MONTE_CARLO_SEED = 40;

export function computeOutlook(question: PlanQuestion): Outlook {
  return computeExactOutlook(question) ?? simulateOutlook(question);
}

/** Null when the plan has no small exact state. */
function computeExactOutlook(question: PlanQuestion): Outlook | null {
  const { bets, plan, winProbability } = question;
  const ruin = hitBudget(question, question.bankrollLamports, 'ruin');
  const sessionLimit = ruin === null ? null : hitBudget(question, question.sessionBudgetLamports, 'limit');
  if (ruin === null || sessionLimit === null) return null;
  const hardStop =
    plan.kind === 'ladder'
      ? hardStopProbability({ bets, winProbability, steps: plan.stakesLamports.length, step: plan.step })
      : 0;
  return { bets, ruin, sessionLimit, hardStop, method: 'exact', standardError: null };
}

function simulateOutlook(question: PlanQuestion): Outlook {
  const simulated = simulatePlan(question, { paths: MONTE_CARLO_PATHS, seed: MONTE_CARLO_SEED });
  return { bets: question.bets, ...simulated, method: 'monte-carlo' };
}

function hitBudget(question: PlanQuestion, budgetLamports: Lamports, budget: 'ruin' | 'limit'): number | null {
  const { plan, bets, winProbability, payout } = question;
  switch (plan.kind) {
    case 'flat': {
      const { stakeLamports } = plan;
      const winningsLamports = winningsOf(stakeLamports, payout);
      const lossesToHit = flatLossesToHit({ budgetLamports, stakeLamports, winningsLamports, bets });
      return hitProbability({ bets, winProbability, lossesToHit });
    }
    case 'proportional': {
      const floor = budget === 'ruin' ? ruinFloor(question, plan.fraction) : limitFloor(question, plan.fraction);
      const lossesToHit = proportionalLossesToHit({ fraction: plan.fraction, payout, floor, bets });
      return hitProbability({ bets, winProbability, lossesToHit });
    }
    case 'ladder': {
      const { stakesLamports, step } = plan;
      const winningsLamports = stakesLamports.map((stake) => winningsOf(stake, payout));
      return ladderHitProbability({ bets, winProbability, stakesLamports, winningsLamports, step, budgetLamports });
    }
  }
}

/** In units of the bankroll: below it, the plan's share is less than the venue takes. */
function ruinFloor({ minStakeLamports, bankrollLamports }: PlanQuestion, fraction: number): number {
  return ratioOf(minStakeLamports, bankrollLamports) / fraction;
}

/** In units of the bankroll: below it, losing the plan's share once more passes the session limit. */
function limitFloor({ sessionBudgetLamports, bankrollLamports }: PlanQuestion, fraction: number): number {
  return (1 - ratioOf(sessionBudgetLamports, bankrollLamports)) / (1 - fraction);
}

/** Plans × bankrolls × win probabilities a session meets between two changes of bankroll; the oldest goes first. */
const CACHE_ENTRIES_MAX = 512;
/** Exact outlooks are computed for the win probability rounded to this; it moves none by a hundredth of a point. */
const PROBABILITY_STEP = 0.00001;
/** Simulated ones have a standard error of a point: a coarser step keeps them out of most ticks. */
const PROBABILITY_STEP_SIMULATED = 0.001;
/** Shares are rounded up to this, a hundredth of a percent of the bankroll: a slightly bolder plan, never a safer one. */
const FRACTION_STEP = 0.0001;

export type OutlookCache = {
  get(question: PlanQuestion): Outlook;
  size(): number;
};

/** Answers the question at the rounding stated above, computing it only once. */
export function createOutlookCache(): OutlookCache {
  /** Null remembers that a question has no exact answer. */
  const entries = new Map<string, Outlook | null>();
  const remember = (key: string, compute: () => Outlook | null) => {
    const known = entries.get(key);
    if (known !== undefined) return known;
    const outlook = compute();
    if (entries.size >= CACHE_ENTRIES_MAX) entries.delete(entries.keys().next().value!);
    entries.set(key, outlook);
    return outlook;
  };
  return {
    get(question) {
      const fine = roundQuestion(question, PROBABILITY_STEP);
      const exact = remember(keyOf(fine), () => computeExactOutlook(fine));
      if (exact) return exact;
      const coarse = roundQuestion(question, PROBABILITY_STEP_SIMULATED);
      return remember(`simulated ${keyOf(coarse)}`, () => simulateOutlook(coarse))!;
    },
    size: () => entries.size,
  };
}

function roundQuestion(question: PlanQuestion, probabilityStep: number): PlanQuestion {
  const winProbability = Math.min(1, Math.round(question.winProbability / probabilityStep) * probabilityStep);
  const { plan } = question;
  if (plan.kind !== 'proportional') return { ...question, winProbability };
  const fraction = Math.min(1 - FRACTION_STEP, Math.ceil(plan.fraction / FRACTION_STEP - 1e-9) * FRACTION_STEP);
  return { ...question, winProbability, plan: { ...plan, fraction } };
}

function keyOf(question: PlanQuestion): string {
  const { bets, winProbability, payout, bankrollLamports, sessionBudgetLamports } = question;
  const { minStakeLamports, stakeStepLamports } = question;
  const plan = planKey(question.plan);
  return `${plan} ${bets} ${winProbability} ${payout} ${bankrollLamports} ${sessionBudgetLamports} ${minStakeLamports} ${stakeStepLamports}`;
}

function planKey(plan: StakePlan): string {
  switch (plan.kind) {
    case 'flat':
      return `flat ${plan.stakeLamports}`;
    case 'proportional':
      return `share ${plan.fraction}`;
    case 'ladder':
      return `ladder ${plan.step} ${plan.stakesLamports.join(',')}`;
  }
}
