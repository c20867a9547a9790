import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { createEquity } from '@/lib/performance/equity';
import { pinballLoss } from '@/lib/performance/pinball';
import { wilsonInterval } from '@/lib/performance/wilson';

describe("Wilson's interval", () => {
  it('has its textbook values', () => {
    const { lower, upper } = wilsonInterval({ share: 0.1, trials: 100 });
    expect(lower).toBeCloseTo(0.0552, 4);
    expect(upper).toBeCloseTo(0.1744, 4);
    expect(wilsonInterval({ share: 0, trials: 10 }).upper).toBeCloseTo(0.2775, 4);
  });

  it('stays inside [0, 1] and holds the share', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.5, max: 1e6, noNaN: true }),
        (share, trials) => {
          const { lower, upper } = wilsonInterval({ share, trials });
          expect(0 <= lower && lower <= share + 1e-12 && share - 1e-12 <= upper && upper <= 1).toBe(true);
        },
      ),
    );
  });
});

describe('the pinball loss', () => {
  it('has its worked values', () => {
    expect(pinballLoss({ quantile: 0.9, forecast: 100, outcome: 80 })).toBeCloseTo(2, 12);
    expect(pinballLoss({ quantile: 0.9, forecast: 80, outcome: 100 })).toBeCloseTo(18, 12);
  });

  it('is smallest on average at the true quantile', () => {
    const random = seedrandom('pinball');
    const outcomes = Array.from({ length: 20_000 }, () => random());
    const mean = (forecast: number) =>
      outcomes.reduce((sum, outcome) => sum + pinballLoss({ quantile: 0.75, forecast, outcome }), 0);
    for (const other of [0.5, 0.65, 0.85, 1]) expect(mean(0.75)).toBeLessThan(mean(other));
  });
});

describe('equity', () => {
  const SOL = 1_000_000_000n;

  it('has the return, drawdown and Sharpe ratio of a worked run', () => {
    const equity = createEquity(10n * SOL);
    const bets = [
      { profit: 4n * SOL, before: 10n * SOL },
      { profit: -1n * SOL, before: 14n * SOL },
      { profit: -1n * SOL, before: 13n * SOL },
    ];
    for (const { profit, before } of bets) {
      equity.settle({ stakeLamports: SOL, profitLamports: profit, bankrollBeforeLamports: before });
    }
    const scores = equity.scores();
    expect(scores).toMatchObject({ bets: 3, wins: 1, stakedLamports: 3n * SOL, netLamports: 2n * SOL });
    expect(scores.roi).toBeCloseTo(2 / 3, 12);
    expect(scores.maxDrawdown).toBeCloseTo(2 / 14, 12);
    const returns = [0.4, -1 / 14, -1 / 13];
    const mean = returns.reduce((a, b) => a + b) / 3;
    const deviation = Math.sqrt(returns.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 2);
    expect(scores.sharpe).toBeCloseTo(mean / deviation, 10);
  });

  it('has nothing to divide by without bets', () => {
    expect(createEquity(SOL).scores()).toMatchObject({ bets: 0, roi: 0, winRate: 0, sharpe: 0, maxDrawdown: 0 });
  });

  it('keeps a curve of bounded length that still spans the run', () => {
    const equity = createEquity(SOL);
    for (let game = 1; game <= 10_000; game++) equity.endGame(SOL + BigInt(game));
    const curve = equity.curve();
    expect(curve.length).toBeLessThanOrEqual(601);
    expect(curve[0]).toEqual({ game: 0, sol: 1 });
    expect(curve.at(-1)!.game).toBeGreaterThan(9_900);
    expect(curve.every((point, i) => i === 0 || point.game > curve[i - 1]!.game)).toBe(true);
  });
});
