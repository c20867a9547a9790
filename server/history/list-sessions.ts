// A page of a player's sessions, newest first, each with what came of its bets, and the totals of the last days. Keyset
// paging: a page begins after the last session of the one before, whatever was opened meanwhile.
import { sql, type SQL } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { VenueId } from '@/lib/bets/bet';
import type { DayTotal, SessionsPage, SessionSummary } from '@/lib/protocol/sessions-api';
import { localDays, type LocalDay } from '@/lib/units/local-days';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { toInstant } from '@/server/history/games-filter';
import { formatSessionsCursor, type SessionsQuery } from '@/server/history/sessions-parameters';
import { msOf } from '@/server/history/stored-game';
import { toArrayLiteral } from '@/server/store/insert-rows';

type Row = { readonly session: SessionSummary };

export async function listSessions(
  db: PostgresJsDatabase,
  { accountId, query, now }: { accountId: string; query: SessionsQuery; now: EpochMs },
): Promise<SessionsPage> {
  const days = localDays({ now, count: query.days, zone: query.zone });
  const [rows, totals] = await Promise.all([
    db.execute<Row>(listStatement(accountId, query)),
    db.execute<{ place: number; total: Omit<DayTotal, 'day'> }>(daysStatement({ accountId, venue: query.venue, days })),
  ]);
  const sessions = rows.slice(0, query.limit).map(({ session }) => session);
  const last = rows.length > query.limit ? sessions.at(-1) : undefined;
  return {
    sessions,
    next: last ? formatSessionsCursor({ openedAt: epochMs(last.openedAt), sessionId: last.id }) : null,
    days: totals.map(({ place, total }) => ({ day: days[place - 1]!.day, ...total })),
  };
}

function listStatement(accountId: string, { venue, limit, after }: SessionsQuery): SQL {
  const ofVenue = venue === undefined ? sql`` : sql`and venue = ${venue}`;
  const fromThere =
    after === undefined
      ? sql``
      : sql`and (opened_at, session_id) < (${toInstant(after.openedAt)}, ${after.sessionId}::text)`;
  return sql`
    select ${SESSION_JSON} as session
    from (
      select * from bet_sessions where account_id = ${accountId} ${ofVenue} ${fromThere}
      order by opened_at desc, session_id desc limit ${limit + 1}::integer
    ) s
    cross join lateral ${SESSION_COUNTS} c
    order by s.opened_at desc, s.session_id desc`;
}

/** What a settled bet `b` brought, in SQL: lib/bets/bet-amounts says the same, and a test holds the two together. */
export const NET = `case when b.state = 'lost' then -b.stake_lamports
  else trunc(b.stake_lamports * b.payout::numeric) - b.stake_lamports end`;

/** Of a row `s` of bet_sessions; as `c`. */
export const SESSION_COUNTS: SQL = sql.raw(`(
  select count(*) as bets,
    count(*) filter (where b.state in ('prepared', 'submitted', 'active')) as open,
    count(*) filter (where b.state in ('won', 'paid')) as won,
    count(*) filter (where b.state = 'lost') as lost,
    count(*) filter (where b.state in ('void', 'refunded')) as void,
    count(*) filter (where b.state = 'expired') as expired,
    coalesce(sum(b.stake_lamports) filter (where b.state in ('won', 'paid', 'lost')), 0) as staked,
    coalesce(sum(${NET}) filter (where b.state in ('won', 'paid', 'lost')), 0) as net,
    coalesce(sum(said.p) filter (where b.state in ('won', 'paid', 'lost')), 0) as expected,
    count(said.p) filter (where b.state in ('won', 'paid', 'lost')) as said
  from bets b cross join lateral (select (b.advice->>'winProbability')::float8 as p) said
  where b.session_id = s.session_id)`);

/** Of a row `s` of bet_sessions and its counts `c`. */
export const SESSION_JSON: SQL = sql.raw(`json_build_object(
  'id', s.session_id, 'venue', s.venue, 'openedAt', ${msOf('s.opened_at')}, 'lastBetAt', ${msOf('s.last_bet_at')},
  'closedAt', ${msOf('s.closed_at')}, 'closeReason', s.close_reason, 'bets', c.bets, 'open', c.open, 'won', c.won,
  'lost', c.lost, 'void', c.void, 'expired', c.expired, 'stakedLamports', c.staked::text, 'netLamports', c.net::text,
  'expectedWins', c.expected, 'saidBets', c.said)`);

const DAY_MS = 86_400_000;

/**
 * `place` of the day among `days`, from 1. Where days begin is not the database's to say: its list of zones may be another. A
 * bet settles within minutes of being prepared, so that the index by account and preparation finds them all.
 */
function daysStatement({
  accountId,
  venue,
  days,
}: {
  accountId: string;
  venue: VenueId | undefined;
  days: readonly LocalDay[];
}): SQL {
  const first = days[0]!.startsAt;
  const starts = toArrayLiteral(days.map(({ startsAt }) => new Date(startsAt).toISOString()));
  const ofVenue = venue === undefined ? sql`` : sql`and b.venue = ${venue}`;
  return sql`
    select place, json_build_object('venue', venue, 'won', won, 'lost', lost, 'stakedLamports', staked::text,
      'netLamports', net::text) as total
    from (
      select width_bucket(b.settled_at, ${starts}::timestamptz[]) as place, b.venue,
        count(*) filter (where b.state <> 'lost') as won, count(*) filter (where b.state = 'lost') as lost,
        sum(b.stake_lamports) as staked, sum(${sql.raw(NET)}) as net
      from bets b
      where b.account_id = ${accountId} and b.prepared_at >= ${toInstant(epochMs(first - DAY_MS))}
        and b.settled_at >= ${toInstant(first)} and b.state in ('won', 'paid', 'lost') ${ofVenue}
      group by 1, 2
    ) totals
    order by place desc, venue`;
}
