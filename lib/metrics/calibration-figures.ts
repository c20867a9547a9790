// Calibration of the headline forecast, and of baselines at the same ticks, from counts alone: predictions at ticks 0, 40,
// 80 … have windows that do not overlap, and given that the game is alive each is a trial of its own, so that Wilson's
// interval holds. A baseline's forecast follows from the tick, so its scores follow from how many windows of each tick won.
// Pure; called by server/history/calibration.
import { WINDOW_TICKS } from '@/lib/game/rules';
import { createDocumentedCurve } from '@/lib/hazard/documented-curve';
import { createPublishedModel } from '@/lib/hazard/published';
import { logLossOf } from '@/lib/metrics/count-metrics';
import { FORECAST_BINS, forecastBin } from '@/lib/metrics/edges';
import { totalOf } from '@/lib/metrics/histogram';
import type { MetricsRow } from '@/lib/metrics/metrics-row';
import { toKnownShare, toShare } from '@/lib/metrics/shares';
import type { CalibrationAnswer, CalibrationCurve } from '@/lib/protocol/analytics';

type Bins = { readonly count: number[]; readonly won: number[]; readonly sum: number[] };

export function toForecasts(row: MetricsRow): CalibrationAnswer['forecasts'] {
  const count = totalOf(row.gridCounts);
  return { count, won: toShare({ count: totalOf(row.gridWonCounts), of: count }) };
}

/** Headline first; empty without predictions. */
export function toCalibrationCurves(row: MetricsRow): CalibrationCurve[] {
  if (totalOf(row.gridCounts) === 0) return [];
  const documented = createDocumentedCurve();
  const published = createPublishedModel();
  return [
    toHeadline(row),
    toBaseline(row, { id: 'documented-curve', name: 'Documented curve', forecastAt: documented.windowValue }),
    toBaseline(row, { id: 'published', name: 'Published rule', forecastAt: published.windowValue }),
  ];
}

function toHeadline(row: MetricsRow): CalibrationCurve {
  const bins = emptyBins();
  row.forecastCounts.forEach((count, bin) => {
    bins.count[bin]! += count;
    bins.won[bin]! += row.forecastWonCounts[bin] ?? 0;
    bins.sum[bin]! += row.forecastSums[bin] ?? 0;
  });
  const count = totalOf(row.forecastCounts);
  return {
    id: 'headline',
    name: 'Win probability shown',
    ...toScores(bins, { brier: row.gridBrierSum / count, logLoss: row.gridLogLossSum / count }),
  };
}

function toBaseline(
  row: MetricsRow,
  {
    id,
    name,
    forecastAt,
  }: { id: 'documented-curve' | 'published'; name: string; forecastAt: (tick: number) => number },
): CalibrationCurve {
  const bins = emptyBins();
  let brier = 0;
  let logLoss = 0;
  row.gridCounts.forEach((count, window) => {
    const forecast = forecastAt(window * WINDOW_TICKS);
    const won = row.gridWonCounts[window] ?? 0;
    const bin = forecastBin(forecast);
    bins.count[bin]! += count;
    bins.won[bin]! += won;
    bins.sum[bin]! += count * forecast;
    brier += won * (1 - forecast) ** 2 + (count - won) * forecast ** 2;
    logLoss += won * logLossOf(forecast, true) + (count - won) * logLossOf(forecast, false);
  });
  const count = totalOf(row.gridCounts);
  return { id, name, ...toScores(bins, { brier: brier / count, logLoss: logLoss / count }) };
}

function toScores({ count, won, sum }: Bins, scores: { brier: number; logLoss: number }) {
  const total = totalOf(count);
  const bins = count.flatMap((n, bin) => {
    if (n === 0) return [];
    const meanForecast = clampShare(sum[bin]! / n);
    const observed = toKnownShare({ count: won[bin]!, of: n });
    const holds = observed.lower <= meanForecast && meanForecast <= observed.upper;
    return [{ from: bin / FORECAST_BINS, to: (bin + 1) / FORECAST_BINS, meanForecast, observed, holds }];
  });
  return {
    count: total,
    ...scores,
    ece: bins.reduce(
      (error, bin) => error + (bin.observed.of * Math.abs(bin.meanForecast - bin.observed.value)) / total,
      0,
    ),
    meanForecast: clampShare(totalOf(sum) / total),
    bins,
  };
}

/** Sums are rounded: the mean of forecasts of 1 may come out a hair above. */
function clampShare(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function emptyBins(): Bins {
  const zeros = () => new Array<number>(FORECAST_BINS).fill(0);
  return { count: zeros(), won: zeros(), sum: zeros() };
}
