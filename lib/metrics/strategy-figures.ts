// What following each strategy would have brought, what luck leaves open, and what luck alone would have done with the same
// stakes. Pure; called by server/history/performance. A strategy has one bet open at a time, so that its bets are
// separate trials; unequal stakes are worth fewer of them (Kish: (Σw)² / Σw² with what a win returns as weights).
import { binomialTails } from '@/lib/metrics/binomial';
import { PUBLISHED_WIN_PROBABILITY } from '@/lib/metrics/side-bet-figures';
import { toShare, Z_95 } from '@/lib/metrics/shares';
import type { StrategyRow } from '@/lib/metrics/strategy-row';
import { wilsonInterval } from '@/lib/performance/wilson';
import type { EstimateView, StrategyFigures } from '@/lib/protocol/analytics';

/** False alarms over all strategies together. */
const FAMILY_LEVEL = 0.05;
const LAMPORTS_PER_SOL = 1e9;

export function toStrategyFigures(
  rows: readonly StrategyRow[],
  { nameOf }: { nameOf: (strategyId: string) => string },
): StrategyFigures[] {
  const compared = rows.filter(({ bets }) => bets > 0).length;
  return rows.map((row) => ({
    strategyId: row.strategyId,
    name: nameOf(row.strategyId),
    recommendations: row.recommendations,
    live: row.recommendationsLive,
    replayed: row.recommendations - row.recommendationsLive,
    bets: row.bets,
    won: row.won,
    missed: row.missed,
    winRate: toShare({ count: row.won, of: row.bets }),
    stakedLamports: row.stakedLamports.toString(),
    returnedLamports: row.returnedLamports.toString(),
    netLamports: (row.returnedLamports - row.stakedLamports).toString(),
    roi: toRoi(row),
    expectedRoi: row.stakedLamports === 0n ? null : Number(row.expectedProfitLamports) / Number(row.stakedLamports),
    luck: toLuck(row),
    beyondLuck: toBeyondLuck(row, compared),
    skips: { right: row.skipsRight, wrong: row.skipsWrong },
  }));
}

/** Wilson's interval of the stake-weighted share of wins, at the odds the stakes had. */
function toRoi(row: StrategyRow): EstimateView | null {
  const stakes = readStakes(row);
  if (stakes === null) return null;
  const share = Number(row.returnedLamports) / Number(row.payableLamports);
  const { lower, upper } = wilsonInterval({ share, trials: stakes.trials });
  const toReturn = (won: number) => won * stakes.odds - 1;
  return { value: toReturn(share), lower: toReturn(lower), upper: toReturn(upper) };
}

function toLuck(row: StrategyRow): EstimateView | null {
  const stakes = readStakes(row);
  if (stakes === null) return null;
  const p = PUBLISHED_WIN_PROBABILITY;
  const value = p * stakes.odds - 1;
  const reach = Z_95 * stakes.odds * Math.sqrt((p * (1 - p)) / stakes.trials);
  return { value, lower: Math.max(-1, value - reach), upper: Math.min(stakes.odds - 1, value + reach) };
}

/** Odds: what a win returns per unit staked, over all bets. */
function readStakes(row: StrategyRow): { odds: number; trials: number } | null {
  if (row.bets === 0 || row.stakedLamports === 0n || row.payableSquares === 0) return null;
  const payable = Number(row.payableLamports) / LAMPORTS_PER_SOL;
  return {
    odds: Number(row.payableLamports) / Number(row.stakedLamports),
    trials: Math.max(1, Math.min(row.bets, (payable * payable) / row.payableSquares)),
  };
}

/** By the number of wins alone, exactly: whether so many, or so few, would be surprising under the published rule. */
function toBeyondLuck({ bets, won }: StrategyRow, compared: number): StrategyFigures['beyondLuck'] {
  if (bets === 0) return null;
  const { atLeast, atMost } = binomialTails({ hits: won, trials: bets, p: PUBLISHED_WIN_PROBABILITY });
  const level = FAMILY_LEVEL / 2 / compared;
  return atLeast < level ? 'better' : atMost < level ? 'worse' : null;
}
