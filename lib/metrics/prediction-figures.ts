// What a row of metrics says of predictions: windows, ends, bias. Pure; called by server/history/performance and trends.
// All predictions of a game are about the same end, so intervals count a game once, however many predictions it had.
import { WINDOW_TICKS } from '@/lib/game/rules';
import { ABSOLUTE_ERROR_EDGES, SIGNED_ERROR_EDGES } from '@/lib/metrics/edges';
import { countBelow, quantileOf, toHistogramView } from '@/lib/metrics/histogram';
import type { MetricsRow } from '@/lib/metrics/metrics-row';
import { toKnownShare } from '@/lib/metrics/shares';
import type { PredictionFigures } from '@/lib/protocol/analytics';

/** Null without predictions. */
export function toPredictionFigures(row: MetricsRow): PredictionFigures | null {
  const count = row.predictions;
  if (count === 0) return null;
  const games = row.gridCounts[0] ?? 0;
  const share = (hits: number) => toKnownShare({ count: hits, of: count, trials: Math.min(count, games) });
  const median = quantileOf({ edges: ABSOLUTE_ERROR_EDGES, counts: row.absoluteErrorCounts, p: 0.5 })!;
  const medianTicks = quantileOf({ edges: SIGNED_ERROR_EDGES, counts: row.signedErrorCounts, p: 0.5 })!.value;
  const meanTicks = row.errorSum / count;
  return {
    count,
    live: row.predictionsLive,
    replayed: count - row.predictionsLive,
    games,
    window: {
      won: share(row.windowsWon),
      meanForecast: row.probabilitySum / count,
      brier: row.brierSum / count,
      logLoss: row.logLossSum / count,
    },
    end: {
      medianE40: median.value / WINDOW_TICKS,
      medianE40Resolution: median.resolution / WINDOW_TICKS,
      meanAbsoluteErrorTicks: row.absoluteErrorSum / count,
      within1: share(row.within1),
      within2: share(row.within2),
      within3: share(row.within3),
      coverage50: share(row.covered50),
      coverage90: share(row.covered90),
    },
    bias: {
      meanTicks,
      medianTicks,
      meanE40: meanTicks / WINDOW_TICKS,
      medianE40: medianTicks / WINDOW_TICKS,
      late: share(countBelow(SIGNED_ERROR_EDGES, row.signedErrorCounts, 0)),
      histogram: toHistogramView(SIGNED_ERROR_EDGES, row.signedErrorCounts),
    },
  };
}
