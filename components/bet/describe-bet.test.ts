import { describe, expect, it } from 'vitest';
import { describeBet } from '@/components/bet/describe-bet';
import { aBet, anActiveBet } from '@/components/bets-live/test-kit/bet-fixtures';
import { GAME_ID, NEXT_GAME_ID } from '@/components/live/test-kit/live-fixtures';
import { BET_STATES, VENUE_IDS } from '@/lib/bets/bet';

const at = (tick: number) => ({ gameId: GAME_ID, tick });

describe('a bet in words', () => {
  it('says how far the window has run', () => {
    expect(describeBet(anActiveBet(), at(15))).toMatchObject({
      headline: 'Active: tick 12 of 40',
      detail: 'Ticks 4–43. Wins 0.05 SOL if the game rugs in time.',
      passedTicks: 12,
    });
    expect(describeBet(anActiveBet(), at(43))).toMatchObject({ headline: 'Active: tick 40 of 40', passedTicks: 40 });
    expect(describeBet(anActiveBet(), at(44))).toMatchObject({ headline: 'Window over', passedTicks: 40 });
  });

  it('claims no tick of another game', () => {
    const settling = describeBet(anActiveBet(), { gameId: NEXT_GAME_ID, tick: 20 });
    expect(settling).toMatchObject({ headline: 'Settling', passedTicks: null });
  });

  it('does not speak at every tick', () => {
    expect(describeBet(anActiveBet(), at(15)).spoken).toBe(describeBet(anActiveBet(), at(16)).spoken);
  });

  it('tells a win before and after it is paid, and what it brought', () => {
    const won = anActiveBet({ state: 'won', rugTick: 20 });
    expect(describeBet(won, at(20))).toMatchObject({
      headline: 'Won: +0.04 SOL',
      detail:
        'The game rugged at tick 20; the bet covered 4–43. 0.05 SOL are on their way: the chain finalizes your stake first.',
    });
    const paid = anActiveBet({ state: 'paid', rugTick: 20, paidLamports: '50000000' });
    expect(describeBet(paid, at(20)).detail).toContain('0.05 SOL were paid.');
    expect(describeBet({ ...won, venue: 'assisted' }, at(20)).detail).toContain('The site pays it.');
  });

  it('tells a loss with where the game ended, or that it lived on', () => {
    expect(describeBet(anActiveBet({ state: 'lost', rugTick: 44 }), at(44))).toMatchObject({
      headline: 'Lost: −0.01 SOL',
      detail: 'The game rugged at tick 44; the bet covered 4–43. The stake stays with the house.',
    });
    expect(describeBet(anActiveBet({ state: 'lost' }), at(60)).detail).toContain('The game lived past tick 43.');
  });

  it('gives the server’s reason for a bet that is void or was not placed', () => {
    const reason = { code: 'game-ended', message: 'The game had ended when your stake was confirmed.' };
    expect(describeBet(aBet({ state: 'void', reason }), at(3))).toMatchObject({ detail: reason.message, tone: 'void' });
    expect(describeBet(aBet({ state: 'expired', reason }), at(3)).headline).toBe('Not placed');
  });

  it('has words for every state in every venue', () => {
    for (const venue of VENUE_IDS) {
      for (const state of BET_STATES) {
        const { headline, detail, spoken } = describeBet(anActiveBet({ venue, state }), at(5));
        for (const text of [headline, detail, spoken]) expect(text, `${venue} ${state}`).toMatch(/\w/);
        expect(`${headline} ${detail}`).not.toMatch(/undefined|null|NaN/);
      }
    }
  });
});
