// The retention policies as the database has them, and which days they make due. An operator changes them with UPDATE; what
// is read here is what holds.
import type { RawSql } from '@/db/connect';
import type { EpochMs } from '@/lib/units/time';

export type Policy = {
  readonly kind: string;
  readonly hotDays: number;
  /** Null: never. */
  readonly archiveAfterDays: number | null;
  readonly deleteAfterDays: number | null;
};

const DAY_MS = 86_400_000;

export async function readPolicies(sql: RawSql): Promise<ReadonlyMap<string, Policy>> {
  const rows = await sql`
    select kind, hot_days, archive_after_days, delete_after_days from retention_policies order by kind`;
  return new Map(
    rows.map((row) => [
      row.kind,
      {
        kind: row.kind,
        hotDays: row.hot_days,
        archiveAfterDays: row.archive_after_days,
        deleteAfterDays: row.delete_after_days,
      },
    ]),
  );
}

/**
 * The newest day that ended at least so many days ago. Of the clocks of this machine and of the database the earlier counts:
 * one that has jumped ahead must not make young data old.
 */
export async function readToday(sql: RawSql, now: EpochMs): Promise<EpochMs> {
  const [row] = await sql`select clock_timestamp() as at`;
  return Math.min(now, (row!.at as Date).getTime()) as EpochMs;
}

export function lastDayDue(now: EpochMs, afterDays: number): string {
  return toDay(now - (afterDays + 1) * DAY_MS);
}

/** Whether so many whole days have passed since the day ended. */
export function isDue(day: string, now: EpochMs, afterDays: number | null): boolean {
  return afterDays !== null && day <= lastDayDue(now, afterDays);
}

/** From yesterday (games end after midnight) to some days ahead. */
export function daysAround(now: EpochMs, ahead: number): string[] {
  return Array.from({ length: ahead + 2 }, (_, i) => toDay(now + (i - 1) * DAY_MS));
}

function toDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
