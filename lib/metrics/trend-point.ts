// One point of the trends: the figures of one hour or day. Pure; called by server/history/trends.
import { WINDOW_TICKS } from '@/lib/game/rules';
import { ABSOLUTE_ERROR_EDGES, LATENCY_EDGES, LENGTH_EDGES, PEAK_EDGES } from '@/lib/metrics/edges';
import { quantileOf } from '@/lib/metrics/histogram';
import { METRIC_COLUMN_NAMES, type MetricColumn, type MetricsRow } from '@/lib/metrics/metrics-row';
import { toWinRate } from '@/lib/metrics/side-bet-figures';
import type { TrendPoint } from '@/lib/protocol/analytics';

/** What a point needs of a row: a week of hours is read at once. */
export const TREND_COLUMNS: readonly MetricColumn[] = METRIC_COLUMN_NAMES.filter(
  (column) => !/^(forecast|grid|signedError)/.test(column),
);

export function toTrendPoint(row: MetricsRow, { from, to }: { from: number; to: number }): TrendPoint {
  const { games, predictions } = row;
  const perGame = (sum: number) => (games === 0 ? null : sum / games);
  const perPrediction = (sum: number) => (predictions === 0 ? null : sum / predictions);
  const verifiable = row.gamesVerified + row.gamesFailed;
  const medianError = quantileOf({ edges: ABSOLUTE_ERROR_EDGES, counts: row.absoluteErrorCounts, p: 0.5 });
  return {
    from,
    to,
    games,
    meanLength: perGame(row.lengthSum),
    medianLength:
      quantileOf({ edges: LENGTH_EDGES, counts: row.lengthCounts, p: 0.5, max: row.lengthMax })?.value ?? null,
    medianPeak: quantileOf({ edges: PEAK_EDGES, counts: row.peakCounts, p: 0.5, max: row.peakMax })?.value ?? null,
    verifiedShare: verifiable === 0 ? null : row.gamesVerified / verifiable,
    predictions,
    medianE40: medianError && medianError.value / WINDOW_TICKS,
    meanErrorTicks: perPrediction(row.errorSum),
    meanAbsoluteErrorTicks: perPrediction(row.absoluteErrorSum),
    within1: perPrediction(row.within1),
    coverage50: perPrediction(row.covered50),
    coverage90: perPrediction(row.covered90),
    brier: perPrediction(row.brierSum),
    logLoss: perPrediction(row.logLossSum),
    sideBets: row.sideBets,
    sideBetWinRate: toWinRate(row),
    stakedLamports: row.stakedLamports.toString(),
    paidLamports: row.paidLamports.toString(),
    frames: row.frames,
    disconnects: row.disconnects,
    errors: row.errors,
    latencyP99Ms: quantileOf({ edges: LATENCY_EDGES, counts: row.latencyCounts, p: 0.99 })?.value ?? null,
  };
}
