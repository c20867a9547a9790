import { describe, expect, it } from 'vitest';
import { sumBets } from '@/components/bet/sum-bets';
import { aBet, anActiveBet, BET_ID } from '@/components/bets-live/test-kit/bet-fixtures';
import { GAME_ID, NEXT_GAME_ID, NOW_MS } from '@/components/live/test-kit/live-fixtures';
import type { BetView } from '@/lib/protocol/bets-api';
import { EMPTY_SESSION } from '@/lib/risk/session';
import { epochMs } from '@/lib/units/time';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
let made = 0;

function settled(state: BetView['state'], agoMs: number, change: Partial<BetView> = {}): BetView {
  const at = NOW_MS - agoMs;
  return aBet({ id: `${BET_ID}${(made++ % 9) + 1}`, state, preparedAt: at - 10 * SECOND, settledAt: at, ...change });
}
const sumUp = (bets: readonly BetView[], change: Partial<Parameters<typeof sumBets>[0]> = {}) =>
  sumBets({ bets, venue: 'practice', gameId: GAME_ID, now: epochMs(NOW_MS), ...change });

describe('what the player’s bets mean for the rules', () => {
  it('is nothing without bets', () => {
    expect(sumUp([])).toEqual({
      session: EMPTY_SESSION,
      activity: {
        hourNetLamports: 0n,
        dayNetLamports: 0n,
        sessionNetLamports: 0n,
        openStakeLamports: 0n,
        sessionOpenedAt: null,
      },
    });
  });

  it('counts wins, losses and the pause after a loss, in the order they were settled', () => {
    const { session } = sumUp([
      settled('lost', 1 * MINUTE),
      settled('lost', 2 * MINUTE),
      settled('paid', 3 * MINUTE),
      settled('lost', 4 * MINUTE, { gameId: NEXT_GAME_ID }),
    ]);
    expect(session).toMatchObject({
      bets: 4,
      wins: 1,
      netLamports: 10_000_000n,
      peakNetLamports: 30_000_000n,
      gameNetLamports: 20_000_000n,
      consecutiveLosses: 2,
      streakLossLamports: 20_000_000n,
      lastLossAt: NOW_MS - MINUTE,
      openBet: null,
    });
  });

  it('gives the hour, the day and the session what is theirs', () => {
    const { activity } = sumUp([
      settled('lost', 5 * MINUTE),
      settled('lost', 59 * MINUTE, { sessionId: 'before' }),
      settled('lost', 5 * HOUR, { sessionId: 'before' }),
      settled('lost', 30 * HOUR, { sessionId: 'before' }),
      settled('lost', 1 * MINUTE, { venue: 'paper' }),
    ]);
    expect(activity).toMatchObject({
      sessionNetLamports: -10_000_000n,
      hourNetLamports: -20_000_000n,
      dayNetLamports: -30_000_000n,
    });
  });

  it('counts nothing for a bet that was void or expired', () => {
    expect(sumUp([settled('refunded', MINUTE), settled('void', MINUTE), settled('expired', MINUTE)]).session.bets).toBe(
      0,
    );
  });

  it('lets an idle session end, and an open bet of any venue of ours stand in the way', () => {
    const idle = sumUp([settled('lost', 31 * MINUTE)]);
    expect(idle.session.netLamports).toBe(0n);
    expect(idle.activity.sessionOpenedAt).toBeNull();
    const open = sumUp([anActiveBet({ venue: 'paper' })]);
    expect(open.session.openBet).toEqual({ stakeLamports: 10_000_000n, startTick: 3, endTick: 43 });
    expect(open.activity.openStakeLamports).toBe(0n);
    expect(sumUp([anActiveBet({ venue: 'assisted' })]).session.openBet).toBeNull();
    expect(sumUp([anActiveBet()]).activity.openStakeLamports).toBe(10_000_000n);
  });
});
