// What the checks say of the whole record: counts per check, the games that fail and why, what is still to be checked, and
// the games that ended without ever being confirmed. Called by the check-integrity command.
import type { RawSql } from '@/db/connect';
import { CHECK_IDS, type CheckId, type CheckStatus } from '@/lib/integrity/check-result';

/** All, and the one about games that never finished. */
const ALL_CHECKS: readonly CheckId[] = [...CHECK_IDS, 'confirmation'];

export type CheckCounts = { readonly [status in CheckStatus]: number };

export type FailingGame = { readonly gameId: string; readonly check: CheckId; readonly detail: string };

export type IntegritySummary = {
  readonly games: CheckCounts;
  readonly checks: { readonly [check in CheckId]: CheckCounts };
  /** The newest first; `failingGames` counts them all. */
  readonly failing: readonly FailingGame[];
  readonly failingGames: number;
  /** Finished games whose check is due. */
  readonly backlog: number;
  /** Games that are over and that the feed's history never named, or not yet: nothing about them is final. */
  readonly unconfirmed: { readonly games: number; readonly oldest: readonly string[] };
};

/** Games named one by one; a record in which more fail has another trouble than these. */
export const FAILING_MAX = 100;
const UNCONFIRMED_MAX = 20;

export async function summarizeIntegrity(sql: RawSql): Promise<IntegritySummary> {
  const statuses = await sql`select status, count(*)::int as games from game_checks group by status`;
  const checks = await sql`
    select result->>'check' as check, result->>'status' as status, count(*)::int as games
    from game_checks cross join lateral json_array_elements(checks) as result group by 1, 2`;
  const failing = await sql`
    select game_id, result->>'check' as check, result->>'detail' as detail
    from (
      select game_id, checks from game_checks where status = 'failed' order by game_id desc limit ${FAILING_MAX}
    ) failed cross join lateral json_array_elements(failed.checks) as result
    where result->>'status' = 'failed' order by game_id desc`;
  const [backlog] = await sql`
    select count(*)::int as games from games where confirmed_at is not null and checked_at is null`;
  return {
    games: toCounts(statuses),
    checks: Object.fromEntries(
      ALL_CHECKS.map((id) => [id, toCounts(checks.filter((row) => row.check === id))]),
    ) as IntegritySummary['checks'],
    failing: failing.map((row) => ({ gameId: row.game_id, check: row.check, detail: row.detail }) as FailingGame),
    failingGames: (statuses.find(({ status }) => status === 'failed')?.games as number | undefined) ?? 0,
    backlog: backlog!.games as number,
    unconfirmed: await readUnconfirmed(sql),
  };
}

/** Not the newest game: that one is being played. */
async function readUnconfirmed(sql: RawSql): Promise<IntegritySummary['unconfirmed']> {
  const rows = await sql`
    select game_id, count(*) over ()::int as games from games
    where confirmed_at is null
      and listed_at < (select max(newest.listed_at) from games newest where newest.source = games.source)
    order by listed_at limit ${UNCONFIRMED_MAX}`;
  return {
    games: (rows[0]?.games as number | undefined) ?? 0,
    oldest: rows.map((row) => row.game_id as string),
  };
}

function toCounts(rows: readonly { readonly [column: string]: unknown }[]): CheckCounts {
  const of = (status: CheckStatus) => (rows.find((row) => row.status === status)?.games as number | undefined) ?? 0;
  return { passed: of('passed'), failed: of('failed'), unverifiable: of('unverifiable') };
}
