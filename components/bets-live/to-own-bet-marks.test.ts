import { afterEach, describe, expect, it, vi } from 'vitest';
import { getOwnBetMarks, onOwnBetMarks, setOwnBetMarks } from '@/components/bets-live/own-bet-marks';
import { aBet, anActiveBet } from '@/components/bets-live/test-kit/bet-fixtures';
import { toOwnBetMarks } from '@/components/bets-live/to-own-bet-marks';

afterEach(() => setOwnBetMarks(null));

describe('the player’s own bet on the chart', () => {
  it('is the newest that was confirmed and counts', () => {
    const older = anActiveBet({ state: 'paid', startTick: 1, endTick: 41 });
    expect(toOwnBetMarks([aBet(), anActiveBet(), older])).toMatchObject({
      startTick: 3,
      endTick: 43,
      outcome: 'running',
    });
    expect(toOwnBetMarks([aBet({ state: 'void' }), older])).toMatchObject({ startTick: 1, outcome: 'won' });
    expect(toOwnBetMarks([aBet(), aBet({ state: 'expired' })])).toBeNull();
  });

  it('tells its listeners of what changed, and of nothing else', () => {
    const listener = vi.fn();
    const leave = onOwnBetMarks(listener);
    setOwnBetMarks(toOwnBetMarks([anActiveBet()]));
    setOwnBetMarks(toOwnBetMarks([anActiveBet({ version: 9 })]));
    setOwnBetMarks(toOwnBetMarks([anActiveBet({ state: 'lost' })]));
    expect(listener).toHaveBeenCalledTimes(2);
    leave();
    setOwnBetMarks(null);
    expect(listener).toHaveBeenCalledTimes(2);
    expect(getOwnBetMarks()).toBeNull();
  });
});
