import { describe, expect, it } from 'vitest';
import { betsOfSession, bettingSince, countActivity, foldSession, type ActivityBet } from '@/lib/bets/betting-activity';
import { gameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';

const NOW = epochMs(Date.UTC(2026, 0, 2));
const MINUTE_MS = 60_000;
const GAME = gameId('20260101-0000000000000001');
const ago = (minutes: number) => epochMs(NOW - minutes * MINUTE_MS);

/** Lost 10 lamports, half a minute after it was placed. */
function aBet(minutesAgo: number, change: Partial<ActivityBet> = {}): ActivityBet {
  return {
    betId: `bet ${minutesAgo}`,
    venue: 'paper',
    gameId: GAME,
    state: 'lost',
    stakeLamports: lamports(10n),
    payout: 5,
    preparedAt: epochMs(ago(minutesAgo) - 30_000),
    settledAt: ago(minutesAgo),
    startTick: 0,
    endTick: 40,
    ...change,
  };
}
const ids = (bets: readonly ActivityBet[]) => bets.map(({ betId }) => betId);

describe('the session that limits count', () => {
  it('goes back to the last pause of 30 minutes, whatever was ended by hand in between', () => {
    const bets = [aBet(100), aBet(5), aBet(34), aBet(60)];
    expect(ids(betsOfSession(bets, NOW))).toEqual(['bet 5', 'bet 34', 'bet 60']);
    expect(countActivity(bets, NOW)).toMatchObject({ sessionNetLamports: -30n, sessionOpenedAt: ago(60.5) });
    expect(foldSession(bets, { now: NOW, gameId: null })).toMatchObject({ bets: 3, consecutiveLosses: 3 });
  });

  it('is over after exactly 30 minutes without a bet', () => {
    expect(betsOfSession([aBet(30 - 1 / MINUTE_MS)], NOW)).toHaveLength(1);
    expect(betsOfSession([aBet(30)], NOW)).toEqual([]);
    expect(countActivity([aBet(30)], NOW)).toMatchObject({ sessionNetLamports: 0n, sessionOpenedAt: null });
  });

  it('is not over while a bet of it is open, however long that takes', () => {
    const open = aBet(50, { state: 'active', settledAt: null });
    expect(ids(betsOfSession([aBet(70), open], NOW))).toEqual(['bet 50', 'bet 70']);
    expect(foldSession([open], { now: NOW, gameId: GAME }).openBet).toMatchObject({ stakeLamports: 10n });
  });

  it('forgets no pause after a loss: that one may be longer than the pause that ends a session', () => {
    const bets = [aBet(119), aBet(100, { state: 'paid' }), aBet(110)];
    expect(foldSession(bets, { now: NOW, gameId: null })).toMatchObject({ bets: 0, lastLossAt: ago(110) });
    expect(foldSession([aBet(1, { state: 'refunded' })], { now: NOW, gameId: null }).lastLossAt).toBeNull();
  });
});

describe('how long a player has been betting', () => {
  it('counts from the oldest session that runs, in whatever venue', () => {
    const paper = [aBet(80), aBet(55), aBet(29)];
    const practice = [aBet(10, { venue: 'practice' })];
    expect(bettingSince([...practice, ...paper], NOW)).toBe(ago(80.5));
    expect(bettingSince([...practice, ...paper], epochMs(NOW + MINUTE_MS))).toBe(ago(10.5));
    expect(bettingSince([], NOW)).toBeNull();
  });
});
