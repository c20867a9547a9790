// What a player did lately in one venue, as the rules of safety and of risk count it: net results of the hour, the day, the
// running session and the game. Pure; made from the bets the record holds, never from what a browser says.
import type { Bet } from '@/lib/bets/bet';
import { OPEN_STATES } from '@/lib/bets/bet';
import { netOf } from '@/lib/bets/bet-amounts';
import { createProfile } from '@/lib/risk/profile';
import { EMPTY_SESSION, placeBet, settleBet, type Session } from '@/lib/risk/session';
import type { BettingActivity } from '@/lib/safety/safety';
import type { GameId } from '@/lib/units/game-id';
import { lamports, type Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

/** As much of a bet as counts here. */
export type ActivityBet = Pick<
  Bet,
  'betId' | 'sessionId' | 'gameId' | 'state' | 'stakeLamports' | 'payout' | 'settledAt' | 'startTick' | 'endTick'
>;

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

export function countActivity(
  bets: readonly ActivityBet[],
  {
    session,
    now,
  }: { readonly session: { readonly sessionId: string; readonly openedAt: EpochMs } | null; readonly now: EpochMs },
): BettingActivity {
  // A result from the future, after a clock was put back, is a result all the same.
  const since = (ms: number) => netWhere(bets, ({ settledAt }) => settledAt !== null && settledAt > now - ms);
  return {
    hourNetLamports: since(HOUR_MS),
    dayNetLamports: since(DAY_MS),
    sessionNetLamports: netWhere(bets, ({ sessionId }) => sessionId === session?.sessionId),
    openStakeLamports: sum(bets.filter(isOpen).map((bet) => bet.stakeLamports)),
    sessionOpenedAt: session?.openedAt ?? null,
  };
}

/** The running session as the risk manager wants it: its bets settled one after another, and what the game brought. */
export function foldSession(
  bets: readonly ActivityBet[],
  { sessionId, gameId }: { readonly sessionId: string | null; readonly gameId: GameId | null },
): Session {
  const own = bets.filter((bet) => bet.sessionId === sessionId);
  const settled = own
    .filter((bet) => netOf(bet) !== null && bet.settledAt !== null)
    .toSorted((a, b) => a.settledAt! - b.settledAt!);
  const start = { ...createProfile(lamports(1n), 0), session: EMPTY_SESSION };
  const { session } = settled.reduce((profile, bet) => {
    const won = bet.state !== 'lost';
    return settleBet(placeBet(profile, toOpenBet(bet)), { won, payout: bet.payout, at: bet.settledAt! });
  }, start);
  const open = own.find(isOpen);
  return {
    ...session,
    gameNetLamports: netWhere(own, (bet) => bet.gameId === gameId),
    openBet: open ? toOpenBet(open) : null,
  };
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
