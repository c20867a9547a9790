// What retention would do now, with rows and bytes, and what it would leave and why. Counts rows, so it is for a person who
// asks, not for the job. Reads only; called by the retention command.
import type { RawSql } from '@/db/connect';
import { findTickPartitions } from '@/db/partitions';
import type { Archive } from '@/server/archive/archive';
import { findSteps, findUnknownPolicies, type Step } from '@/server/retention/find-steps';
import { findObstacle } from '@/server/retention/inspect-step';
import { isOfDay } from '@/server/retention/kinds';
import { daysAround, readToday } from '@/server/retention/policies';
import { DAYS_AHEAD } from '@/server/retention/retention-job';
import type { EpochMs } from '@/lib/units/time';
import { hasTickChunks } from '@/db/timescale/relations';

export type PreviewedStep = {
  readonly action: Step['action'];
  readonly kind: string;
  readonly day: string;
  readonly rows: number;
  /** In the database, indexes included: exact for a partition, else the rows' share of their table. */
  readonly bytes: number;
  /** Why it would not be done; null when it would. */
  readonly obstacle: string | null;
};

export type Preview = {
  readonly steps: readonly PreviewedStep[];
  /** Partitions of ticks it would make. */
  readonly partitions: readonly string[];
  /** Confirmed games whose ticks it would compact first. */
  readonly uncompacted: number;
  /** Policies of what is never deleted, or of nothing there is. */
  readonly unknownPolicies: readonly string[];
};

export async function previewRetention(
  sql: RawSql,
  { archive, now: clockNow }: { archive: Pick<Archive, 'exists'>; now: EpochMs },
): Promise<Preview> {
  const now = await readToday(sql, clockNow);
  const steps: PreviewedStep[] = [];
  for (const step of await findSteps(sql, now)) {
    const found = await findObstacle(sql, { step, archive });
    // What is archived first and deleted then is not in its own way.
    const before = steps.at(-1);
    const follows =
      step.action === 'delete' &&
      before?.action === 'archive' &&
      before.kind === step.kind.name &&
      before.day === step.day &&
      before.obstacle === null;
    const obstacle = follows && isMended(found) ? null : found;
    steps.push({ action: step.action, kind: step.kind.name, day: step.day, ...(await measure(sql, step)), obstacle });
  }
  return {
    steps,
    partitions: await findMissingPartitions(sql, now),
    uncompacted: await countUncompacted(sql),
    unknownPolicies: await findUnknownPolicies(sql),
  };
}

/** By archiving. */
function isMended(obstacle: string | null): boolean {
  return obstacle === 'not archived yet' || obstacle === 'changed since it was archived';
}

async function measure(sql: RawSql, { kind, day }: Step): Promise<{ rows: number; bytes: number }> {
  const [counted] = await sql.unsafe(`select count(*)::int as rows from ${kind.name} where ${isOfDay(kind, day)}`);
  const rows = counted!.rows as number;
  if (kind.name === 'ticks') {
    const partition = (await (await findTickPartitions(sql)).list(sql)).find((one) => one.day === day);
    if (partition) return { rows, bytes: partition.bytes };
  }
  const [size] = await sql`
    select sum(pg_total_relation_size(c.oid))::float8 as bytes,
      sum(greatest(c.reltuples, 0))::float8 as rows
    from pg_class c
    where c.relkind = 'r' and (c.oid = to_regclass(${kind.name})
      or c.oid in (select inhrelid from pg_inherits where inhparent = to_regclass(${kind.name})))`;
  const share = rows / Math.max(rows, await countAll(sql, kind.name, size!.rows));
  return { rows, bytes: Math.round(size!.bytes * share) };
}

/** Before its first ANALYZE a table does not know how many rows it has. */
async function countAll(sql: RawSql, table: string, estimate: number): Promise<number> {
  if (estimate > 0) return estimate;
  const [row] = await sql.unsafe(`select count(*)::float8 as rows from ${table}`);
  return row!.rows;
}

async function findMissingPartitions(sql: RawSql, now: EpochMs): Promise<string[]> {
  if (await hasTickChunks(sql)) return [];
  const there = new Set((await (await findTickPartitions(sql)).list(sql)).map(({ day }) => day));
  return daysAround(now, DAYS_AHEAD).filter((day) => !there.has(day));
}

async function countUncompacted(sql: RawSql): Promise<number> {
  const [row] = await sql`
    select count(*)::int as games from games g
    where confirmed_at is not null and not exists (select from game_paths p where p.game_id = g.game_id)
      and exists (select from ticks t where t.game_id = g.game_id)`;
  return row!.games;
}
