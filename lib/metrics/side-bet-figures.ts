// What a row of metrics says of the crowd's side bets. Pure; called by server/history/performance and trends. Bets on one
// game stand or fall together, so intervals are worked out over games, not bets.
import { DEFAULT_PAYOUT_MULTIPLE, PUBLISHED_HAZARD } from '@/lib/game/rules';
import { windowAtHazard } from '@/lib/edge/break-even';
import type { MetricsRow } from '@/lib/metrics/metrics-row';
import { effectiveTrials, ratioVariance, toShare, Z_95 } from '@/lib/metrics/shares';
import type { EstimateView, ShareView, SideBetFigures } from '@/lib/protocol/analytics';

/** 1 − 0.995^40. */
export const PUBLISHED_WIN_PROBABILITY = windowAtHazard(PUBLISHED_HAZARD);

export function toSideBetFigures(row: MetricsRow): SideBetFigures {
  return {
    bets: row.sideBets,
    practiceBets: row.sideBetsPractice,
    games: row.sideBetGames,
    won: row.sideBetsWon,
    winRate: toWinRate(row),
    publishedWinProbability: PUBLISHED_WIN_PROBABILITY,
    breakEven: 1 / DEFAULT_PAYOUT_MULTIPLE,
    stakedLamports: row.stakedLamports.toString(),
    paidLamports: row.paidLamports.toString(),
    netLamports: (row.paidLamports - row.stakedLamports).toString(),
    returnOnStakes: toReturn(row),
    publishedReturn: DEFAULT_PAYOUT_MULTIPLE * PUBLISHED_WIN_PROBABILITY - 1,
    trades: row.trades,
    tradedLamports: row.tradedLamports.toString(),
  };
}

export function toWinRate(row: MetricsRow): ShareView | null {
  if (row.sideBets === 0) return null;
  const trials = effectiveTrials({
    clusters: row.sideBetGames,
    n: row.sideBets,
    k: row.sideBetsWon,
    nn: row.betSquares,
    nk: row.betWonProducts,
    kk: row.wonSquares,
  });
  return toShare({ count: row.sideBetsWon, of: row.sideBets, trials });
}

const LAMPORTS_PER_SOL = 1e9;

/** Nothing can be said of how far it varies from fewer than two games. A return below −100 % does not exist. */
function toReturn(row: MetricsRow): EstimateView | null {
  if (row.sideBetGames < 2 || row.stakedLamports === 0n) return null;
  const [n, k] = [Number(row.stakedLamports) / LAMPORTS_PER_SOL, Number(row.paidLamports) / LAMPORTS_PER_SOL];
  const sums = {
    clusters: row.sideBetGames,
    n,
    k,
    nn: row.stakedSquares,
    nk: row.stakedPaidProducts,
    kk: row.paidSquares,
  };
  const value = k / n - 1;
  const reach = Z_95 * Math.sqrt(ratioVariance(sums));
  return { value, lower: Math.max(-1, value - reach), upper: value + reach };
}
