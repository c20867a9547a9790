// What an account did lately in each venue: its bets of the last day and of running sessions, counted by the same rules as
// at placement.
import type { RawSql } from '@/db/connect';
import { VENUE_IDS, type BetState, type VenueId } from '@/lib/bets/bet';
import { betsOfSession, bettingSince, countActivity, DAY_MS, type ActivityBet } from '@/lib/bets/betting-activity';
import type { BettingActivity } from '@/lib/safety/safety';
import { gameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { toInstant } from '@/server/store/insert-rows';

/** A bet takes ten seconds at least, one after another: nobody places more in a day. */
const BETS_MAX = 10_000;

export type VenueActivity = BettingActivity & { readonly sessionBets: number };

export type Activity = {
  readonly venues: Readonly<Record<VenueId, VenueActivity>>;
  /** When the oldest of the running sessions began; null when none runs. */
  readonly bettingSince: EpochMs | null;
};

export async function readActivity(sql: RawSql, accountId: string, now: EpochMs): Promise<Activity> {
  const rows = await sql<BetRow[]>`
    select bet_id, venue, game_id, state, stake_lamports::text as stake, payout, prepared_at, settled_at, start_tick, end_tick
    from bets
    where account_id = ${accountId} and (
      settled_at > ${toInstant(epochMs(now - DAY_MS))}::timestamptz or state in ('prepared', 'submitted', 'active')
      or prepared_at >= least(${toInstant(epochMs(now - DAY_MS))}::timestamptz, (
        select min(opened_at) from bet_sessions where account_id = ${accountId} and closed_at is null)))
    order by prepared_at desc limit ${BETS_MAX}`;
  const bets = rows.map(toActivityBet);
  const entries = VENUE_IDS.map((venue) => {
    const own = bets.filter((bet) => bet.venue === venue);
    const sessionBets = betsOfSession(own, now).filter(({ state }) => state !== 'expired').length;
    return [venue, { ...countActivity(own, now), sessionBets }];
  });
  return {
    venues: Object.fromEntries(entries) as Record<VenueId, VenueActivity>,
    bettingSince: bettingSince(bets, now),
  };
}

type BetRow = {
  readonly bet_id: string;
  readonly venue: string;
  readonly game_id: string;
  readonly state: string;
  readonly stake: string;
  readonly payout: number;
  readonly prepared_at: Date;
  readonly settled_at: Date | null;
  readonly start_tick: number | null;
  readonly end_tick: number | null;
};

function toActivityBet(row: BetRow): ActivityBet {
  return {
    betId: row.bet_id,
    venue: row.venue as VenueId,
    gameId: gameId(row.game_id),
    state: row.state as BetState,
    stakeLamports: lamports(BigInt(row.stake)),
    payout: row.payout,
    preparedAt: epochMs(row.prepared_at.getTime()),
    settledAt: row.settled_at && epochMs(row.settled_at.getTime()),
    startTick: row.start_tick,
    endTick: row.end_tick,
  };
}
