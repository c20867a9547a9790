import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatherAdvice, gatherBets, gatherTrades, windowOutcome } from '@/components/games/replay/chart-marks';
import { createChartScale } from '@/components/games/replay/chart-scale';
import { momentAt } from '@/components/games/replay/moment';
import { pauseAfter, tickAfterKey } from '@/components/games/replay/use-replay';
import type { GamePrediction, GameRecommendation, GameSideBet, GameTrade } from '@/lib/protocol/games-api';

const trade = (tick: number, kind: GameTrade['kind'], price: number): GameTrade => ({
  id: `${tick} ${kind} ${price}`,
  tick,
  kind,
  player: 'p',
  amountLamports: '1',
  price,
  practice: false,
  receivedAt: 0,
});
const bet = (startTick: number, outcome: GameSideBet['outcome']): GameSideBet => ({
  startTick,
  endTick: startTick + 40,
  playerId: 'p',
  player: 'p',
  stakeLamports: '1',
  payout: 5,
  practice: false,
  seenAt: null,
  outcome,
  payoutLamports: outcome && '0',
});
const advice = (tick: number, strategyId: string, rest: Partial<GameRecommendation> = {}) =>
  ({ tick, strategyId, word: 'Skip', action: 'wait', priority: null, ...rest }) as GameRecommendation;

describe('the marks of a chart', () => {
  it('stand for every trade of the crowd, whatever the width', () => {
    const kind = fc.constantFrom<GameTrade['kind']>('buy', 'sell', 'short_open', 'short_close');
    const trades = fc.array(fc.tuple(fc.nat({ max: 900 }), kind, fc.double({ min: 0.01, max: 9, noNaN: true })));
    fc.assert(
      fc.property(trades, fc.integer({ min: 1, max: 50 }), (told, step) => {
        const marks = gatherTrades(
          told.map((one) => trade(...one)),
          step,
        );
        expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(told.length);
        expect(marks.length).toBeLessThanOrEqual(2 * Math.ceil(901 / step));
      }),
    );
    expect(gatherTrades([trade(4, 'buy', 1), trade(5, 'short_close', 3), trade(5, 'sell', 2)], 2)).toEqual([
      { tick: 4.5, direction: 'up', count: 2, price: 2 },
      { tick: 4.5, direction: 'down', count: 1, price: 2 },
    ]);
  });

  it('tell won, lost and open side bets apart', () => {
    expect(gatherBets([bet(7, 'lost'), bet(0, 'won'), bet(1, 'lost'), bet(1, null)], 4)).toEqual([
      { tick: 1.5, won: 1, lost: 1, open: 1 },
      { tick: 5.5, won: 0, lost: 1, open: 0 },
    ]);
  });

  it('gather the advice of a tick, and how many bet there', () => {
    expect(
      gatherAdvice([advice(18, 'a', { action: 'bet' }), advice(0, 'b'), advice(18, 'c', { action: 'bet' })]),
    ).toEqual([
      { tick: 0, word: 'Skip', bets: 0 },
      { tick: 18, word: 'Skip', bets: 2 },
    ]);
  });
});

describe('what a bet came to', () => {
  it('follows the rule: won if and only if start < rugTick ≤ start + 40', () => {
    expect([59, 60, 99, 100].map((tick) => windowOutcome(tick, 100))).toEqual(['lost', 'won', 'won', null]);
    expect(windowOutcome(5, null)).toBeNull();
  });
});

describe('a moment of a game', () => {
  const detail = {
    game: { rugTick: 3 },
    prices: [1, null, 1.2, 0.01],
    arrivals: [100, null, 600, null],
    assessments: [null, null, null, null],
    predictions: [{ tick: 0 }, { tick: 2 }] as GamePrediction[],
    recommendations: [
      advice(0, 'b', { priority: 2 }),
      advice(0, 'a', { priority: 1 }),
      advice(2, 'b', { priority: 1 }),
    ],
  };

  it('holds what had been said by then, the newest of each strategy, best first', () => {
    expect(momentAt(detail, 1)).toMatchObject({ price: null, arrival: null, prediction: { tick: 0 }, outcome: 'won' });
    expect(momentAt(detail, 1).advice.map(({ strategyId, tick }) => [strategyId, tick])).toEqual([
      ['a', 0],
      ['b', 0],
    ]);
    expect(momentAt(detail, 2).prediction).toMatchObject({ tick: 2 });
    expect(momentAt(detail, 2).advice.map(({ tick }) => tick)).toEqual([0, 2]);
    expect(momentAt(detail, 3)).toMatchObject({ isRug: true, outcome: null });
  });
});

describe('the chart’s scale', () => {
  it('keeps every drawn price and tick inside, and finds a tick from where it is drawn', () => {
    const prices = fc.array(fc.option(fc.double({ min: 0.01, max: 500, noNaN: true })), {
      minLength: 1,
      maxLength: 300,
    });
    fc.assert(
      fc.property(prices, fc.integer({ min: 120, max: 1_600 }), (path, width) => {
        const scale = createChartScale({ prices: path, rugTick: path.length - 1, width, height: 300 });
        for (const price of path) if (price !== null) expect(scale.y(price)).toBeGreaterThanOrEqual(0);
        expect(scale.x(scale.lastTick)).toBeLessThanOrEqual(width);
        for (let tick = 0; tick < path.length; tick++) expect(scale.tickAt(scale.x(tick))).toBe(tick);
        for (const price of scale.yPrices) expect(scale.y(price)).toBeLessThanOrEqual(300);
        expect(scale.yPrices.length).toBeLessThan(20);
      }),
    );
  });

  it('does not let the rug price flatten the game', () => {
    const scale = createChartScale({ prices: [1, 1.1, 1.05, 0.001], rugTick: 3, width: 600, height: 300 });
    expect(scale.y(1) - scale.y(1.1)).toBeGreaterThan(150);
  });
});

describe('the replay', () => {
  it('waits as long as the ticks did, within reason', () => {
    expect(pauseAfter([0, 240], 0)).toBe(240);
    expect(pauseAfter([0, 60_000], 0)).toBe(3_000);
    expect(pauseAfter([5, 5], 0)).toBe(16);
    expect(pauseAfter([5, null], 0)).toBe(250);
  });

  it('is moved by keys', () => {
    const at = { tick: 50, lastTick: 99 };
    const press = (key: string, shiftKey = false) => tickAfterKey({ key, shiftKey }, at);
    expect([press('ArrowRight'), press('ArrowLeft', true), press('PageUp')]).toEqual([51, 40, 90]);
    expect([press('Home'), press('End'), press('a')]).toEqual([0, 99, null]);
  });
});
