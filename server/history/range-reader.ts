// Metrics and strategies of any range, as the record knows them now or knew them at a moment. Now: straight from the
// rollups. At a moment: the rollups' hours, but those in which a game was confirmed later, and the ends of the range, are
// counted from the tables with what was known then. Called by analytics-history only.
import { BUCKET_MS, bucketStart, ceilTo, coverRange, floorTo, HOUR_MS } from '@/lib/metrics/buckets';
import { mergeMetrics, type MetricColumn, type MetricsRow } from '@/lib/metrics/metrics-row';
import type { SourceRange } from '@/server/history/analytics-parameters';
import type { MetricsRepository } from '@/server/history/metrics-repository';
import { countMinutes } from '@/server/rollups/count-minutes';
import type { BucketMetrics } from '@/server/rollups/metrics-tables';
import { isoOf, msOf, type Query } from '@/server/rollups/query';
import {
  countStrategies,
  strategySelectList,
  toBucketStrategy,
  type BucketStrategy,
} from '@/server/rollups/strategy-tables';

export type KnownRange = SourceRange & { readonly from: number };
type Hour = { readonly bucket: number; readonly from: number; readonly to: number };

export type RangeReader = {
  /** The range with its beginning: that of the record where none was asked for. */
  begin(range: SourceRange): Promise<KnownRange>;
  readMetrics(range: KnownRange): Promise<MetricsRow>;
  /** Rows of hours or days that begin in the range; in the present, columns left out are empty. */
  readSeries(
    range: KnownRange & { resolution: 'hour' | 'day'; columns?: readonly MetricColumn[] },
  ): Promise<readonly BucketMetrics[]>;
  /** In buckets as large as possible, or of one resolution. */
  readStrategies(range: KnownRange & { resolution?: 'hour' | 'day' }): Promise<readonly BucketStrategy[]>;
  countStale(range: KnownRange): Promise<number>;
};

export function createRangeReader({ query, metrics }: { query: Query; metrics: MetricsRepository }): RangeReader {
  /** Hours of which the rollups say something else than was known, clipped to the range. */
  async function findRecounted({ from, to, source, at }: KnownRange): Promise<Hour[]> {
    const rows = await query(
      `select distinct ${msOf(`date_trunc('hour', listed_at, 'UTC')`)} as hour from games
      where source = $1::text and confirmed_at > $4::text::timestamptz
        and listed_at >= $2::text::timestamptz and listed_at < $3::text::timestamptz`,
      [source, isoOf(from), isoOf(to), isoOf(at!)],
    );
    const hours = new Set([...rows.map(({ hour }) => hour as number), ...partialHours(from, to)]);
    return [...hours]
      .sort((a, b) => a - b)
      .map((bucket) => ({ bucket, from: Math.max(from, bucket), to: Math.min(to, bucket + HOUR_MS) }));
  }

  async function readHoursThen(range: KnownRange): Promise<BucketMetrics[]> {
    const { from, to, source, at } = range;
    const recounted = await findRecounted(range);
    const known = await metrics.read({ resolution: 'hour', from: bucketStart(from, 'hour'), to, source });
    const minutes = await countMinutes(query, { source, ranges: recounted, knownAt: at });
    const buckets = new Set(recounted.map(({ bucket }) => bucket));
    return [
      ...known.filter(({ bucket }) => !buckets.has(bucket)),
      ...mergeBuckets(
        [...minutes].map(([bucket, row]) => ({ bucket, metrics: row })),
        HOUR_MS,
      ),
    ].sort((a, b) => a.bucket - b.bucket);
  }

  async function readStrategiesThen(range: KnownRange): Promise<BucketStrategy[]> {
    const recounted = await findRecounted(range);
    const hours = await readStrategyRows({ ...range, from: bucketStart(range.from, 'hour') }, 'hour');
    const buckets = new Set(recounted.map(({ bucket }) => bucket));
    const counted = await countStrategies(query, { source: range.source, buckets: recounted, knownAt: range.at });
    return [...hours.filter(({ bucket }) => !buckets.has(bucket)), ...counted];
  }

  async function readStrategyRows({ from, to, source }: KnownRange, resolution: 'hour' | 'day') {
    const [table, bucket] =
      resolution === 'hour'
        ? ['strategy_hourly', 'bucket']
        : ['strategy_performance', `(day::timestamp at time zone 'UTC')`];
    const rows = await query(
      `select ${strategySelectList(bucket)} from ${table}
      where source = $1::text and ${bucket} >= $2::text::timestamptz and ${bucket} < $3::text::timestamptz`,
      [source, isoOf(from), isoOf(to)],
    );
    return rows.map(toBucketStrategy);
  }

  return {
    async begin(range) {
      if (range.from !== null) return { ...range, from: range.from };
      const [row] = await query(`select ${msOf('min(bucket)')} as first from metrics_daily where source = $1::text`, [
        range.source,
      ]);
      const first = (row!.first as number | null) ?? bucketStart(range.to, 'day');
      return { ...range, from: Math.min(first, range.to) };
    },

    async readMetrics(range) {
      if (range.at === null) return metrics.readRange(range);
      return mergeMetrics((await readHoursThen(range)).map((row) => row.metrics));
    },

    async readSeries({ resolution, columns, ...range }) {
      if (range.at === null) return metrics.read({ ...range, resolution, ...(columns && { columns }) });
      return mergeBuckets(await readHoursThen(range), BUCKET_MS[resolution]);
    },

    async readStrategies({ resolution, ...range }) {
      if (range.at !== null) {
        const hours = await readStrategiesThen(range);
        return resolution === 'day' ? hours.map((row) => ({ ...row, bucket: bucketStart(row.bucket, 'day') })) : hours;
      }
      if (resolution) return readStrategyRows(range, resolution);
      // Hours are the smallest rows there are: the beginning of the first one is left out by counting the rest of it.
      const [from, to] = [ceilTo(range.from, HOUR_MS), ceilTo(range.to, HOUR_MS)];
      const parts = coverRange({ from, to }).map((stretch) =>
        readStrategyRows({ ...range, ...stretch }, stretch.resolution as 'hour' | 'day'),
      );
      const edge = { bucket: floorTo(range.from, HOUR_MS), from: range.from, to: Math.min(from, range.to) };
      const counted =
        edge.from < edge.to ? countStrategies(query, { source: range.source, buckets: [edge], knownAt: null }) : [];
      return (await Promise.all([...parts, counted])).flat();
    },

    async countStale({ from, to, source }) {
      const [row] = await query(
        `select count(*)::float8 as stale from stale_minutes
        where source = $1::text and bucket >= $2::text::timestamptz and bucket < $3::text::timestamptz`,
        [source, isoOf(bucketStart(from, 'minute')), isoOf(to)],
      );
      return row!.stale as number;
    },
  };
}

function partialHours(from: number, to: number): number[] {
  return [from, to].filter((end) => end % HOUR_MS !== 0).map((end) => bucketStart(end, 'hour'));
}

function mergeBuckets(rows: readonly BucketMetrics[], bucketMs: number): BucketMetrics[] {
  const parts = new Map<number, MetricsRow[]>();
  for (const { bucket, metrics } of rows) {
    const start = floorTo(bucket, bucketMs);
    const list = parts.get(start);
    if (list) list.push(metrics);
    else parts.set(start, [metrics]);
  }
  return [...parts].map(([bucket, list]) => ({ bucket, metrics: mergeMetrics(list) }));
}
