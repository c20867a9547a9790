import { describe, expect, it } from 'vitest';
import { betSteps } from '@/components/bet/bet-steps';
import { BET_STATES, VENUE_IDS } from '@/lib/bets/bet';

const told = (state: (typeof BET_STATES)[number], venue: (typeof VENUE_IDS)[number] = 'practice') =>
  betSteps({ venue, state })
    .map(({ name, standing }) => (standing === 'done' ? `${name}✓` : standing === 'now' ? `[${name}]` : name))
    .join(' ');

describe('the way of a bet', () => {
  it.each([
    ['prepared', '[to be signed] confirmed settled paid'],
    ['submitted', 'signed✓ [confirming] settled paid'],
    ['active', 'signed✓ confirmed✓ [running] paid'],
    ['won', 'signed✓ confirmed✓ settled✓ [paying out]'],
    ['paid', 'signed✓ confirmed✓ settled✓ paid✓'],
    ['lost', 'signed✓ confirmed✓ settled✓ closed✓'],
    ['void', 'signed✓ void✓ [refunding]'],
    ['refunded', 'signed✓ void✓ refunded✓'],
    ['expired', ''],
  ] as const)('%s: %s', (state, steps) => expect(told(state)).toBe(steps));

  it('is not placed by us on the game’s own site', () => {
    expect(told('submitted', 'assisted')).toBe('prepared✓ [waiting for the feed] settled paid');
    expect(told('active', 'assisted')).toBe('prepared✓ seen on the feed✓ [running] paid');
  });

  it('signs nothing off the chain', () => {
    expect(told('active', 'paper')).toBe('placed✓ confirmed✓ [running] paid');
  });

  it('has at most one step that is now', () => {
    for (const venue of VENUE_IDS) {
      for (const state of BET_STATES) {
        expect(betSteps({ venue, state }).filter(({ standing }) => standing === 'now').length).toBeLessThanOrEqual(1);
      }
    }
  });
});
