// Histograms as arrays of counts over named edges (lib/metrics/edges): finding a bin, merging, quantiles with a stated
// resolution. An array may end early: what is not there is zero. Pure.
import type { HistogramView } from '@/lib/protocol/analytics';

export type Counts = readonly number[];

/** Index of the bin that holds a value: the last edge that is not above it. */
export function binOf(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Adds to a bin, filling with zeros up to it. */
export function addToBin(counts: number[], bin: number, amount = 1): void {
  while (counts.length <= bin) counts.push(0);
  counts[bin]! += amount;
}

export function addCounts(counts: number[], added: Counts): void {
  while (counts.length < added.length) counts.push(0);
  for (let bin = 0; bin < added.length; bin++) counts[bin]! += added[bin]!;
}

export function totalOf(counts: Counts): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Counts of values below an edge, which has to be one of the edges. */
export function countBelow(edges: readonly number[], counts: Counts, edge: number): number {
  const bin = edges.indexOf(edge);
  if (bin < 0) throw new RangeError(`${edge} is no edge`);
  return totalOf(counts.slice(0, bin));
}

export type Quantile = {
  readonly value: number;
  /** Width of the bin it was found in: it is off by less than that. */
  readonly resolution: number;
};

/**
 * The p-quantile, values spread evenly within a bin; null without values. The last bin ends at `max` where that is known.
 * Worked value: edges 0, 10, 20 with counts 1, 3 → the median is 10 + 10 × 1/3 when `max` is 20.
 */
export function quantileOf({
  edges,
  counts,
  p,
  max = null,
}: {
  edges: readonly number[];
  counts: Counts;
  p: number;
  max?: number | null;
}): Quantile | null {
  const total = totalOf(counts);
  if (total === 0) return null;
  const rank = p * total;
  let before = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    const count = counts[bin]!;
    if (count > 0 && before + count >= rank) {
      const from = edges[bin]!;
      const to = Math.max(from, Math.min(edges[bin + 1] ?? Infinity, max ?? edges[bin + 1] ?? from));
      return { value: from + ((to - from) * (rank - before)) / count, resolution: to - from };
    }
    before += count;
  }
  return null;
}

/** From the first bin with a count to the last, as an answer tells it. */
export function toHistogramView(edges: readonly number[], counts: Counts): HistogramView {
  const total = totalOf(counts);
  const first = counts.findIndex((count) => count > 0);
  const last = counts.findLastIndex((count) => count > 0);
  if (first < 0) return [];
  return counts.slice(first, last + 1).map((count, i) => ({
    from: edges[first + i]!,
    to: edges[first + i + 1] ?? null,
    count,
    share: count / total,
  }));
}
