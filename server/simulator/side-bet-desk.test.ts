import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRACTICE_COIN_ADDRESS, SOL_COIN_ADDRESS } from '@/lib/game/rules';
import { answerSideBet, type SideBetRequest } from '@/server/simulator/side-bet-desk';

const good = { amount: 0.25, coinAddress: SOL_COIN_ADDRESS, xPayout: 5 };

function ask(...args: unknown[]) {
  const taken: SideBetRequest[] = [];
  const { answer } = answerSideBet(args, (request) => {
    taken.push(request);
    return { ok: true, value: { sidebet: { id: 'x' }, frames: [] } };
  });
  return { answer, taken };
}

describe('the side-bet desk', () => {
  it('takes a stake within the limits, in either coin, also behind a tracing object', () => {
    expect(ask(good)).toMatchObject({ answer: { success: true }, taken: [{ stakeLamports: 250_000_000n }] });
    expect(ask({ __trace: true, traceparent: 'x' }, good).answer.success).toBe(true);
    expect(ask({ ...good, coinAddress: PRACTICE_COIN_ADDRESS }).answer.success).toBe(true);
    for (const amount of [0.001, 5, 0.123456789]) expect(ask({ ...good, amount }).answer.success).toBe(true);
  });

  it.each([
    [{ ...good, amount: 0.0009 }, /between 0\.001 and 5 SOL/],
    [{ ...good, amount: 5.000000001 }, /between 0\.001 and 5 SOL/],
    [{ ...good, amount: 1e300 }, /between 0\.001 and 5 SOL/],
    [{ ...good, amount: -1 }, /negative/],
    [{ ...good, amount: 0.1234567891 }, /nine decimals/],
    [{ ...good, amount: '1' }, /needs an amount/],
    [{ ...good, amount: NaN }, /needs an amount/],
    [{ ...good, coinAddress: 'doge' }, /coin/],
    [{ ...good, xPayout: 6 }, /payout/],
    [undefined, /needs an amount/],
  ])('refuses %o in words', (request, words) => {
    const { answer, taken } = ask(request);
    expect(answer).toMatchObject({ success: false, sidebet: null });
    expect(answer.message).toMatch(words);
    expect(taken).toEqual([]);
  });

  it('says why the game refused', () => {
    const refused = (error: 'no-game' | 'open-bet' | 'book-full') =>
      answerSideBet([good], () => ({ ok: false, error })).answer.message;
    expect(refused('no-game')).toMatch(/presale and while a game is active/);
    expect(refused('open-bet')).toMatch(/already have/);
    expect(refused('book-full')).toMatch(/No more/);
  });

  it('answers anything at all without throwing', () => {
    fc.assert(
      fc.property(fc.array(fc.anything()), (args) => {
        const { answer } = ask(...args);
        expect(typeof answer.success).toBe('boolean');
        expect(answer.message.length).toBeGreaterThan(0);
      }),
    );
  });
});
