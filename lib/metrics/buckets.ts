// The buckets that metrics are counted in: minutes, five minutes, hours, UTC days, each level made of whole buckets of the
// one below. Pure; the rollup job builds the levels, and the history reads a range as few, large buckets.

export const RESOLUTIONS = ['minute', 'five-minutes', 'hour', 'day'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
/** UTC has no leap seconds and no summer time in this count: every day is as long. */
export const BUCKET_MS: Readonly<Record<Resolution, number>> = {
  minute: MINUTE_MS,
  'five-minutes': 5 * MINUTE_MS,
  hour: HOUR_MS,
  day: DAY_MS,
};

/** Start of the bucket that a moment falls in. */
export function bucketStart(atMs: number, resolution: Resolution): number {
  return floorTo(atMs, BUCKET_MS[resolution]);
}

export function floorTo(atMs: number, stepMs: number): number {
  return Math.floor(atMs / stepMs) * stepMs;
}

export function ceilTo(atMs: number, stepMs: number): number {
  return Math.ceil(atMs / stepMs) * stepMs;
}

/** [from, to), both bucket starts of the resolution. */
export type Stretch = { readonly resolution: Resolution; readonly from: number; readonly to: number };

/**
 * The range [from, to), both whole minutes, as stretches of the largest buckets that fit: at most two of each level below
 * the largest. Worked value: 23:58 to 01:07 is two minutes, an hour, five minutes and two minutes.
 */
export function coverRange({
  from,
  to,
  largest = 'day',
}: {
  from: number;
  to: number;
  largest?: Resolution;
}): Stretch[] {
  if (from >= to) return [];
  const level = RESOLUTIONS.indexOf(largest);
  if (level === 0) return [{ resolution: largest, from, to }];
  const [inner, outer] = [ceilTo(from, BUCKET_MS[largest]), floorTo(to, BUCKET_MS[largest])];
  const below = RESOLUTIONS[level - 1]!;
  if (inner >= outer) return coverRange({ from, to, largest: below });
  return [
    ...coverRange({ from, to: inner, largest: below }),
    { resolution: largest, from: inner, to: outer },
    ...coverRange({ from: outer, to, largest: below }),
  ];
}

/** Sorted starts of the buckets that hold these moments, each once. */
export function bucketsOf(moments: Iterable<number>, resolution: Resolution): number[] {
  const starts = new Set<number>();
  for (const at of moments) starts.add(bucketStart(at, resolution));
  return [...starts].sort((a, b) => a - b);
}
