import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sideBetWins, SOL_COIN_ADDRESS, windowEndTick } from '@/lib/game/rules';
import { gameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import { BETS_PER_GAME_MAX, createSideBetBook, type SideBet } from '@/server/simulator/side-bet-book';

const GAME = gameId('20251214-00112233445566aa');
const NOW = epochMs(1_765_700_000_000);

const bet = (startTick: number, overrides: Partial<SideBet> = {}): SideBet => ({
  id: 'bet',
  payoutId: 'payout',
  playerId: 'player',
  username: 'somebody',
  level: 3,
  stakeLamports: lamports(14_000_000n),
  coinAddress: SOL_COIN_ADDRESS,
  startTick,
  placedAt: NOW,
  presale: false,
  owner: null,
  ...overrides,
});

describe('the book of side bets', () => {
  it('settles every bet by the rule, at the tick that decides it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 120 }), (startTick, lives) => {
        const rugTick = startTick + lives;
        const book = createSideBetBook(GAME);
        book.place(bet(startTick));
        for (let tick = startTick + 1; tick <= rugTick; tick++) {
          const rugPrice = tick === rugTick ? 0.01 : null;
          const [settled] = book.settle({ tick, rugPrice, now: NOW });
          if (!settled) continue;
          const won = sideBetWins({ startTick, rugTick });
          expect(tick).toBe(won ? rugTick : windowEndTick(startTick));
          expect(settled.row).toMatchObject({ payout: won ? 0.07 : 0, tickIndex: won ? rugTick : startTick });
          expect('price' in settled.row).toBe(won);
          return;
        }
        throw new Error('never settled');
      }),
    );
  });

  it('takes one open bet a player, and the next one as soon as the last is over', () => {
    const book = createSideBetBook(GAME);
    expect(book.place(bet(0, { presale: true }))).toBe('placed');
    expect(book.place(bet(3))).toBe('open-bet');
    expect(book.place(bet(3, { playerId: 'another' }))).toBe('placed');
    book.settle({ tick: 40, rugPrice: null, now: NOW });
    expect(book.openBet('player')).toBeNull();
    expect(book.place(bet(40))).toBe('placed');
    expect(book.result('player')).toEqual({ profitLamports: -14_000_000n, stakedLamports: 14_000_000n });
  });

  it('shows a presale bet by its payout row alone', () => {
    const book = createSideBetBook(GAME);
    book.place(bet(0, { presale: true }));
    book.place(bet(2, { playerId: 'another' }));
    book.settle({ tick: 9, rugPrice: 0.01, now: NOW });
    expect(book.rows().map(({ type, playerId }) => `${type} ${playerId}`)).toEqual([
      'placed another',
      'payout player',
      'payout another',
    ]);
  });

  it('is full at its bound', () => {
    const book = createSideBetBook(GAME);
    for (let i = 0; i < BETS_PER_GAME_MAX; i++) expect(book.place(bet(1, { playerId: `p${i}` }))).toBe('placed');
    expect(book.place(bet(1, { playerId: 'late' }))).toBe('book-full');
  });
});
