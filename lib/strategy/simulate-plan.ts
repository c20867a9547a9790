// Seeded Monte Carlo of a plan of bets, with every rounding a real bet has: what the outlook falls back on when a plan
// has no small exact state, and what tests hold the exact computation against. The same seed gives the same answer.
import { floorToStep, timesRoundedDown, winningsOf } from '@/lib/risk/amounts';
import type { PlanQuestion } from '@/lib/strategy/outlook';
import { lamports, type Lamports } from '@/lib/units/lamports';

export type SimulatedOutlook = {
  readonly ruin: number;
  readonly sessionLimit: number;
  readonly hardStop: number;
  /** Largest of the three shares' standard errors. */
  readonly standardError: number;
};

export function simulatePlan(
  question: PlanQuestion,
  { paths, seed }: { paths: number; seed: number },
): SimulatedOutlook {
  const random = createRandom(seed);
  let ruins = 0;
  let limits = 0;
  let stops = 0;
  for (let path = 0; path < paths; path++) {
    const outcome = simulatePath(question, random);
    if (outcome.ruined) ruins++;
    if (outcome.limited) limits++;
    if (outcome.stopped) stops++;
  }
  const shares = [ruins / paths, limits / paths, stops / paths] as const;
  const standardError = Math.max(...shares.map((share) => Math.sqrt((share * (1 - share)) / paths)));
  return { ruin: shares[0], sessionLimit: shares[1], hardStop: shares[2], standardError };
}

/** One run of bets. Ruin and limit are each judged as if the other were not there, as the exact computation does. */
function simulatePath(question: PlanQuestion, random: () => number) {
  const { plan, winProbability, payout, bankrollLamports, sessionBudgetLamports, bets } = question;
  let net = 0n;
  let step = plan.kind === 'ladder' ? plan.step : 0;
  const outcome = { ruined: false, limited: false, stopped: false };
  for (let played = 0; ; played++) {
    const stake = nextStake(question, lamports(bankrollLamports + net), step);
    outcome.ruined ||= stake < question.minStakeLamports || bankrollLamports + net < stake;
    outcome.limited ||= sessionBudgetLamports + net < stake;
    if (played === bets || stake <= 0n) return outcome;
    const won = random() < winProbability;
    net += won ? winningsOf(stake, payout) : -stake;
    step = won ? 0 : step + 1;
    if (plan.kind === 'ladder' && step === plan.stakesLamports.length) {
      outcome.stopped = true;
      return outcome;
    }
  }
}

function nextStake({ plan, stakeStepLamports }: PlanQuestion, bankroll: Lamports, step: number): Lamports {
  switch (plan.kind) {
    case 'flat':
      return plan.stakeLamports;
    case 'ladder':
      return plan.stakesLamports[step]!;
    case 'proportional':
      return bankroll <= 0n ? lamports(0n) : floorToStep(timesRoundedDown(bankroll, plan.fraction), stakeStepLamports);
  }
}

/** Marsaglia (2003), "Xorshift RNGs", Journal of Statistical Software 8(14): 32 bits, period 2^32 − 1. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4_294_967_296;
  };
}
