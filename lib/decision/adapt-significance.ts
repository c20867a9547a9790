// How likely a shortfall of wins is by luck alone, exactly, and how many bets it takes before a given shortfall can be
// told from luck at all. Pure; used by the win-rate rule of adaptation.
import { logGamma } from '@/lib/math/gamma';

/** One in twenty: a false alarm only tightens, so it costs little. */
export const SHORTFALL_LEVEL = 0.05;

/**
 * P(at most `wins` wins in `bets` bets at `expectedRate` each), the exact binomial tail. Where the stated probabilities
 * differed from bet to bet, the tail at their mean is no smaller than the true one below the mean: Hoeffding (1956), "On
 * the Distribution of the Number of Successes in Independent Trials", Annals of Mathematical Statistics 27, theorem 5.
 * Worked value: 0 wins in 15 bets at 0.18168 → 0.81832^15 = 0.0494.
 */
export function shortfallChance({
  bets,
  wins,
  expectedRate,
}: {
  bets: number;
  wins: number;
  expectedRate: number;
}): number {
  if (wins >= bets || expectedRate <= 0) return 1;
  if (expectedRate >= 1) return 0;
  const logOdds = Math.log(expectedRate) - Math.log1p(-expectedRate);
  const logAllLost = bets * Math.log1p(-expectedRate) + logGamma(bets + 1);
  let chance = 0;
  for (let k = 0; k <= wins; k++) {
    chance += Math.exp(logAllLost + k * logOdds - logGamma(k + 1) - logGamma(bets - k + 1));
  }
  return Math.min(1, chance);
}

/**
 * The number of bets from which on every win rate `shortfall` under the expected one is significant; null when no win rate
 * is that low. Whole wins make the tail a sawtooth, so some smaller numbers of bets suffice too (33 in the first example).
 * Worked values: ten points under 0.18168 → 41 bets; ten points under 0.25 → 55 bets.
 */
export function betsNeededForShortfall({
  expectedRate,
  shortfall,
}: {
  expectedRate: number;
  shortfall: number;
}): number | null {
  if (expectedRate < shortfall) return null;
  // By Chebyshev's inequality P ≤ p (1 − p) / (n × shortfall²), so nothing fails from here on.
  const enough = Math.ceil((expectedRate * (1 - expectedRate)) / (SHORTFALL_LEVEL * shortfall * shortfall));
  for (let bets = enough; bets >= 1; bets--) {
    if (!isSignificant({ bets, expectedRate, shortfall })) return bets + 1;
  }
  return 1;
}

function isSignificant({
  bets,
  expectedRate,
  shortfall,
}: {
  bets: number;
  expectedRate: number;
  shortfall: number;
}): boolean {
  const wins = Math.floor(bets * (expectedRate - shortfall) + 1e-9);
  return shortfallChance({ bets, wins, expectedRate }) <= SHORTFALL_LEVEL;
}
