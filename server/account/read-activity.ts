// What an account did lately in each venue: its bets of the last day and of running sessions, counted by the same rules as
// at placement.
import type { RawSql } from '@/db/connect';
import { VENUE_IDS, type BetState, type VenueId } from '@/lib/bets/bet';
import { countActivity, DAY_MS, type ActivityBet } from '@/lib/bets/betting-activity';
import type { BettingActivity } from '@/lib/safety/safety';
import { gameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { toInstant } from '@/server/store/insert-rows';

/** A bet takes ten seconds at least, one after another: nobody places more in a day. */
const BETS_MAX = 10_000;

export type VenueActivity = BettingActivity & { readonly sessionBets: number };

export async function readActivity(
  sql: RawSql,
  accountId: string,
  now: EpochMs,
): Promise<Readonly<Record<VenueId, VenueActivity>>> {
  const sessions = await sql<SessionRow[]>`
    select session_id, venue, opened_at from bet_sessions where account_id = ${accountId} and closed_at is null`;
  const bets = await sql<BetRow[]>`
    select bet_id, session_id, venue, game_id, state, stake_lamports::text as stake, payout, settled_at, start_tick, end_tick
    from bets
    where account_id = ${accountId} and (
      settled_at > ${toInstant(epochMs(now - DAY_MS))}::timestamptz or state in ('prepared', 'submitted', 'active')
      or session_id in (select session_id from bet_sessions where account_id = ${accountId} and closed_at is null))
    order by prepared_at desc limit ${BETS_MAX}`;
  const entries = VENUE_IDS.map((venue) => {
    const session = sessions.find((one) => one.venue === venue) ?? null;
    const own = bets.filter((bet) => bet.venue === venue).map(toActivityBet);
    const running = session && { sessionId: session.session_id, openedAt: epochMs(session.opened_at.getTime()) };
    const activity = countActivity(own, { session: running, now });
    const sessionBets = own.filter((bet) => bet.sessionId === running?.sessionId && bet.state !== 'expired').length;
    return [venue, { ...activity, sessionBets }];
  });
  return Object.fromEntries(entries) as Record<VenueId, VenueActivity>;
}

/** When the oldest of the running sessions began; null when none runs. */
export function sessionOpenedAt(activity: Readonly<Record<VenueId, BettingActivity>>): EpochMs | null {
  const starts = Object.values(activity).flatMap((one) => one.sessionOpenedAt ?? []);
  return starts.length === 0 ? null : epochMs(Math.min(...starts));
}

type SessionRow = { readonly session_id: string; readonly venue: string; readonly opened_at: Date };

type BetRow = {
  readonly bet_id: string;
  readonly session_id: string;
  readonly venue: string;
  readonly game_id: string;
  readonly state: string;
  readonly stake: string;
  readonly payout: number;
  readonly settled_at: Date | null;
  readonly start_tick: number | null;
  readonly end_tick: number | null;
};

function toActivityBet(row: BetRow): ActivityBet {
  return {
    betId: row.bet_id,
    sessionId: row.session_id,
    gameId: gameId(row.game_id),
    state: row.state as BetState,
    stakeLamports: lamports(BigInt(row.stake)),
    payout: row.payout,
    settledAt: row.settled_at && epochMs(row.settled_at.getTime()),
    startTick: row.start_tick,
    endTick: row.end_tick,
  };
}
