// What waits for the jobs, for the quality report: games to be checked, minutes to be rolled up, days to be dropped or
// archived. Counting stops at WAITING_MAX: that many and more are as bad.
import type { RawSql } from '@/db/connect';
import { findTickPartitions } from '@/db/partitions';
import type { RecordMeasurements } from '@/lib/quality/measurements';
import type { EpochMs } from '@/lib/units/time';

type Work = Pick<RecordMeasurements, 'unchecked' | 'retention' | 'archive'> & {
  readonly staleMinutes: number;
  /** The oldest stale minutes, by bucket and source. */
  readonly oldestStale: readonly string[];
};

export const WAITING_MAX = 10_000;
const STALE_WATCHED = 100;
const DAY_MS = 86_400_000;

export async function measureWork(sql: RawSql, now: EpochMs): Promise<Work> {
  const [unchecked] = await sql`
    select count(*) as games, min(confirmed_at) as since from (
      select confirmed_at from games where confirmed_at is not null and checked_at is null limit ${WAITING_MAX}
    ) waiting`;
  const [stale] = await sql`select count(*) as minutes from (select from stale_minutes limit ${WAITING_MAX}) waiting`;
  const oldest = await sql`
    select extract(epoch from bucket)::bigint || ' ' || source as minute
    from stale_minutes order by bucket, source limit ${STALE_WATCHED}`;
  const since = unchecked!.since as Date | null;
  return {
    unchecked: {
      games: Number(unchecked!.games),
      atLeast: Number(unchecked!.games) >= WAITING_MAX,
      waitingMs: since === null ? 0 : Math.max(0, now - since.getTime()),
    },
    staleMinutes: Number(stale!.minutes),
    oldestStale: oldest.map((row) => row.minute as string),
    retention: await measureRetention(sql, now),
    archive: await measureArchive(sql, now),
  };
}

async function measureRetention(sql: RawSql, now: EpochMs): Promise<RecordMeasurements['retention']> {
  const [policy] = await sql`select hot_days from retention_policies where kind = 'ticks'`;
  if (!policy) return null;
  const partitions = await (await findTickPartitions(sql)).list(sql);
  const days = partitions.flatMap(({ day }) => (day === null ? [] : Date.parse(day))).filter((day) => day <= now);
  const first = Math.min(now, ...days);
  const overdueDays = Math.floor((now - first) / DAY_MS) - (policy.hot_days as number);
  return { partitions: days.length, overdueDays: Math.max(0, overdueDays) };
}

/** Days of games that a policy wants in the archive and that no file of it holds. */
async function measureArchive(sql: RawSql, now: EpochMs): Promise<RecordMeasurements['archive']> {
  const at = new Date(now).toISOString();
  const [row] = await sql`
    select (select count(*) from retention_policies where archive_after_days is not null) as policies,
      (select count(*) from archive_ledger) as files,
      (select max(extract(day from date_trunc('day', ${at}::timestamptz at time zone 'UTC')
          - date_trunc('day', bucket at time zone 'UTC')) - archive_after_days)
        from retention_policies policy join metrics_daily on games > 0
        where archive_after_days is not null
          and bucket < ${at}::timestamptz - archive_after_days * interval '1 day'
          and not exists (select from archive_ledger ledger
            where ledger.kind = policy.kind and ledger.day = (bucket at time zone 'UTC')::date)) as overdue`;
  if (Number(row!.policies) === 0) return null;
  return { files: Number(row!.files), overdueDays: Math.max(0, Number(row!.overdue ?? 0)) };
}
