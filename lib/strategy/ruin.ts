// The exact probability that a plan of bets runs out of a budget: of the bankroll (ruin) or of what the session limit has
// left. Dynamic programming over wins and losses, Feller (1968), "An Introduction to Probability Theory", vol. 1, ch. XIV,
// with absorption where the next stake no longer fits. Pure; the outlook calls it, tests check it against simulation.
import { lamports, type Lamports } from '@/lib/units/lamports';

/**
 * P(after some number n ≤ bets of bets, losses ≥ lossesToHit[wins]). Covers every plan whose position depends only on how
 * many were won and lost, in any order: flat and proportional stakes. Exact but for doubles; O(bets × length).
 */
export function hitProbability({
  bets,
  winProbability,
  lossesToHit,
}: {
  bets: number;
  winProbability: number;
  /** For 0, 1, … wins: the losses at which the budget no longer holds the next stake. More wins than listed are safe. */
  lossesToHit: readonly number[];
}): number {
  if (lossesToHit.length === 0) return 0;
  if (lossesToHit[0]! <= 0) return 1;
  const massByWins = zeros(lossesToHit.length);
  massByWins[0] = 1;
  let hit = 0;
  for (let played = 1; played <= bets; played++) {
    for (let wins = Math.min(played, lossesToHit.length - 1); wins >= 0; wins--) {
      const won = wins > 0 ? massByWins[wins - 1]! * winProbability : 0;
      const mass = massByWins[wins]! * (1 - winProbability) + won;
      const absorbed = played - wins >= lossesToHit[wins]!;
      if (absorbed) hit += mass;
      massByWins[wins] = absorbed ? 0 : mass;
    }
  }
  return hit;
}

/**
 * Flat stake s with winnings w: the next stake is missing once budget + wins × w − losses × s < s, which is
 * losses ≥ floor((budget + wins × w) / s). Integer arithmetic, so exact at the boundary.
 */
export function flatLossesToHit({
  budgetLamports,
  stakeLamports,
  winningsLamports,
  bets,
}: {
  budgetLamports: Lamports;
  stakeLamports: Lamports;
  winningsLamports: Lamports;
  bets: number;
}): readonly number[] {
  let held: bigint = budgetLamports;
  return reachable(bets, () => {
    const losses = held < 0n ? 0 : Number(held / stakeLamports);
    held += winningsLamports;
    return losses;
  });
}

/**
 * A share f of the bankroll B each time: after k wins and l losses it is B (1 + b f)^k (1 − f)^l, whatever the order. It
 * is hit below `floor`, in units of B; the stake's own rounding (a step of the venue at most) is left out.
 */
export function proportionalLossesToHit({
  fraction,
  payout,
  floor,
  bets,
}: {
  fraction: number;
  payout: number;
  floor: number;
  bets: number;
}): readonly number[] {
  if (floor <= 0) return [];
  const gain = Math.log1p((payout - 1) * fraction);
  const loss = -Math.log1p(-fraction);
  const logFloor = Math.log(floor);
  return reachable(bets, (wins) => Math.max(0, Math.floor((wins * gain - logFloor) / loss) + 1));
}

/** The thresholds up to the first that so many bets cannot reach; they rise with the wins, so none after it can be. */
function reachable(bets: number, lossesToHit: (wins: number) => number): readonly number[] {
  const thresholds: number[] = [];
  for (let wins = 0; wins <= bets; wins++) {
    const losses = lossesToHit(wins);
    if (losses > bets - wins) break;
    thresholds.push(losses);
  }
  return thresholds;
}

/** P(a ladder loses all its remaining steps in a row, once at least, within `bets` bets), which ends it. */
export function hardStopProbability({
  bets,
  winProbability,
  steps,
  step,
}: {
  bets: number;
  winProbability: number;
  steps: number;
  step: number;
}): number {
  let mass = zeros(steps);
  let next = zeros(steps);
  mass[step] = 1;
  let stopped = 0;
  for (let played = 0; played < bets; played++) {
    next.fill(0);
    for (let at = 0; at < steps; at++) {
      const here = mass[at]!;
      next[0]! += here * winProbability;
      if (at + 1 < steps) next[at + 1]! += here * (1 - winProbability);
      else stopped += here * (1 - winProbability);
    }
    [mass, next] = [next, mass];
  }
  return stopped;
}

