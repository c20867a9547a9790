import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEATURE_COUNT, FEATURES } from '@/lib/hazard/feature-table';
import { createFeatureTracker, type FeatureTracker } from '@/lib/hazard/feature-tracker';

const price = fc.option(fc.double({ min: 0.01, max: 50, noNaN: true }), { nil: null });
const path = fc.array(price, { minLength: 45, maxLength: 120 });

const column = (id: string) => {
  const index = FEATURES.findIndex((feature) => feature.id === id);
  if (index < 0) throw new Error(`no feature ${id}`);
  return index;
};

function play(tracker: FeatureTracker, prices: readonly (number | null)[], intervalMs = 250): void {
  tracker.startGame();
  prices.forEach((each, tick) => tracker.observeTick(tick, each, tick * intervalMs));
}

function rowsOf(tracker: FeatureTracker): number[][] {
  const { rows, values } = tracker.table();
  return Array.from({ length: rows }, (_, s) => [...values.subarray(s * FEATURE_COUNT, (s + 1) * FEATURE_COUNT)]);
}

describe('the feature tracker', () => {
  it('never lets a later tick change what was known at an earlier one', () => {
    fc.assert(
      fc.property(path, path, fc.integer({ min: 1, max: 44 }), (prices, other, cut) => {
        const [whole, changed] = [prices, [...prices.slice(0, cut), ...other]].map((each) => {
          const tracker = createFeatureTracker();
          play(tracker, each);
          return rowsOf(tracker);
        });
        expect(changed!.slice(0, cut)).toEqual(whole!.slice(0, cut));
      }),
    );
  });

  it('has the volatility features of their definitions', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.05, max: 20, noNaN: true }), { minLength: 41, maxLength: 80 }),
        (tail) => {
          const prices = [1, ...tail];
          const tracker = createFeatureTracker();
          play(tracker, prices);
          const row = tracker.current();
          const s = prices.length - 1;
          const returns = prices.map((each, i) => (i === 0 ? 0 : Math.log(each / prices[i - 1]!)));
          const recent = (ticks: number) => returns.slice(s - ticks + 1, s + 1);
          const rootMeanSquare = (ticks: number) =>
            Math.sqrt(recent(ticks).reduce((sum, each) => sum + each * each, 0) / ticks);
          expect(row[column('volatility-10')]).toBeCloseTo(Math.log(0.001 + rootMeanSquare(10)), 6);
          expect(row[column('volatility-40')]).toBeCloseTo(Math.log(0.001 + rootMeanSquare(40)), 6);
          expect(row[column('momentum-10')]).toBeCloseTo(Math.log(prices[s]! / prices[s - 10]!), 8);
          expect(row[column('peak-ratio')]).toBeCloseTo(Math.log(prices[s]! / Math.max(...prices)), 8);
          const up = recent(14).reduce((sum, each) => sum + Math.max(0, each), 0);
          const down = recent(14).reduce((sum, each) => sum + Math.max(0, -each), 0);
          expect(row[column('rsi-14')]).toBeCloseTo(up / (up + down) - 0.5, 6);
        },
      ),
    );
  });

  it('notes a stall and lets it fade, and measures an interval against its running level', () => {
    const tracker = createFeatureTracker();
    tracker.startGame();
    for (let tick = 0; tick <= 50; tick++) tracker.observeTick(tick, 1, tick * 250);
    expect(tracker.current()[column('stall-recency')]).toBe(0);
    expect(tracker.current()[column('interval-deviation')]).toBeCloseTo(0, 8);
    tracker.observeTick(51, 1, 50 * 250 + 2_000);
    expect(tracker.current()[column('stall-recency')]).toBe(1);
    expect(tracker.current()[column('interval-deviation')]).toBeCloseTo(Math.log(8), 1);
    tracker.observeTick(52, 1, 50 * 250 + 2_250);
    expect(tracker.current()[column('stall-recency')]).toBeCloseTo(Math.exp(-0.1), 8);
  });

  it('counts trades and side bets of completed ticks only, over 40 ticks', () => {
    const tracker = createFeatureTracker();
    tracker.startGame();
    tracker.observeTick(0, 1, null);
    for (let i = 0; i < 3; i++) tracker.observeTrade();
    tracker.observeSideBet(0.5);
    expect(tracker.current()[column('trade-rate')]).toBeNaN(); // The row was made before them.
    tracker.observeTick(1, 1, null);
    expect(tracker.current()[column('trade-rate')]).toBeCloseTo(Math.log(4), 10);
    expect(tracker.current()[column('side-bet-volume')]).toBeCloseTo(Math.log(1.5), 10);
    tracker.observeTrade();
    tracker.observeTick(1, 1, null); // Repeated: nothing moves.
    expect(tracker.current()[column('trade-rate')]).toBeCloseTo(Math.log(4), 10);
    for (let tick = 2; tick <= 41; tick++) tracker.observeTick(tick, 1, null);
    expect(tracker.current()[column('trade-rate')]).toBeCloseTo(Math.log(2), 10);
  });

  it('remembers the last ten games and nothing of the running one', () => {
    const tracker = createFeatureTracker();
    for (let game = 1; game <= 12; game++) {
      play(tracker, [1, 1]);
      tracker.finishGame({ rugTick: game, peak: game === 12 ? null : 2 * game });
    }
    play(tracker, [1]);
    const row = tracker.current();
    const last = Array.from({ length: 10 }, (_, i) => Math.log(i + 3));
    expect(row[column('previous-length')]).toBeCloseTo(Math.log(12), 10);
    expect(row[column('recent-lengths')]).toBeCloseTo(last.reduce((a, b) => a + b) / 10, 10);
    expect(row[column('previous-peak')]).toBeNaN();
    expect(row[column('recent-peaks')]).toBeCloseTo(
      Array.from({ length: 9 }, (_, i) => Math.log(2 * (i + 3))).reduce((a, b) => a + b) / 9,
      10,
    );
  });

  it('leaves what it cannot know as NaN: ticks it missed, prices that were lost from the start, players never told', () => {
    const tracker = createFeatureTracker();
    tracker.startGame();
    tracker.observeTick(5, null, null);
    const rows = rowsOf(tracker);
    expect(rows).toHaveLength(6);
    expect(rows[3]!.every(Number.isNaN)).toBe(true);
    expect(rows[5]![column('peak-ratio')]).toBeNaN();
    expect(rows[5]![column('players')]).toBeNaN();
    tracker.observePlayers(200);
    tracker.observeTick(6, 1.5, null);
    expect(tracker.current()[column('players')]).toBeCloseTo(Math.log(200), 10);
    expect(tracker.current()[column('peak-ratio')]).toBeCloseTo(0, 10);
  });
});
