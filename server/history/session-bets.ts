// All bets of a session as its figures count them, read in parts so that neither the database nor this process is held up by a
// long one. The parts fit together without a transaction: bets are read from the newest to the oldest, new ones come at the other
// end, and those behind the newest part are closed. Called by session-detail only.
import { sql, type SQL } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { SessionBet } from '@/lib/performance/session-bet';
import { SESSION_BETS_MAX } from '@/lib/protocol/sessions-api';
import { epochMs } from '@/lib/units/time';
import { toInstant } from '@/server/history/games-filter';
import { SESSION_BET_JSON, toSessionBet, type SessionBetJson } from '@/server/history/stored-bet';

/** Bets read at a time: 15 ms of this process's work. */
export const BETS_PER_READ = 2_000;

/** Newest first, as JSON; `before` a bet of the session. */
export function sessionBetsStatement(sessionId: SQL, before?: SessionBetJson): SQL {
  const older = before
    ? sql`and (prepared_at, bet_id) < (${toInstant(epochMs(before[PREPARED_AT]))}, ${before[BET_ID]}::text)`
    : sql``;
  return sql`
    select coalesce(json_agg(${SESSION_BET_JSON} order by b.prepared_at desc, b.bet_id desc), '[]') as counted
    from (
      select * from bets where session_id = ${sessionId} ${older}
      order by prepared_at desc, bet_id desc limit ${BETS_PER_READ}::integer
    ) b`;
}

const BET_ID = 0;
const PREPARED_AT = 10;

/** `newest`: what sessionBetsStatement has given without `before`. */
export async function readSessionBets(
  db: PostgresJsDatabase,
  { sessionId, newest }: { sessionId: string; newest: readonly SessionBetJson[] },
): Promise<SessionBet[]> {
  const bets: SessionBet[] = [];
  for (let part = newest; ;) {
    for (const row of part) bets.push(toSessionBet(row));
    const last = part.at(-1);
    if (!last || part.length < BETS_PER_READ || bets.length >= SESSION_BETS_MAX) return bets;
    const statement = sessionBetsStatement(sql`${sessionId}`, last);
    const [row] = await db.execute<{ counted: readonly SessionBetJson[] }>(statement);
    part = row?.counted ?? [];
  }
}
