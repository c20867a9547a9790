// What waits for the jobs, for the quality report: games to be checked, minutes to be rolled up, days to be dropped or
// archived. Counting stops at WAITING_MAX: that many and more are as bad.
import type { RawSql } from '@/db/connect';
import type { EpochMs } from '@/lib/units/time';
import { findSteps, type Step } from '@/server/retention/find-steps';
import { readPolicies } from '@/server/retention/policies';

type Work = {
  readonly unchecked: number;
  /** The oldest of them: the integrity job takes those first. */
  readonly oldestUnchecked: readonly string[];
  readonly staleMinutes: number;
  /** The oldest stale minutes, by bucket and source. */
  readonly oldestStale: readonly string[];
};

export type DueDays = {
  /** What retention has to do, "kind day" each; null where no policy asks for it. */
  readonly toDelete: readonly string[] | null;
  readonly toArchive: readonly string[] | null;
  readonly archiveFiles: number;
};

export const WAITING_MAX = 10_000;
/** Of each kind of work the first so many are followed from look to look. */
const WATCHED = 100;

export async function measureWork(sql: RawSql): Promise<Work> {
  const [unchecked] = await sql`
    select count(*) as games from (
      select from games where confirmed_at is not null and checked_at is null limit ${WAITING_MAX}
    ) waiting`;
  const oldestUnchecked = await sql`
    select game_id from games where confirmed_at is not null and checked_at is null
    order by listed_at limit ${WATCHED}`;
  const [stale] = await sql`select count(*) as minutes from (select from stale_minutes limit ${WAITING_MAX}) waiting`;
  const oldest = await sql`
    select extract(epoch from bucket)::bigint || ' ' || source as minute
    from stale_minutes order by bucket, source limit ${WATCHED}`;
  return {
    unchecked: Number(unchecked!.games),
    oldestUnchecked: oldestUnchecked.map((row) => row.game_id as string),
    staleMinutes: Number(stale!.minutes),
    oldestStale: oldest.map((row) => row.minute as string),
  };
}

/** What the retention job would do next, as it finds it itself. A query for every kind: not for every minute. */
export async function measureDue(sql: RawSql, now: EpochMs): Promise<DueDays> {
  const policies = [...(await readPolicies(sql)).values()];
  const steps = await findSteps(sql, now);
  const due = (action: Step['action']) =>
    steps.filter((step) => step.action === action).map(({ kind, day }) => `${kind.name} ${day}`);
  const [ledger] = await sql`select count(*) as files from archive_ledger`;
  return {
    toDelete: policies.some(({ deleteAfterDays }) => deleteAfterDays !== null) ? due('delete') : null,
    toArchive: policies.some(({ archiveAfterDays }) => archiveAfterDays !== null) ? due('archive') : null,
    archiveFiles: Number(ledger!.files),
  };
}
