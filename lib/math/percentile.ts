// Order statistics of measurements, for benches and reports.
/** Nearest-rank percentile of unsorted values; p in 0..1. */
export function percentile(values: readonly number[], p: number): number {
  if (values.length === 0) return NaN;
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))]!;
}

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
