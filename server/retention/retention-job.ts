// Keeps the record to its retention policies: makes the partitions of coming days, archives days that are due, and deletes
// those that are compacted and archived. One step a run, each of which may be cut off at any point and done again.
// Games and events are never deleted. Started by server/main; the command runs it too.
import { findTickPartitions } from '@/db/partitions';
import type { RawSql } from '@/db/connect';
import type { Clock, EpochMs } from '@/lib/units/time';
import type { Archive } from '@/server/archive/archive';
import type { Job, JobReport } from '@/server/jobs/job';
import { archiveDay } from '@/server/retention/archive-day';
import { compactMissing } from '@/server/retention/compact-missing';
import { deleteDay } from '@/server/retention/delete-day';
import { dropTicks } from '@/server/retention/drop-ticks';
import { findSteps, type Step } from '@/server/retention/find-steps';
import { findObstacle } from '@/server/retention/inspect-step';
import { daysAround, readToday } from '@/server/retention/policies';
import type { RecordDatabase } from '@/server/store/record-database';
import type { StoreLog } from '@/server/store/store-log';

/** What was done in a run, for whoever watches. */
export type RetentionDone =
  | { readonly action: 'partitions'; readonly days: readonly string[] }
  | { readonly action: 'compact'; readonly games: number }
  | { readonly action: Step['action']; readonly kind: string; readonly day: string; readonly rows: number };

export type RetentionOptions = {
  readonly database: Pick<RecordDatabase, 'use'>;
  readonly archive: Archive;
  readonly clock: Clock;
  readonly log: Pick<StoreLog, 'info' | 'warn'>;
  readonly onDone?: (done: RetentionDone) => void;
};

const EVERY_MS = 600_000;
/** Partitions are there this long before their first row: a server that is down over a weekend starts with its own. */
export const DAYS_AHEAD = 3;
/** One retention at a time, in whichever process. */
const RETENTION_LOCK = 4_040_004;

export function createRetentionJob({ database, archive, clock, log, onDone = () => {} }: RetentionOptions): Job {
  let daysMade = '';
  let allCompacted = false;
  /** Steps of this round that cannot be done now. */
  const passed = new Set<string>();

  async function makePartitions(sql: RawSql, now: EpochMs): Promise<void> {
    const days = daysAround(now, DAYS_AHEAD);
    if (days.join() === daysMade) return;
    const { created } = await (await findTickPartitions(sql)).ensure(sql, days);
    daysMade = days.join();
    if (created.length > 0) onDone({ action: 'partitions', days: created });
  }

  async function runStep(sql: RawSql, now: EpochMs): Promise<JobReport> {
    for (const step of await findSteps(sql, now)) {
      if (passed.has(nameOf(step))) continue;
      // Whatever comes of it, the others have their turn first.
      passed.add(nameOf(step));
      const obstacle = await findObstacle(sql, { step, archive });
      if (obstacle !== null) continue;
      const rows = await doStep(sql, { step, archive, now });
      passed.delete(nameOf(step));
      log.info({ action: step.action, kind: step.kind.name, day: step.day, rows }, 'retention');
      onDone({ action: step.action, kind: step.kind.name, day: step.day, rows });
      return { done: 1, more: true };
    }
    passed.clear();
    return { done: 0, more: false };
  }

  async function runOnce(sql: RawSql): Promise<JobReport> {
    const now = await readToday(sql, clock());
    await makePartitions(sql, now).catch((error: { code?: string }) => {
      // Somebody reads ticks for long: next time.
      if (error.code !== '55P03') throw error;
      log.info({}, 'ticks are in use: their partitions are made later');
    });
    if (!allCompacted) {
      const games = await compactMissing(sql);
      allCompacted = games === 0;
      if (games > 0) onDone({ action: 'compact', games });
      if (games > 0) return { done: games, more: true };
    }
    return runStep(sql, now);
  }

  return {
    name: 'retention',
    everyMs: EVERY_MS,
    run: () =>
      database.use(async (sql) => {
        const [lock] = await sql`select pg_try_advisory_lock(${RETENTION_LOCK}) as mine`;
        if (!lock!.mine) return { done: 0, more: false };
        try {
          return await runOnce(sql);
        } finally {
          await sql`select pg_advisory_unlock(${RETENTION_LOCK})`.catch(() => {});
        }
      }),
  };
}

function doStep(sql: RawSql, { step, archive, now }: { step: Step; archive: Archive; now: EpochMs }): Promise<number> {
  if (step.action === 'archive') return archiveDay(sql, { ...step, archive, now });
  return step.kind.name === 'ticks' ? dropTicks(sql, { step, archive, now }) : deleteDay(sql, { step, archive, now });
}

function nameOf({ action, kind, day }: Step): string {
  return `${action} ${kind.name} ${day}`;
}
