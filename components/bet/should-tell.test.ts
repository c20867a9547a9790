import { describe, expect, it } from 'vitest';
import { shouldTell, soundOf } from '@/components/bet/should-tell';
import { aBet } from '@/components/bets-live/test-kit/bet-fixtures';
import type { BetState } from '@/lib/bets/bet';

const step = (from: BetState | null, to: BetState, code?: string) => ({
  from: from && aBet({ state: from }),
  to: aBet({ state: to, reason: code ? { code, message: 'why' } : null }),
});

describe('which steps of a bet are told', () => {
  it('are its results, not what the player just did', () => {
    expect(shouldTell(step('active', 'won'))).toBe(true);
    expect(shouldTell(step('won', 'paid'))).toBe(true);
    expect(shouldTell(step('submitted', 'void', 'game-ended'))).toBe(true);
    expect(shouldTell(step('submitted', 'active'))).toBe(false);
    expect(shouldTell(step('lost', 'lost'))).toBe(false);
    expect(shouldTell(step('prepared', 'expired', 'refused'))).toBe(false);
    expect(shouldTell(step('prepared', 'expired', 'not-submitted'))).toBe(true);
  });

  it('sound once for a bet that runs, once for its end', () => {
    const sounds = [
      step(null, 'prepared'),
      step('prepared', 'submitted'),
      step('submitted', 'active'),
      step('active', 'active'),
      step('active', 'won'),
      step('won', 'paid'),
    ].map(soundOf);
    expect(sounds).toEqual([null, null, 'active', null, 'won', null]);
    expect(soundOf(step('active', 'lost'))).toBe('lost');
    expect(soundOf(step('lost', 'won'))).toBe('won');
  });
});
