// Builds the rollups again from the tables: every minute that has something to count, or a row, is made stale and rolled
// up. Nothing is deleted first, so that pages stay right throughout. Called by `npm run rebuild -- metrics`.
import { transact, type RawSql } from '@/db/connect';
import { METRIC_TABLES } from '@/server/rollups/metrics-tables';
import { isoOf, queryRaw } from '@/server/rollups/query';
import { rollUpStale } from '@/server/rollups/roll-up';

/** [from, to), in ms since the epoch; all there is without one. */
export type RebuildRange = { readonly from: number; readonly to: number };

/** How many minutes were rolled up. Minutes that become stale meanwhile are counted too. */
export async function rebuildMetrics(
  sql: RawSql,
  range?: RebuildRange,
  { onProgress = () => {} }: { onProgress?: (minutes: number) => void } = {},
): Promise<number> {
  await transact(sql, () => markStale(sql, range));
  let minutes = 0;
  for (;;) {
    const { done } = await rollUpStale(sql, { ifBusy: 'wait' });
    minutes += done;
    onProgress(minutes);
    if (done === 0) return minutes;
  }
}

/** A row of a larger bucket without a minute below it is reached through the first minute of its bucket. */
async function markStale(sql: RawSql, range: RebuildRange | undefined): Promise<void> {
  const levels = Object.values(METRIC_TABLES).map((table) => `select bucket, source from ${table}`);
  await queryRaw(sql)(
    `insert into stale_minutes (bucket, source)
    select distinct date_trunc('minute', bucket, 'UTC'), source from (
      select listed_at as bucket, source from games where confirmed_at is not null
      union all select minute, source from service_minutes
      union all ${levels.join(' union all ')}
      union all select bucket, source from strategy_hourly
      union all select day::timestamp at time zone 'UTC', source from strategy_performance
    ) counted
    where bucket >= coalesce($1::text::timestamptz, '-infinity') and bucket < coalesce($2::text::timestamptz, 'infinity')
    order by 1, 2
    on conflict (bucket, source) do update set changes = stale_minutes.changes + 1`,
    range ? [isoOf(range.from), isoOf(range.to)] : [null, null],
  );
}
