// Seeded Monte Carlo of a plan of bets, with every rounding a real bet has: what the outlook falls back on when a plan
// has no small exact state, and what tests hold the exact computation against. The same seed gives the same answer.
import { winningsOf } from '@/lib/risk/amounts';
import type { StakePlan } from '@/lib/strategy/strategy';
import type { Lamports } from '@/lib/units/lamports';

export type PlanQuestion = {
  readonly plan: StakePlan;
  readonly bets: number;
  readonly winProbability: number;
  readonly payout: number;
  readonly bankrollLamports: Lamports;
  /** What the session limit still allows to lose. */
  readonly sessionBudgetLamports: Lamports;
  readonly minStakeLamports: Lamports;
  readonly stakeStepLamports: Lamports;
};

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
  const table = toTable(question);
  let ruins = 0;
  let limits = 0;
  let stops = 0;
  for (let path = 0; path < paths; path++) {
    const outcome = simulatePath(question, table, random);
    if (outcome.ruined) ruins++;
    if (outcome.limited) limits++;
    if (outcome.stopped) stops++;
  }
  const shares = [ruins / paths, limits / paths, stops / paths] as const;
  const standardError = Math.max(...shares.map((share) => Math.sqrt((share * (1 - share)) / paths)));
  return { ruin: shares[0], sessionLimit: shares[1], hardStop: shares[2], standardError };
}

/** The question in doubles, which hold every whole lamport up to nine million SOL; a hundred times faster than bigint. */
type Table = {
  readonly bankroll: number;
  readonly sessionBudget: number;
  readonly minStake: number;
  readonly step: number;
  readonly profit: number;
  readonly stakes: readonly number[];
  readonly winnings: readonly number[];
};

function toTable({ plan, payout, ...question }: PlanQuestion): Table {
  const amounts = plan.kind === 'ladder' ? plan.stakesLamports : plan.kind === 'flat' ? [plan.stakeLamports] : [];
  return {
    bankroll: Number(question.bankrollLamports),
    sessionBudget: Number(question.sessionBudgetLamports),
    minStake: Number(question.minStakeLamports),
    step: Number(question.stakeStepLamports),
    profit: payout - 1,
    stakes: amounts.map(Number),
    winnings: amounts.map((stake) => Number(winningsOf(stake, payout))),
  };
}

/** One run of bets. Ruin and limit are each judged as if the other were not there, as the exact computation does. */
function simulatePath({ plan, winProbability, bets }: PlanQuestion, table: Table, random: () => number) {
  const outcome = { ruined: false, limited: false, stopped: false };
  let net = 0;
  let at = plan.kind === 'ladder' ? plan.step : 0;
  for (let played = 0; ; played++) {
    const held = table.bankroll + net;
    const stake = plan.kind === 'proportional' ? proportionalStake(held, plan.fraction, table.step) : table.stakes[at]!;
    outcome.ruined ||= stake < table.minStake || held < stake;
    outcome.limited ||= table.sessionBudget + net < stake;
    if (played === bets || stake <= 0) return outcome;
    const won = random() < winProbability;
    net += won ? (table.winnings[at] ?? Math.floor(stake * table.profit)) : -stake;
    if (plan.kind !== 'ladder') continue;
    at = won ? 0 : at + 1;
    if (at === table.stakes.length) {
      outcome.stopped = true;
      return outcome;
    }
  }
}

function proportionalStake(held: number, fraction: number, step: number): number {
  return held <= 0 ? 0 : Math.floor((held * fraction) / step) * step;
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
