// One step of the rollups: some stale minutes are counted again from the tables, then the five minutes, hours and days that
// hold them, each from the level below; one transaction, so that the levels always agree. A minute is stale until what
// was counted is all there is: a change that comes meanwhile raises `changes`, and the minute stays.
// Called by the rollup job and by rebuildMetrics.
import { transact, type RawSql } from '@/db/connect';
import { refreshRollups } from '@/db/timescale/refresh-rollups';
import { hasContinuousAggregates } from '@/db/timescale/relations';
import { BUCKET_MS, bucketsOf, HOUR_MS, RESOLUTIONS, type Resolution } from '@/lib/metrics/buckets';
import { mergeMetrics, type MetricsRow } from '@/lib/metrics/metrics-row';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { countMinutes, minuteRanges } from '@/server/rollups/count-minutes';
import { METRIC_TABLES, metricSelectList, replaceMetrics, toBucketMetrics } from '@/server/rollups/metrics-tables';
import { isoOf, msOf, queryRaw, type Query } from '@/server/rollups/query';
import { replaceStrategyDays, replaceStrategyHours } from '@/server/rollups/strategy-tables';
import { carryOver, readThinnedHours, withThinnedHours } from '@/server/rollups/thinned-hours';
import type { GameSource } from '@/lib/game/game-source';

/** Four hours of games: about 240 games, well under 200 ms. */
export const MINUTES_AT_ONCE = 240;
/** Two processes on one record: one rolls up, the other has nothing to do. Not the lock of the batch writer. */
const ROLLUP_LOCK = 4_040_003;
const SOURCES: readonly GameSource[] = ['live', 'simulator'];

type StaleMinute = { readonly bucket: number; readonly source: GameSource; readonly changes: number };

/** How many minutes were rolled up, and whether some are left; nothing when another process is at it. */
export async function rollUpStale(
  sql: RawSql,
  { minutesMax = MINUTES_AT_ONCE, ifBusy = 'leave' }: { minutesMax?: number; ifBusy?: 'leave' | 'wait' } = {},
): Promise<{ done: number; more: boolean }> {
  const query = queryRaw(sql);
  const aggregates = await hasContinuousAggregates(sql);
  const stale = await transact(sql, async () => {
    if (ifBusy === 'wait') await query(`select from pg_advisory_xact_lock(${ROLLUP_LOCK})`);
    else if (!(await tryLock(query))) return [];
    const found = await readStale(query, minutesMax);
    const touched = found.map(({ bucket }) => bucket);
    // An aggregate's bucket is built again for both sources at once, so that neither may lack minutes there.
    for (const source of aggregates ? SOURCES : new Set(found.map((minute) => minute.source))) {
      const minutes = found.filter((minute) => minute.source === source).map(({ bucket }) => bucket);
      await rollUpMinutes(query, { source, minutes, touched: aggregates ? touched : minutes, aggregates });
    }
    if (!aggregates) await settleStale(query, found);
    return found;
  });
  if (aggregates && stale.length > 0) {
    // TimescaleDB builds the levels above by itself, outside of transactions; until it has, the minutes stay stale.
    await refreshRollups(sql, fiveMinutesOfHours(stale.map(({ bucket }) => bucket)));
    await settleStale(query, stale);
  }
  return { done: stale.length, more: stale.length === minutesMax };
}

/** An hour whose minutes were deleted has been counted again as a whole. */
function fiveMinutesOfHours(minutes: readonly number[]): EpochMs[] {
  const step = BUCKET_MS['five-minutes'];
  return bucketsOf(minutes, 'hour').flatMap((hour) =>
    Array.from({ length: HOUR_MS / step }, (_, i) => epochMs(hour + i * step)),
  );
}

async function tryLock(query: Query): Promise<boolean> {
  const [lock] = await query(`select pg_try_advisory_xact_lock(${ROLLUP_LOCK}) as held`);
  return lock!.held === true;
}

async function rollUpMinutes(
  query: Query,
  {
    source,
    minutes: stale,
    touched,
    aggregates,
  }: { source: GameSource; minutes: readonly number[]; touched: readonly number[]; aggregates: boolean },
): Promise<void> {
  const thinned = await readThinnedHours(query, { source, minutes: touched });
  const minutes = withThinnedHours(stale, thinned);
  if (minutes.length === 0) return;
  const counted = await countMinutes(query, { source, ranges: minuteRanges(minutes), knownAt: null });
  carryOver(counted, thinned);
  const rows = new Map(minutes.map((minute) => [minute, counted.get(minute) ?? null]));
  await replaceMetrics(query, { resolution: 'minute', source, rows });
  for (let level = 1; level < RESOLUTIONS.length && !aggregates; level++) {
    const [from, resolution] = [RESOLUTIONS[level - 1]!, RESOLUTIONS[level]!];
    await rollUpLevel(query, { source, from, resolution, buckets: bucketsOf(minutes, resolution) });
  }
  await replaceStrategyHours(query, { source, hours: bucketsOf(minutes, 'hour'), hourMs: HOUR_MS });
  await replaceStrategyDays(query, { source, days: bucketsOf(minutes, 'day') });
}

async function rollUpLevel(
  query: Query,
  {
    source,
    from,
    resolution,
    buckets,
  }: { source: GameSource; from: Resolution; resolution: Resolution; buckets: readonly number[] },
): Promise<void> {
  const answered = await query(
    `select ${msOf('b.larger')} as larger, ${metricSelectList()}
    from unnest($1::text::timestamptz[]) b(larger)
    join ${METRIC_TABLES[from]} on bucket >= b.larger and bucket < b.larger + $2::float8 * interval '1 millisecond'
    where source = $3::text`,
    [`{${buckets.map(isoOf).join(',')}}`, BUCKET_MS[resolution], source],
  );
  const parts = new Map<number, MetricsRow[]>();
  for (const { larger, ...row } of answered) {
    const metrics = toBucketMetrics(row).metrics;
    const list = parts.get(larger as number);
    if (list) list.push(metrics);
    else parts.set(larger as number, [metrics]);
  }
  const rows = new Map(buckets.map((bucket) => [bucket, parts.has(bucket) ? mergeMetrics(parts.get(bucket)!) : null]));
  await replaceMetrics(query, { resolution, source, rows });
}

/** The newest first: what players look at is never behind a backlog. */
async function readStale(query: Query, minutesMax: number): Promise<StaleMinute[]> {
  const rows = await query(
    `select ${msOf('bucket')} as bucket, source, changes::float8 as changes from stale_minutes
    order by stale_minutes.bucket desc, source limit $1::integer`,
    [minutesMax],
  );
  return rows as unknown as StaleMinute[];
}

/**
 * Rows that the batch writer holds at this moment are left alone: they have changed, and waiting for one while holding
 * another could make the two wait for each other.
 */
async function settleStale(query: Query, stale: readonly StaleMinute[]): Promise<void> {
  if (stale.length === 0) return;
  await query(
    `delete from stale_minutes where (bucket, source) in (
      select s.bucket, s.source from stale_minutes s
      join unnest($1::text::timestamptz[], $2::text::text[], $3::text::integer[]) done(bucket, source, changes)
        using (bucket, source, changes)
      for update of s skip locked)`,
    [
      `{${stale.map(({ bucket }) => isoOf(bucket)).join(',')}}`,
      `{${stale.map(({ source }) => source).join(',')}}`,
      `{${stale.map(({ changes }) => changes).join(',')}}`,
    ],
  );
}
