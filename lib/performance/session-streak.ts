// The longest run of lost bets in a session, and how long luck alone would have made it. P(no run of k losses in n bets)
// follows the first completion of a run: f(i) = f(i−1) − f(i−k−1) · p(i−k) · q(i−k+1) … q(i), with a win before the first bet
// (Feller, An Introduction to Probability Theory, vol. 1, XIII.7, with a probability of its own for each bet). Then
// E[longest] = Σ over k of P(longest ≥ k). Pure.
import type { SettledBet } from '@/lib/performance/session-bet';

export type SessionStreak = {
  readonly longest: number;
  /** Mean longest run under the probabilities said; null where one is missing, or it takes too long to tell. */
  readonly expected: number | null;
  /** P(a run at least as long); null where `expected` is. */
  readonly atLeast: number | null;
};

/** `bets` in order of settlement. */
export function computeSessionStreak(bets: readonly Pick<SettledBet, 'won' | 'winProbability'>[]): SessionStreak {
  const longest = longestLosing(bets.map((bet) => bet.won));
  const said = bets.flatMap((bet) => (bet.winProbability === null ? [] : [bet.winProbability]));
  // A run may lie across a bet of which nothing was said: then nothing can be said of the run.
  if (said.length < bets.length || bets.length === 0) return { longest, expected: null, atLeast: null };
  const chances = runChances(said);
  if (chances === null) return { longest, expected: null, atLeast: null };
  return {
    longest,
    expected: chances.reduce((sum, chance) => sum + chance, 0),
    atLeast: longest === 0 ? 1 : (chances[longest - 1] ?? 0),
  };
}

export function longestLosing(won: readonly boolean[]): number {
  let longest = 0;
  let run = 0;
  for (const one of won) {
    run = one ? 0 : run + 1;
    if (run > longest) longest = run;
  }
  return longest;
}

/** Below this no later run adds a digit that is shown. */
const NEGLIGIBLE = 1e-9;
/** Bets × lengths of run: 100,000 bets at the published rule take 15 million, a tenth of a second. */
const STEPS_MAX = 20_000_000;

/**
 * P(longest losing run ≥ k) for k = 1, 2, …, as far as it matters; null where that is further than STEPS_MAX goes. Worked
 * value: 0.5, 0.5 → 3/4, 1/4.
 */
export function runChances(winProbabilities: readonly number[]): number[] | null {
  const n = winProbabilities.length;
  const chances: number[] = [];
  // lost[i]: probability that the k bets up to and with bet i (from 1) are all lost. Arrays are used again for each k.
  const lost = new Float64Array(n + 1).fill(1);
  const without = new Float64Array(n + 1);
  for (let k = 1; k <= n; k++) {
    if (k * n > STEPS_MAX) return null;
    for (let i = k; i <= n; i++) lost[i]! *= 1 - winProbabilities[i - k]!;
    const chance = 1 - noRun({ winProbabilities, lost, without, k });
    chances.push(chance);
    if (chance < NEGLIGIBLE) break;
  }
  return chances;
}

function noRun({
  winProbabilities,
  lost,
  without,
  k,
}: {
  winProbabilities: readonly number[];
  lost: Float64Array;
  without: Float64Array;
  k: number;
}): number {
  without.fill(1);
  for (let i = k; i <= winProbabilities.length; i++) {
    const before = i === k ? 1 : without[i - k - 1]! * winProbabilities[i - k - 1]!;
    without[i] = without[i - 1]! - before * lost[i]!;
  }
  return Math.max(0, without.at(-1)!);
}
