// What is due by the policies, a step for a kind and day each: ticks that have no path yet are compacted, days are archived,
// archived days are deleted. Cheap, because it is done before every step: rows are not counted here, and whether a step may
// be done is looked at when its turn comes (inspect-step). Reads only.
import type { RawSql } from '@/db/connect';
import { readRelationKind } from '@/db/timescale/relations';
import { isDay } from '@/db/timescale/day';
import type { EpochMs } from '@/lib/units/time';
import { daysWithRows, KINDS, type Kind } from '@/server/retention/kinds';
import { readLedger, type LedgerFile } from '@/server/retention/ledger';
import { isDue, lastDayDue, readPolicies, type Policy } from '@/server/retention/policies';

export type Step = {
  readonly action: 'archive' | 'delete';
  readonly kind: Kind;
  readonly day: string;
  readonly policy: Policy;
  /** The day's files whose rows are in the database too, oldest first. */
  readonly files: readonly LedgerFile[];
};

/** Oldest day first within a kind; what is archived and deleted on one day is archived first. */
export async function findSteps(sql: RawSql, now: EpochMs): Promise<Step[]> {
  const policies = await readPolicies(sql);
  const ledger = await readLedger(sql);
  const steps: Step[] = [];
  for (const kind of KINDS) {
    const policy = policies.get(kind.name);
    if (!policy) continue;
    for (const day of await readDays(sql, { kind, policy, now })) {
      const files = ledger.filter((file) => file.kind === kind.name && file.day === day && file.deletedAt === null);
      if (isDue(day, now, policy.archiveAfterDays) && (await needsArchive(sql, { kind, day, files }))) {
        steps.push({ action: 'archive', kind, day, policy, files });
      }
      if (isDue(day, now, policy.deleteAfterDays)) steps.push({ action: 'delete', kind, day, policy, files });
    }
  }
  return steps;
}

/** Kinds with a policy that are none of ours, and kinds of ours without one. */
export async function findUnknownPolicies(sql: RawSql): Promise<string[]> {
  return [...(await readPolicies(sql)).keys()].filter((name) => !KINDS.some((kind) => kind.name === name));
}

async function readDays(
  sql: RawSql,
  { kind, policy, now }: { kind: Kind; policy: Policy; now: EpochMs },
): Promise<string[]> {
  const after = [policy.archiveAfterDays, policy.deleteAfterDays].filter((days) => days !== null);
  if (after.length === 0) return [];
  // Where TimescaleDB keeps the rollups they are views, and their retention is its own.
  if ((await readRelationKind(sql, kind.name)) === 'view') return [];
  const rows = await sql.unsafe(daysWithRows(kind, lastDayDue(now, Math.min(...after))));
  return rows.map((row) => row.day as string).filter(isDay);
}

/**
 * Rows and no file for them, or ticks whose games have changed since. Rows of other kinds that have changed since are found
 * when they are deleted: only those that are in the archive as they are go.
 */
async function needsArchive(
  sql: RawSql,
  { kind, day, files }: { kind: Kind; day: string; files: readonly LedgerFile[] },
): Promise<boolean> {
  const last = files.at(-1);
  return !last || (kind.name === 'ticks' && (await hasChangedPaths(sql, { day, since: last.archivedAt })));
}

/** A change of a confirmed game's ticks writes its path again. */
export async function hasChangedPaths(sql: RawSql, { day, since }: { day: string; since: Date }): Promise<boolean> {
  const from = day.replaceAll('-', '');
  const rows = await sql`
    select from game_paths
    where game_id >= ${from} and game_id < ${`${from}.`} and compacted_at >= ${since.toISOString()}::text::timestamptz
    limit 1`;
  return rows.length > 0;
}
