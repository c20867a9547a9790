// Whether a step may be done now, and if not why, in words an operator understands. Asked for every step of a dry run, and
// again by whoever does the step. Reads only.
import type { RawSql } from '@/db/connect';
import { boundsOfDay } from '@/db/partitions';
import type { Archive } from '@/server/archive/archive';
import { hasChangedPaths, type Step } from '@/server/retention/find-steps';

export type TicksOfDay = {
  readonly games: number;
  readonly unconfirmed: number;
  readonly uncompacted: number;
  /** Their path does not hold all of their ticks. */
  readonly unlike: number;
};

/** A restored day is somebody's to look at: it is not deleted again for as long. */
export const RESTORED_HOLD_DAYS = 7;

/** Null when nothing is in the way. */
export async function findObstacle(
  sql: RawSql,
  { step, archive }: { step: Step; archive: Pick<Archive, 'exists'> },
): Promise<string | null> {
  const { kind, day, action } = step;
  if (kind.name === 'ticks') {
    const obstacle = describeTicks(await readTicksOfDay(sql, day));
    if (obstacle !== null) return obstacle;
  }
  if (action === 'archive') return null;
  if (kind.name === 'game_paths' && (await hasTicks(sql, day))) return 'the day still has ticks';
  const restoredAt = await readRestored(sql, { kind: kind.name, day });
  if (restoredAt) return `restored on ${restoredAt}, kept for ${RESTORED_HOLD_DAYS} days from then`;
  return step.policy.archiveAfterDays === null ? null : findArchiveObstacle(sql, { step, archive });
}

async function findArchiveObstacle(
  sql: RawSql,
  { step, archive }: { step: Step; archive: Pick<Archive, 'exists'> },
): Promise<string | null> {
  const last = step.files.at(-1);
  if (!last) return 'not archived yet';
  for (const { location } of step.files) {
    if (!(await archive.exists(location))) return `its file ${location} is not in the archive any more`;
  }
  const isStale = step.kind.name === 'ticks' && (await hasChangedPaths(sql, { day: step.day, since: last.archivedAt }));
  return isStale ? 'changed since it was archived' : null;
}

/** Of the games that have tick rows of this day. */
export async function readTicksOfDay(sql: RawSql, day: string, upTo?: string): Promise<TicksOfDay> {
  const { from, to } = boundsOfDay(day);
  const [row] = await sql`
    select count(*)::int as games,
      count(*) filter (where g.confirmed_at is null)::int as unconfirmed,
      count(*) filter (where g.confirmed_at is not null and p.game_id is null)::int as uncompacted,
      count(*) filter (where cardinality(array_remove(p.prices, null)) <> t.rows)::int as unlike
    from (select game_id, count(*) as rows from ticks
      where game_id >= ${from} and game_id < ${upTo ?? to} group by game_id) t
    left join games g on g.game_id = t.game_id
    left join game_paths p on p.game_id = t.game_id`;
  return row as unknown as TicksOfDay;
}

export function describeTicks({ games, unconfirmed, uncompacted, unlike }: TicksOfDay): string | null {
  if (unconfirmed > 0) return `${unconfirmed} of ${games} games are not confirmed by the history`;
  if (uncompacted > 0) return `${uncompacted} of ${games} games have no path yet`;
  if (unlike > 0) return `the path of ${unlike} of ${games} games does not hold all of its ticks`;
  return null;
}

async function hasTicks(sql: RawSql, day: string): Promise<boolean> {
  const { from, to } = boundsOfDay(day);
  return (await sql`select from ticks where game_id >= ${from} and game_id < ${to} limit 1`).length > 0;
}

async function readRestored(sql: RawSql, { kind, day }: { kind: string; day: string }): Promise<string | null> {
  const [row] = await sql`
    select to_char(max(recorded_at) at time zone 'UTC', 'YYYY-MM-DD') as at from events
    where stream = 'retention' and type = 'restored' and payload->>'kind' = ${kind} and payload->>'day' = ${day}
      and recorded_at > now() - make_interval(days => ${RESTORED_HOLD_DAYS})`;
  return row?.at ?? null;
}
