// What a session's bets returned on what was staked, with what so few bets leave open, and the Sharpe ratio. Pure.
import type { SettledBet } from '@/lib/performance/session-bet';
import { Z_95 } from '@/lib/metrics/shares';
import { wilsonInterval } from '@/lib/performance/wilson';

export type SessionRoi = {
  /** Net result over everything staked. */
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  /** Σ stake × (payout × p − 1) / Σ stake over the bets at which p was said; null where none was. */
  readonly expected: number | null;
};

type Bet = Pick<SettledBet, 'stakeLamports' | 'payout' | 'payoutLamports' | 'won' | 'netLamports' | 'winProbability'>;

/**
 * Wilson's 95 % interval of the share of wins, weighted by what a win returns (w = stake × payout), at the odds the stakes
 * had: return = share × Σw / Σstake − 1. Unequal stakes are worth fewer trials: (Σw)² / Σw² (Kish, Survey Sampling, 1965).
 */
export function computeSessionRoi(bets: readonly Bet[]): SessionRoi | null {
  if (bets.length === 0) return null;
  let [staked, payable, squares, won] = [0, 0, 0, 0];
  for (const bet of bets) {
    const payout = Number(bet.payoutLamports);
    staked += Number(bet.stakeLamports);
    payable += payout;
    squares += payout * payout;
    if (bet.won) won += payout;
  }
  const share = won / payable;
  const trials = Math.max(1, Math.min(bets.length, (payable * payable) / squares));
  const { lower, upper } = wilsonInterval({ share, trials });
  const toReturn = (shareWon: number) => (shareWon * payable) / staked - 1;
  return { value: toReturn(share), lower: toReturn(lower), upper: toReturn(upper), expected: expectedReturn(bets) };
}

function expectedReturn(bets: readonly Bet[]): number | null {
  let [gained, staked] = [0, 0];
  for (const { winProbability, stakeLamports, payout } of bets) {
    if (winProbability === null) continue;
    const stake = Number(stakeLamports);
    gained += stake * (payout * winProbability - 1);
    staked += stake;
  }
  return staked === 0 ? null : gained / staked;
}

export type SessionSharpe = {
  /** Mean over sample standard deviation of the bets' returns per unit staked; per bet, not annualised. */
  readonly value: number;
  /** Of ± 1.96 standard errors, √((1 + S² / 2) / n): Lo, Financial Analysts Journal 58 (2002) 36–52, eq. 9. */
  readonly lower: number;
  readonly upper: number;
  readonly bets: number;
};

/** Null below two bets, and where all returns are the same: it has no meaning there. */
export function computeSessionSharpe(bets: readonly Bet[]): SessionSharpe | null {
  const n = bets.length;
  if (n < 2) return null;
  const returns = bets.map((bet) => Number(bet.netLamports) / Number(bet.stakeLamports));
  const mean = sum(returns, (one) => one) / n;
  const variance = sum(returns, (one) => (one - mean) ** 2) / (n - 1);
  if (new Set(returns).size < 2 || !(variance > 0)) return null;
  const value = mean / Math.sqrt(variance);
  const reach = Z_95 * Math.sqrt((1 + (value * value) / 2) / n);
  return { value, lower: value - reach, upper: value + reach, bets: n };
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
