// Writes what the checks found, in one transaction: results, the moment of the check, an event where something new was
// found, and the minutes that have to be rolled up again. A game that changed since it was read is left out: it is due
// again as it is now. Called by check-batch only.
import { transact, type RawSql } from '@/db/connect';
import type { CheckedGame } from '@/lib/integrity/check-game';
import type { EpochMs } from '@/lib/units/time';
import { appendChecked, type CheckedGameStatus } from '@/server/event-log/append-checked';
import { WRITER_LOCK } from '@/db/locks';
import type { ReadGame } from '@/server/integrity/read-games';
import { toArrayLiteral, toInstant } from '@/server/store/insert-rows';

export type Finding = ReadGame & { readonly checked: CheckedGame };

/** The findings that were written. */
export async function writeChecks(
  sql: RawSql,
  { findings, at }: { findings: readonly Finding[]; at: EpochMs },
): Promise<readonly Finding[]> {
  if (findings.length === 0) return [];
  return transact(sql, async () => {
    await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`;
    const current = await markChecked(sql, findings, at);
    const written = findings.filter(({ game }) => current.has(game.gameId));
    const changed = written.filter((finding) => storedChecks(finding) !== finding.knownChecks);
    await storeChecks(sql, changed, at);
    const isNews = changed.filter(({ checked, knownStatus }) => checked.status !== knownStatus);
    await appendChecked(sql, isNews.map(toChecked), at);
    await markStale(sql, isNews);
    return written;
  });
}

/** The games that are still as they were read. */
async function markChecked(sql: RawSql, findings: readonly Finding[], at: EpochMs): Promise<ReadonlySet<string>> {
  const rows = await sql`
    update games set checked_at = ${toInstant(at)}::timestamptz
    from unnest(
      ${toArrayLiteral(findings.map(({ game }) => game.gameId))}::text[],
      ${toArrayLiteral(findings.map(({ rowVersion }) => rowVersion))}::text[]
    ) as read (game_id, row_version)
    where games.game_id = read.game_id and games.xmin::text = read.row_version
    returning games.game_id`;
  return new Set(rows.map((row) => row.game_id as string));
}

async function storeChecks(sql: RawSql, findings: readonly Finding[], at: EpochMs): Promise<void> {
  if (findings.length === 0) return;
  await sql`
    insert into game_checks (game_id, checked_at, status, checks)
    select game_id, ${toInstant(at)}::timestamptz, status, checks::json
    from unnest(
      ${toArrayLiteral(findings.map(({ game }) => game.gameId))}::text[],
      ${toArrayLiteral(findings.map(({ checked }) => checked.status))}::text[],
      ${toArrayLiteral(findings.map(storedChecks))}::text[]
    ) as found (game_id, status, checks)
    on conflict (game_id) do update
    set checked_at = excluded.checked_at, status = excluded.status, checks = excluded.checks`;
}

async function markStale(sql: RawSql, findings: readonly Finding[]): Promise<void> {
  if (findings.length === 0) return;
  await sql`
    insert into stale_minutes (bucket, source)
    select distinct date_trunc('minute', ended_at, 'UTC'), source from games
    where game_id = any(${toArrayLiteral(findings.map(({ game }) => game.gameId))}::text[])
    order by 1, 2
    on conflict (bucket, source) do update set changes = stale_minutes.changes + 1`;
}

function storedChecks({ checked }: Finding): string {
  return JSON.stringify(checked.results);
}

function toChecked({ game, checked }: Finding): CheckedGameStatus {
  const failed = checked.results.filter(({ status }) => status === 'failed').map(({ check }) => check);
  return { gameId: game.gameId, status: checked.status, failed };
}
