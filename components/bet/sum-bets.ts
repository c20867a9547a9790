// What the player's bets, as this browser knows them, mean for the rules: the running session and what was won and lost
// lately, counted by the server's own code (lib/bets/betting-activity). Pure. The server counts again from its record when
// a bet is placed, and its word is final: a browser keeps the newest bets only.
import { OPEN_STATES, type VenueId } from '@/lib/bets/bet';
import { netOf } from '@/lib/bets/bet-amounts';
import { countActivity, foldSession, type ActivityBet } from '@/lib/bets/betting-activity';
import { windowEndTick } from '@/lib/game/rules';
import type { BetView } from '@/lib/protocol/bets-api';
import type { OpenBet, Session } from '@/lib/risk/session';
import type { BettingActivity } from '@/lib/safety/safety';
import { gameId as toGameId } from '@/lib/units/game-id';
import { lamports, type Lamports } from '@/lib/units/lamports';
import { epochMs, type EpochMs } from '@/lib/units/time';

export type BetsSummary = { readonly session: Session; readonly activity: BettingActivity };

export function sumBets({
  bets,
  venue,
  gameId,
  now,
}: {
  bets: readonly BetView[];
  venue: VenueId;
  gameId: string | null;
  now: EpochMs;
}): BetsSummary {
  const here = bets.filter((bet) => bet.venue === venue);
  const counted = here.map(toActivityBet);
  const session = foldSession(counted, { now, gameId: gameId === null ? null : toGameId(gameId) });
  return {
    session: { ...session, openBet: toOpenBet(findOpenBet(bets, venue)) },
    activity: countActivity(counted, now),
  };
}

/** One at a time on our side, and one on the game's own site beside it. */
export function findOpenBet(bets: readonly BetView[], venue: VenueId): BetView | undefined {
  return bets.find((bet) => isOpen(bet) && (bet.venue === 'assisted') === (venue === 'assisted'));
}

export function isOpen({ state }: Pick<BetView, 'state'>): boolean {
  return OPEN_STATES.includes(state);
}

export function stakeOf({ stakeLamports }: Pick<BetView, 'stakeLamports'>): Lamports {
  return lamports(BigInt(stakeLamports));
}

export function netOfView(bet: Pick<BetView, 'state' | 'stakeLamports' | 'payout'>): Lamports | null {
  return netOf({ state: bet.state, stakeLamports: stakeOf(bet), payout: bet.payout });
}

function toActivityBet(bet: BetView): ActivityBet {
  return {
    betId: bet.id,
    venue: bet.venue,
    gameId: toGameId(bet.gameId),
    state: bet.state,
    stakeLamports: stakeOf(bet),
    payout: bet.payout,
    preparedAt: epochMs(bet.preparedAt),
    settledAt: bet.settledAt === null ? null : epochMs(bet.settledAt),
    startTick: bet.startTick,
    endTick: bet.endTick,
  };
}

function toOpenBet(bet: BetView | undefined): OpenBet | null {
  if (!bet) return null;
  const startTick = bet.startTick ?? bet.preparedTick ?? 0;
  return { stakeLamports: stakeOf(bet), startTick, endTick: bet.endTick ?? windowEndTick(startTick) };
}
