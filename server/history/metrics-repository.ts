// Reads rollups for the history pages and their API: `read` gives the rows of one resolution, `readRange` one row for any
// range of whole minutes, from as few rows as cover it. Never the raw ticks. What a server with continuous aggregates
// reads instead is behind `read` and `readRange` alone: it has to answer with the same columns (lib/metrics/metrics-row),
// histograms added up bin by bin. The verbs in server/history call it; nothing on the live path does.
import { coverRange, type Resolution, type Stretch } from '@/lib/metrics/buckets';
import { mergeMetrics, type MetricColumn, type MetricsRow } from '@/lib/metrics/metrics-row';
import { METRIC_TABLES, metricSelectList, toBucketMetrics, type BucketMetrics } from '@/server/rollups/metrics-tables';
import { isoOf, type Query } from '@/server/rollups/query';
import type { GameSource } from '@/lib/game/game-source';

/** [from, to) of one source, whole minutes. */
export type MetricsRange = { readonly from: number; readonly to: number; readonly source: GameSource };

export type MetricsRepository = {
  /** Rows whose bucket starts in the range, ascending; buckets without anything have none. Columns left out are empty. */
  read(
    query: MetricsRange & { readonly resolution: Resolution; readonly columns?: readonly MetricColumn[] },
  ): Promise<readonly BucketMetrics[]>;
  /** Everything in the range as one row. */
  readRange(range: MetricsRange): Promise<MetricsRow>;
};

export function createMetricsRepository(query: Query): MetricsRepository {
  return {
    async read({ resolution, columns, ...range }) {
      const rows = await query(`${stretchQuery({ resolution, columns, at: 2 })} order by 1`, [
        range.source,
        isoOf(range.from),
        isoOf(range.to),
      ]);
      return rows.map(toBucketMetrics);
    },

    async readRange({ from, to, source }) {
      const stretches = coverRange({ from, to });
      if (stretches.length === 0) return mergeMetrics([]);
      const parts = stretches.map(({ resolution }, i) => stretchQuery({ resolution, at: 2 + 2 * i }));
      const bounds = stretches.flatMap((stretch: Stretch) => [isoOf(stretch.from), isoOf(stretch.to)]);
      const rows = await query(parts.join(' union all '), [source, ...bounds]);
      return mergeMetrics(rows.map((row) => toBucketMetrics(row).metrics));
    },
  };
}

/** The source is `$1`, the range begins with parameter `at`. */
function stretchQuery({
  resolution,
  columns,
  at,
}: {
  resolution: Resolution;
  columns?: readonly MetricColumn[] | undefined;
  at: number;
}): string {
  return `select ${metricSelectList(columns)} from ${METRIC_TABLES[resolution]}
    where source = $1::text and bucket >= $${at}::text::timestamptz and bucket < $${at + 1}::text::timestamptz`;
}
