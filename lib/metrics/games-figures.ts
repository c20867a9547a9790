// What a row of metrics says of games, and of the service. Pure; called by server/history/performance and trends.
import { LATENCY_EDGES, LENGTH_EDGES, PEAK_EDGES } from '@/lib/metrics/edges';
import { countBelow, quantileOf, toHistogramView, totalOf, type Counts } from '@/lib/metrics/histogram';
import type { MetricsRow } from '@/lib/metrics/metrics-row';
import { toKnownShare, toShare } from '@/lib/metrics/shares';
import type { gamesFiguresSchema, ServiceFigures } from '@/lib/protocol/analytics';
import type { z } from 'zod';

export type GamesFigures = z.infer<typeof gamesFiguresSchema>;

export function toGamesFigures(row: MetricsRow): GamesFigures {
  const { games, gamesVerified: verified, gamesFailed: failed } = row;
  return {
    games,
    verified,
    failed,
    unverifiable: games - verified - failed,
    complete: row.gamesComplete,
    verifiedShare: toShare({ count: verified, of: verified + failed }),
    length: toSpread({ edges: LENGTH_EDGES, counts: row.lengthCounts, sum: row.lengthSum, max: row.lengthMax }),
    lengthHistogram: toHistogramView(LENGTH_EDGES, row.lengthCounts),
    peak: toSpread({ edges: PEAK_EDGES, counts: row.peakCounts, sum: row.peakSum, max: row.peakMax }),
    peakHistogram: toHistogramView(PEAK_EDGES, row.peakCounts),
  };
}

function toSpread({
  edges,
  counts,
  sum,
  max,
}: {
  edges: readonly number[];
  counts: Counts;
  sum: number;
  max: number | null;
}): GamesFigures['length'] {
  const total = totalOf(counts);
  if (total === 0 || max === null) return null;
  const at = (p: number) => quantileOf({ edges, counts, p, max })!.value;
  return { mean: sum / total, median: at(0.5), p5: at(0.05), p95: at(0.95), max };
}

/** The promise for a frame's way to an assessment, in ms; one of the edges. */
const LATENCY_PROMISE_MS = 5;

export function toServiceFigures(row: MetricsRow): ServiceFigures {
  const { serviceMinutes: minutes, frames, deadLetters, disconnects, errors, latencyCounts: counts } = row;
  const samples = totalOf(counts);
  const at = (p: number) => quantileOf({ edges: LATENCY_EDGES, counts, p })!.value;
  const under = countBelow(LATENCY_EDGES, counts, LATENCY_PROMISE_MS);
  const latencyMs =
    samples === 0
      ? null
      : {
          samples,
          median: at(0.5),
          p95: at(0.95),
          p99: at(0.99),
          underPromise: toKnownShare({ count: under, of: samples }),
        };
  return { minutes, frames, deadLetters, disconnects, errors, latencyMs };
}
