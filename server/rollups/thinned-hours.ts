// Hours whose minutes retention has deleted. When something about a game of such an hour is learnt late, counting its one
// minute would leave the hour with that minute alone: the whole hour is counted again, and what the tables no longer hold
// (trades, the service's own minutes) is carried over from the hour's row. Called by roll-up only.
import { bucketsOf, HOUR_MS, MINUTE_MS } from '@/lib/metrics/buckets';
import { emptyMetrics, mergeMetrics, type MetricsRow } from '@/lib/metrics/metrics-row';
import { metricSelectList, toBucketMetrics } from '@/server/rollups/metrics-tables';
import { isoOf, type Query } from '@/server/rollups/query';
import type { GameSource } from '@/lib/game/game-source';

/** The hours' rows as they are, by start. */
export type ThinnedHours = ReadonlyMap<number, MetricsRow>;

/** Levels are written together, so that an hour that disagrees with its minutes has lost some of them. */
export async function readThinnedHours(
  query: Query,
  { source, minutes }: { source: GameSource; minutes: readonly number[] },
): Promise<ThinnedHours> {
  const rows = await query(
    `select ${metricSelectList()} from metrics_hourly h
    where h.source = $1::text and h.bucket = any($2::text::timestamptz[])
      and (h.games, h.trades, h.service_minutes) <> (
        select coalesce(sum(m.games), 0), coalesce(sum(m.trades), 0), coalesce(sum(m.service_minutes), 0)
        from metrics_minute m
        where m.source = h.source and m.bucket >= h.bucket and m.bucket < h.bucket + interval '1 hour')`,
    [source, `{${bucketsOf(minutes, 'hour').map(isoOf).join(',')}}`],
  );
  return new Map(rows.map(toBucketMetrics).map(({ bucket, metrics }) => [bucket, metrics]));
}

/** The minutes to count: the stale ones, and all of a thinned hour. */
export function withThinnedHours(minutes: readonly number[], thinned: ThinnedHours): number[] {
  const all = new Set(minutes);
  for (const hour of thinned.keys()) {
    for (let minute = hour; minute < hour + HOUR_MS; minute += MINUTE_MS) all.add(minute);
  }
  return [...all].sort((a, b) => a - b);
}

/** Adds to an hour's first minute what can no longer be counted. Retention drops whole days: then there is none at all. */
export function carryOver(counted: Map<number, MetricsRow>, thinned: ThinnedHours): void {
  for (const [hour, before] of thinned) {
    const now = [...counted].filter(([minute]) => minute >= hour && minute < hour + HOUR_MS).map(([, row]) => row);
    const gone = emptyMetrics();
    if (now.every((row) => row.trades === 0)) {
      gone.trades = before.trades;
      gone.tradedLamports = before.tradedLamports;
    }
    if (now.every((row) => row.serviceMinutes === 0)) {
      gone.serviceMinutes = before.serviceMinutes;
      gone.frames = before.frames;
      gone.deadLetters = before.deadLetters;
      gone.disconnects = before.disconnects;
      gone.errors = before.errors;
      gone.latencyCounts = [...before.latencyCounts];
    }
    if (gone.trades === 0 && gone.serviceMinutes === 0) continue;
    counted.set(hour, mergeMetrics([counted.get(hour) ?? emptyMetrics(), gone]));
  }
}