/** States × bets beyond which the ladder is left to simulation: about two milliseconds of work. */
const LADDER_WORK_MAX = 2_000_000;

/**
 * P(a ladder's next stake no longer fits the budget within `bets` bets), exact on the lattice of the greatest common
 * divisor of its stakes and winnings; null when that lattice is too fine to walk. Budgets that no run of luck can exhaust
 * in the bets left are dropped as safe, which keeps the walk short (usually empty).
 */
export function ladderHitProbability({
  bets,
  winProbability,
  stakesLamports,
  winningsLamports,
  step,
  budgetLamports,
}: {
  bets: number;
  winProbability: number;
  stakesLamports: readonly Lamports[];
  winningsLamports: readonly Lamports[];
  step: number;
  budgetLamports: Lamports;
}): number | null {
  if (budgetLamports < 0n) return 1;
  const unit = [...stakesLamports, ...winningsLamports].reduce<bigint>(greatestCommonDivisor, 0n);
  const stakes = stakesLamports.map((stake) => Number(stake / unit));
  const winnings = winningsLamports.map((amount) => Number(amount / unit));
  const budget = Number(budgetLamports / unit);
  if (budget >= safeBudgets({ bets, stakes, winnings, rows: 2 })[(bets % 2) * stakes.length + step]!) return 0;
  const safe = safeBudgets({ bets, stakes, winnings, rows: bets + 1 });
  const width = safe.reduce((most, amount) => Math.max(most, amount), 0);
  if (width * stakes.length * bets > LADDER_WORK_MAX) return null;
  return walkLadder({ bets, winProbability, stakes, winnings, step, budget, safe, width });
}

/**
 * At [(bets left mod rows) × steps + step]: the least budget that cannot be exhausted any more. Two rows are enough to
 * know it for all bets, which is mostly all there is to know.
 */
function safeBudgets({
  bets,
  stakes,
  winnings,
  rows,
}: {
  bets: number;
  stakes: readonly number[];
  winnings: readonly number[];
  rows: number;
}): readonly number[] {
  const steps = stakes.length;
  const safe = zeros(rows * steps);
  for (const [at, stake] of stakes.entries()) safe[at] = stake;
  for (let left = 1; left <= bets; left++) {
    const before = ((left - 1) % rows) * steps;
    const now = (left % rows) * steps;
    for (let at = 0; at < steps; at++) {
      const stake = stakes[at]!;
      const afterLoss = at + 1 < steps ? stake + safe[before + at + 1]! : stake;
      safe[now + at] = Math.max(afterLoss, safe[before]! - winnings[at]!);
    }
  }
  return safe;
}

function walkLadder({
  bets,
  winProbability,
  stakes,
  winnings,
  step,
  budget,
  safe,
  width,
}: {
  bets: number;
  winProbability: number;
  stakes: readonly number[];
  winnings: readonly number[];
  step: number;
  budget: number;
  safe: readonly number[];
  width: number;
}): number {
  const steps = stakes.length;
  let mass = new Float64Array(steps * width);
  let next = new Float64Array(steps * width);
  mass[step * width + budget] = 1;
  let hit = 0;
  for (let left = bets; left >= 0; left--) {
    const now = left * steps;
    const later = now - steps;
    for (let at = 0; at < steps; at++) {
      const stake = stakes[at]!;
      for (let held = 0; held < safe[now + at]!; held++) {
        const here = mass[at * width + held]!;
        if (here === 0) continue;
        if (held < stake) hit += here;
        if (held < stake || left === 0) continue;
        const won = held + winnings[at]!;
        if (won < safe[later]!) next[won]! += here * winProbability;
        const lost = held - stake;
        if (at + 1 < steps && lost < safe[later + at + 1]!)
          next[(at + 1) * width + lost]! += here * (1 - winProbability);
      }
    }
    [mass, next] = [next, mass];
    next.fill(0);
  }
  return hit;
}

/** A plain array: typed ones of this size live outside the heap, and collecting them stalls a browser's tick. */
function zeros(length: number): number[] {
  return new Array<number>(length).fill(0);
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return lamports(x);
}
