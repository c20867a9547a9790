// What a player did lately in one venue, as the rules of safety and of risk count it: net results of the hour, the day, the
// running session and the game. Pure; made from the bets the record holds, never from what a browser says.
import type { Bet } from '@/lib/bets/bet';
import { OPEN_STATES, SESSION_IDLE_MS, VENUE_IDS } from '@/lib/bets/bet';
import { netOf } from '@/lib/bets/bet-amounts';
import { createProfile } from '@/lib/risk/profile';
import { placeBet, settleBet } from '@/lib/risk/play-session';
import { EMPTY_SESSION, type Session } from '@/lib/risk/session';
import type { BettingActivity } from '@/lib/safety/safety';
import type { GameId } from '@/lib/units/game-id';
import { lamports, type Lamports } from '@/lib/units/lamports';
import { epochMs, type EpochMs } from '@/lib/units/time';

/** As much of a bet as counts here. */
export type ActivityBet = Pick<
  Bet,
  | 'betId'
  | 'venue'
  | 'gameId'
  | 'state'
  | 'stakeLamports'
  | 'payout'
  | 'preparedAt'
  | 'settledAt'
  | 'startTick'
  | 'endTick'
>;

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** `bets` of one venue. */
export function countActivity(bets: readonly ActivityBet[], now: EpochMs): BettingActivity {
  const session = betsOfSession(bets, now);
  // A result from the future, after a clock was put back, is a result all the same.
  const since = (ms: number) => netWhere(bets, ({ settledAt }) => settledAt !== null && settledAt > now - ms);
  return {
    hourNetLamports: since(HOUR_MS),
    dayNetLamports: since(DAY_MS),
    sessionNetLamports: netWhere(session, () => true),
    openStakeLamports: sum(bets.filter(isOpen).map((bet) => bet.stakeLamports)),
    sessionOpenedAt: beginOf(session),
  };
}

/**
 * The running session as limits count it: bets with less than 30 idle minutes between them, up to now. Whoever ends a session
 * by hand begins a new one in the history, and has not begun anew with the limits: those go on until the pause was taken.
 */
export function betsOfSession(bets: readonly ActivityBet[], now: EpochMs): readonly ActivityBet[] {
  const lastAt = (bet: ActivityBet) => (isOpen(bet) ? now : Math.max(bet.preparedAt, bet.settledAt ?? -Infinity));
  const session: ActivityBet[] = [];
  let begin: number = now;
  for (const bet of bets.toSorted((a, b) => lastAt(b) - lastAt(a))) {
    if (begin - lastAt(bet) >= SESSION_IDLE_MS) break;
    session.push(bet);
    begin = Math.min(begin, bet.preparedAt);
  }
  return session;
}

/** When the oldest of the running sessions began, in whatever venue: the reality check counts from it. Null: none runs. */
export function bettingSince(bets: readonly ActivityBet[], now: EpochMs): EpochMs | null {
  const running = VENUE_IDS.flatMap((venue) => {
    const own = bets.filter((bet) => bet.venue === venue);
    return betsOfSession(own, now);
  });
  return beginOf(running);
}

/**
 * The running session as the risk manager wants it: its bets settled one after another, and what the game brought. `bets` are
 * of one venue. The pause after a loss may be longer than the one that ends a session, so the last loss counts in any case.
 */
export function foldSession(
  bets: readonly ActivityBet[],
  { now, gameId }: { readonly now: EpochMs; readonly gameId: GameId | null },
): Session {
  const settled = betsOfSession(bets, now)
    .filter((bet) => netOf(bet) !== null && bet.settledAt !== null)
    .toSorted((a, b) => a.settledAt! - b.settledAt!);
  const start = { ...createProfile(lamports(1n), 0), session: EMPTY_SESSION };
  const { session } = settled.reduce((profile, bet) => {
    const won = bet.state !== 'lost';
    return settleBet(placeBet(profile, toOpenBet(bet)), { won, payout: bet.payout, at: bet.settledAt! });
  }, start);
  const open = bets.find(isOpen);
  return {
    ...session,
    gameNetLamports: netWhere(bets, (bet) => bet.gameId === gameId),
    lastLossAt: lastLossOf(bets),
    openBet: open ? toOpenBet(open) : null,
  };
}

function beginOf(bets: readonly ActivityBet[]): EpochMs | null {
  return bets.length === 0 ? null : epochMs(Math.min(...bets.map(({ preparedAt }) => preparedAt)));
}

function lastLossOf(bets: readonly ActivityBet[]): EpochMs | null {
  const losses = bets.flatMap(({ state, settledAt }) => (state === 'lost' && settledAt !== null ? [settledAt] : []));
  return losses.length === 0 ? null : epochMs(Math.max(...losses));
}

function isOpen({ state }: ActivityBet): boolean {
  return OPEN_STATES.includes(state);
}

function toOpenBet({ stakeLamports, startTick, endTick }: ActivityBet): NonNullable<Session['openBet']> {
  return { stakeLamports, startTick: startTick ?? 0, endTick: endTick ?? 0 };
}

function netWhere(bets: readonly ActivityBet[], counts: (bet: ActivityBet) => boolean): Lamports {
  return sum(bets.filter(counts).map((bet) => netOf(bet) ?? 0n));
}

function sum(amounts: readonly bigint[]): Lamports {
  return lamports(amounts.reduce((total, amount) => total + amount, 0n));
}
