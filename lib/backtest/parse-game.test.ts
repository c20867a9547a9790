import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseGame } from '@/lib/backtest/parse-game';
import { SOL_COIN_ADDRESS } from '@/lib/game/rules';

const parse = (value: unknown) => parseGame(JSON.stringify(value));
const game = (value: unknown) => {
  const parsed = parse(value);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
};
const problem = (value: unknown) => {
  const parsed = parse(value);
  if (parsed.ok) throw new Error('it parsed');
  return parsed.error;
};

describe('a line of a games file', () => {
  it('is a game by its length alone', () => {
    expect(game({ rugTick: 187 })).toMatchObject({ rugTick: 187, prices: null, gameId: null, startedAtMs: null });
  });

  it('is a game by its path, whose last entry is the rug, lost ticks allowed', () => {
    expect(game({ prices: [1, null, 1.2, 0.01] })).toMatchObject({ rugTick: 3, prices: [1, null, 1.2, 0.01] });
    expect(game({ prices: [1, 1.1], rugTick: 2 }).rugTick).toBe(2); // Without the rug price.
    expect(game({ prices: [1, 1.1, 0.01], rugTick: 2 }).rugTick).toBe(2);
  });

  it('keeps id and times', () => {
    const full = game({ gameId: 'g', startedAt: '2025-07-21T15:41:24.925Z', rugTick: 2, tickOffsetsMs: [0, 260] });
    expect(full).toMatchObject({ gameId: 'g', startedAtMs: 1753112484925, tickOffsetsMs: [0, 260] });
  });

  it('is a history entry, whose side bets of real money count as market and whose time is the end', () => {
    const bet = { type: 'placed', coinAddress: SOL_COIN_ADDRESS, betAmount: 0.25 };
    const entry = game({
      id: '20251207-67b9664de9e24662',
      timestamp: 1_765_068_349_373,
      prices: [1, 1.1, 1.2, 0.002],
      globalTrades: [],
      globalSidebets: [
        { ...bet, startedAtTick: 2 },
        { ...bet, startedAtTick: 0 },
        { ...bet, startedAtTick: 1, coinAddress: '0xPractice' },
        { ...bet, type: 'payout', startTick: 0, payout: 0 },
      ],
    });
    expect(entry).toMatchObject({ gameId: '20251207-67b9664de9e24662', rugTick: 3, tradeTicks: null });
    expect(entry.startedAtMs).toBe(1_765_068_349_373 - 750);
    expect(entry.sideBets).toEqual([
      { tick: 0, stakeSol: 0.25 },
      { tick: 2, stakeSol: 0.25 },
    ]);
  });

  it.each([
    [[], 'not-a-game', 'prices or rugTick'],
    [{}, 'not-a-game', 'neither prices nor rugTick'],
    [{ rugTick: 0 }, 'bad-rug-tick', 'rugTick is 0'],
    [{ rugTick: 5_001 }, 'bad-rug-tick', '1 to 5000'],
    [{ rugTick: 2.5 }, 'bad-rug-tick', 'rugTick is 2.5'],
    [{ rugTick: 9, prices: [1, 1.1, 0.01] }, 'bad-rug-tick', 'prices has 3 entries'],
    [{ prices: 'x' }, 'bad-prices', 'not an array'],
    [{ prices: [1] }, 'bad-prices', '1 entries'],
    [{ prices: [1, -2, 0] }, 'bad-prices', 'prices[1] is -2'],
    [{ prices: [1, '3', 0] }, 'bad-prices', 'prices[1] is "3"'],
    [{ prices: [1.5, 1, 0] }, 'bad-prices', 'starts at 1'],
    [{ prices: new Array(5_002).fill(1) }, 'bad-prices', '5002 entries'],
    [{ rugTick: 3, tickOffsetsMs: [0, 5, 2] }, 'bad-offsets', 'tickOffsetsMs[2] is 2'],
    [{ rugTick: 3, tickOffsetsMs: [0] }, 'bad-offsets', '1 entries'],
    [{ rugTick: 3, startedAt: 'soon' }, 'bad-time', 'startedAt is "soon"'],
    [{ rugTick: 3, gameId: 7 }, 'bad-id', 'gameId is 7'],
    [{ rugTick: 3, rugged: false }, 'not-ended', 'had not ended'],
    [{ rugTick: 3, globalTrades: [{ tickIndex: -1 }] }, 'bad-market-rows', 'tickIndex is -1'],
    [{ rugTick: 3, globalSidebets: 5 }, 'bad-market-rows', 'globalSidebets is 5'],
  ])('says what is wrong with %j', (value, code, words) => {
    expect(problem(value)).toMatchObject({ code, message: expect.stringContaining(words) });
  });

  it('answers any text at all with a game or a reason, never with a throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const parsed = parseGame(text);
        if (parsed.ok) expect(parsed.value.rugTick).toBeGreaterThanOrEqual(1);
        else expect(parsed.error.message.length).toBeGreaterThan(5);
      }),
    );
  });
});
