import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { binomialTails } from '@/lib/metrics/binomial';
import { toCalibrationCurves, toForecasts } from '@/lib/metrics/calibration-figures';
import { countCrowd, countGame, countPrediction, countServiceMinute } from '@/lib/metrics/count-metrics';
import { toGamesFigures, toServiceFigures } from '@/lib/metrics/games-figures';
import { hazardOverTicks, toHazardFigures } from '@/lib/metrics/hazard-figures';
import { emptyMetrics } from '@/lib/metrics/metrics-row';
import { toPredictionFigures } from '@/lib/metrics/prediction-figures';
import { toSideBetFigures } from '@/lib/metrics/side-bet-figures';
import { toStrategyFigures } from '@/lib/metrics/strategy-figures';
import type { StrategyRow } from '@/lib/metrics/strategy-row';
import { createCalibration } from '@/lib/performance/calibration';
import { createDocumentedCurve } from '@/lib/hazard/documented-curve';
import {
  calibrationSchema,
  gamesFiguresSchema,
  predictionFiguresSchema,
  serviceFiguresSchema,
  sideBetFiguresSchema,
  strategyFiguresSchema,
} from '@/lib/protocol/analytics';

const GAME = { peak: 1.5, verification: 'verified' as const, complete: true };
const drawRug = (random: () => number) => 1 + Math.floor(Math.log1p(-random()) / Math.log(0.995));

function predictionAt(tick: number, rugTick: number, winProbability = 0.18) {
  return {
    tick,
    live: true,
    winProbability,
    won: tick < rugTick && rugTick <= tick + 40,
    rugTick,
    medianTick: tick + 139,
    lower50: tick + 58,
    upper50: tick + 277,
    lower90: tick + 11,
    upper90: tick + 598,
  };
}

describe('figures of predictions', () => {
  it('are those worked out by hand', () => {
    const row = emptyMetrics();
    // Errors: 100 − 139 = −39, 300 − 139 = 161, 300 − 179 = 121.
    countPrediction(row, predictionAt(0, 100));
    countPrediction(row, predictionAt(0, 300));
    countPrediction(row, { ...predictionAt(40, 300, 0.2), live: false });
    const figures = predictionFiguresSchema.parse(toPredictionFigures(row));
    expect(figures).toMatchObject({ count: 3, live: 2, replayed: 1, games: 2 });
    expect(figures.end.meanAbsoluteErrorTicks).toBeCloseTo(321 / 3, 12);
    expect(figures.end.within1).toMatchObject({ count: 1, of: 3 });
    expect(figures.end.within3).toMatchObject({ count: 1, of: 3 });
    expect(figures.end.coverage50).toMatchObject({ count: 2, of: 3 });
    expect(figures.end.coverage90).toMatchObject({ count: 3, of: 3 });
    // 121 is the middle error: three windows, to within a tenth.
    expect(Math.abs(figures.end.medianE40 - 121 / 40)).toBeLessThanOrEqual(figures.end.medianE40Resolution);
    expect(figures.end.medianE40Resolution).toBeCloseTo(0.1, 12);
    expect(figures.bias.meanTicks).toBeCloseTo((-39 + 161 + 121) / 3, 12);
    expect(figures.bias.late).toMatchObject({ count: 1, of: 3 });
    expect(figures.window.brier).toBeCloseTo((0.18 ** 2 + 0.18 ** 2 + 0.2 ** 2) / 3, 8);
    expect(figures.window.logLoss).toBeCloseTo(-(2 * Math.log(0.82) + Math.log(0.8)) / 3, 8);
  });

  it('count a game once for an interval, however many predictions it had', () => {
    const [few, many] = [emptyMetrics(), emptyMetrics()];
    for (let game = 0; game < 20; game++) {
      countPrediction(few, predictionAt(0, 300));
      for (let tick = 0; tick < 290; tick += 10) countPrediction(many, predictionAt(tick, 300));
    }
    const width = ({ lower, upper }: { lower: number; upper: number }) => upper - lower;
    expect(width(toPredictionFigures(few)!.end.coverage90)).toBeCloseTo(
      width(toPredictionFigures(many)!.end.coverage90),
      12,
    );
  });

  it('are null without predictions', () => expect(toPredictionFigures(emptyMetrics())).toBeNull());
});

describe('figures of games and service', () => {
  it('are those worked out by hand', () => {
    const row = emptyMetrics();
    for (const rugTick of [5, 100, 300]) countGame(row, { ...GAME, rugTick });
    countGame(row, { rugTick: 1_000, peak: 40, verification: 'failed', complete: false });
    countServiceMinute(row, {
      frames: 240,
      deadLetters: 1,
      disconnects: 2,
      errors: 3,
      latencyCounts: [0, 0, 98, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2],
    });
    const games = gamesFiguresSchema.parse(toGamesFigures(row));
    expect(games).toMatchObject({ games: 4, verified: 3, failed: 1, unverifiable: 0, complete: 3 });
    expect(games.length).toMatchObject({ mean: 1_405 / 4, max: 1_000 });
    expect(games.lengthHistogram.reduce((sum, { count }) => sum + count, 0)).toBe(4);
    expect(games.peak).toMatchObject({ mean: 44.5 / 4, max: 40 });
    const service = serviceFiguresSchema.parse(toServiceFigures(row));
    expect(service).toMatchObject({ minutes: 1, frames: 240, deadLetters: 1, disconnects: 2, errors: 3 });
    expect(service.latencyMs).toMatchObject({ samples: 100, underPromise: { value: 0.98, count: 98, of: 100 } });
    expect(service.latencyMs!.median).toBeGreaterThanOrEqual(0.1);
    expect(service.latencyMs!.median).toBeLessThan(0.15);
    expect(service.latencyMs!.p99).toBeGreaterThanOrEqual(5);
  });

  it('are null, not zero, where there is nothing', () => {
    expect(gamesFiguresSchema.parse(toGamesFigures(emptyMetrics()))).toMatchObject({
      length: null,
      verifiedShare: null,
    });
    expect(serviceFiguresSchema.parse(toServiceFigures(emptyMetrics())).latencyMs).toBeNull();
  });
});

describe("the crowd's side bets", () => {
  const bets = (count: number, won: number, stake: bigint) => ({
    bets: count,
    won,
    practiceBets: 0,
    stakedLamports: stake * BigInt(count),
    paidLamports: 5n * stake * BigInt(won),
    trades: 1,
    tradedLamports: 7n,
  });

  it('have a return whose interval is the ratio estimator over games, as computed directly', () => {
    const perGame = [
      bets(10, 0, 10n ** 9n),
      bets(4, 4, 10n ** 8n),
      bets(7, 1, 5n * 10n ** 8n),
      bets(1, 0, 3n * 10n ** 9n),
    ];
    const row = emptyMetrics();
    for (const game of perGame) countCrowd(row, game);
    const staked = perGame.map(({ stakedLamports }) => Number(stakedLamports) / 1e9);
    const paid = perGame.map(({ paidLamports }) => Number(paidLamports) / 1e9);
    const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0);
    const ratio = total(paid) / total(staked);
    const residuals = paid.map((value, i) => (value - ratio * staked[i]!) ** 2);
    const deviation = Math.sqrt(((total(residuals) / total(staked) ** 2) * 4) / 3);
    const figures = sideBetFiguresSchema.parse(toSideBetFigures(row));
    expect(figures).toMatchObject({
      bets: 22,
      won: 5,
      games: 4,
      stakedLamports: '16900000000',
      paidLamports: '4500000000',
      netLamports: '-12400000000',
      trades: 4,
      tradedLamports: '28',
    });
    expect(figures.returnOnStakes!.value).toBeCloseTo(ratio - 1, 9);
    expect(figures.returnOnStakes!.upper).toBeCloseTo(ratio - 1 + 1.959964 * deviation, 6);
    expect(figures.publishedReturn).toBeCloseTo(-0.0916, 4);
  });

  it('count as few trials when whole games win or lose together', () => {
    const [together, apart] = [emptyMetrics(), emptyMetrics()];
    for (let game = 0; game < 50; game++) {
      countCrowd(together, bets(20, game % 5 === 0 ? 20 : 0, 10n ** 9n));
      countCrowd(apart, bets(20, 4, 10n ** 9n));
    }
    const [a, b] = [toSideBetFigures(together).winRate!, toSideBetFigures(apart).winRate!];
    expect([a.value, b.value]).toEqual([0.2, 0.2]);
    // 50 games, not 1,000 bets: Wilson at 20 % of 50 is 0.112 … 0.330.
    expect(a.lower).toBeCloseTo(0.112, 2);
    expect(a.upper).toBeCloseTo(0.33, 2);
    expect(b.upper - b.lower).toBeLessThan(a.upper - a.lower + 1e-9);
  });

  it('are without a rate or a return when there are none', () => {
    expect(sideBetFiguresSchema.parse(toSideBetFigures(emptyMetrics()))).toMatchObject({
      winRate: null,
      returnOnStakes: null,
    });
  });
});

describe('strategies as if followed', () => {
  const strategy = (given: Partial<StrategyRow>): StrategyRow => {
    const bets = given.bets ?? 0;
    const stake = 10n ** 8n;
    return {
      strategyId: 'flat-stake',
      recommendations: bets,
      recommendationsLive: bets,
      bets,
      won: 0,
      missed: 0,
      stakedLamports: stake * BigInt(bets),
      returnedLamports: 5n * stake * BigInt(given.won ?? 0),
      expectedProfitLamports: -9_160_000n * BigInt(bets),
      payableLamports: 5n * stake * BigInt(bets),
      payableSquares: 0.25 * bets,
      skipsRight: 0,
      skipsWrong: 0,
      ...given,
    };
  };
  const figuresOf = (rows: readonly StrategyRow[]) =>
    toStrategyFigures(rows, { nameOf: (id) => id }).map((figures) => strategyFiguresSchema.parse(figures));

  it('have a return between what Wilson says of the wins, and luck around what the rule gives', () => {
    const [figures] = figuresOf([strategy({ bets: 100, won: 20 })]);
    expect(figures!.roi!.value).toBeCloseTo(0, 12);
    // Wilson at 20 of 100: 0.1334 … 0.2888, times 5, minus 1.
    expect(figures!.roi!.lower).toBeCloseTo(5 * 0.1334 - 1, 3);
    expect(figures!.roi!.upper).toBeCloseTo(5 * 0.2888 - 1, 3);
    expect(figures!.luck!.value).toBeCloseTo(-0.0916, 4);
    expect(figures!.luck!.upper).toBeCloseTo(-0.0916 + 5 * 1.96 * Math.sqrt((0.18168 * 0.81832) / 100), 3);
    expect(figures!.expectedRoi).toBeCloseTo(-0.0916, 9);
    expect(figures!.beyondLuck).toBeNull();
  });

  it('are wider when a few large stakes carry the sum', () => {
    const [even, uneven] = figuresOf([
      strategy({ strategyId: 'a', bets: 100, won: 20 }),
      strategy({ strategyId: 'b', bets: 100, won: 20, payableSquares: 100 }),
    ]);
    const width = ({ lower, upper }: { lower: number; upper: number }) => upper - lower;
    expect(width(uneven!.luck!)).toBeGreaterThan(1.9 * width(even!.luck!));
  });

  it('are beyond luck only when the wins would surprise, all strategies taken together', () => {
    const beyond = (won: number, others: number) =>
      figuresOf([
        strategy({ bets: 100, won }),
        ...Array.from({ length: others }, (_, i) => strategy({ strategyId: `x${i}`, bets: 100, won: 18 })),
      ]).find(({ strategyId }) => strategyId === 'flat-stake')!.beyondLuck;
    expect([beyond(26, 0), beyond(27, 0), beyond(28, 9), beyond(40, 9), beyond(4, 0)]).toEqual([
      null,
      'better',
      null,
      'better',
      'worse',
    ]);
  });

  it('say nothing of a return without bets', () => {
    expect(figuresOf([strategy({ bets: 0, recommendations: 4, skipsRight: 3, skipsWrong: 1 })])[0]).toMatchObject({
      roi: null,
      luck: null,
      winRate: null,
      expectedRoi: null,
      beyondLuck: null,
      skips: { right: 3, wrong: 1 },
    });
  });
});

describe('binomial tails', () => {
  it('are those of the worked values', () => {
    expect(binomialTails({ hits: 3, trials: 10, p: 0.5 }).atMost).toBeCloseTo(176 / 1_024, 12);
    expect(binomialTails({ hits: 3, trials: 10, p: 0.5 }).atLeast).toBeCloseTo(968 / 1_024, 12);
    expect(binomialTails({ hits: 0, trials: 10, p: 0.2 })).toEqual({
      atLeast: 1,
      atMost: expect.closeTo(0.8 ** 10, 12),
    });
    expect(binomialTails({ hits: 10, trials: 10, p: 0.2 }).atLeast).toBeCloseTo(0.2 ** 10, 15);
  });
});

describe('calibration from counts', () => {
  it('scores headline and baselines as scoring every forecast does', () => {
    const random = seedrandom('calibration');
    const row = emptyMetrics();
    const documented = createDocumentedCurve();
    const [headline, curve] = [createCalibration(), createCalibration()];
    for (let game = 0; game < 400; game++) {
      const rugTick = drawRug(random);
      for (let tick = 0; tick < rugTick; tick += 40) {
        const forecast = 0.16 + 0.05 * random();
        const made = predictionAt(tick, rugTick, forecast);
        countPrediction(row, made);
        headline.add(forecast, made.won);
        curve.add(documented.windowValue(tick), made.won);
      }
      // A prediction off the grid counts in no calibration.
      if (rugTick > 13) countPrediction(row, predictionAt(13, rugTick, 0.9));
    }
    const [ours, baseline, published] = toCalibrationCurves(row);
    expect(ours!.count).toBe(headline.scores().count);
    expect(ours!.brier).toBeCloseTo(headline.scores().brier, 8);
    expect(ours!.logLoss).toBeCloseTo(headline.scores().logLoss, 8);
    expect(baseline!.brier).toBeCloseTo(curve.scores().brier, 10);
    expect(baseline!.logLoss).toBeCloseTo(curve.scores().logLoss, 10);
    expect(baseline!.logLoss).toBeGreaterThan(2 * published!.logLoss);
    expect(published!.bins).toHaveLength(1);
    expect(toForecasts(row).won).toMatchObject({ of: ours!.count });
    const bins = ours!.bins;
    expect(bins.reduce((sum, { observed }) => sum + observed.of, 0)).toBe(ours!.count);
    for (const { from, to, meanForecast } of bins) {
      expect(meanForecast).toBeGreaterThanOrEqual(from);
      expect(meanForecast).toBeLessThan(to);
    }
    calibrationSchema.shape.curves.parse([ours, baseline, published]);
  });

  it('is empty without predictions', () => expect(toCalibrationCurves(emptyMetrics())).toEqual([]));
});

describe('the hazard from lengths alone', () => {
  it('is the worked value over all ticks', () => {
    const { value, lower, upper } = hazardOverTicks({ rugs: 100, ticks: 20_000 });
    expect(value).toBe(0.005);
    expect(lower).toBeCloseTo(0.00407, 5);
    expect(upper).toBeCloseTo(0.00603, 5);
  });

  it('finds the rugs and the games at risk of every bucket, and a hazard that gives that share', () => {
    const row = emptyMetrics();
    for (const rugTick of [1, 9, 10, 19, 40, 41, 79, 80, 250, 1_499, 1_500, 5_000])
      countGame(row, { ...GAME, rugTick });
    const { buckets } = toHazardFigures(row);
    const found = Object.fromEntries(buckets.map(({ from, atRisk, rugs }) => [from, [atRisk, rugs]]));
    expect(found).toMatchObject({
      1: [12, 2],
      10: [10, 2],
      20: [8, 0],
      40: [8, 3],
      80: [5, 1],
      120: [4, 0],
      240: [4, 1],
      1_000: [3, 1],
      1_500: [2, 2],
    });
    const bucket = buckets.find(({ from }) => from === 40)!;
    expect(1 - (1 - bucket.hazard!.value) ** 40).toBeCloseTo(3 / 8, 12);
    expect(buckets.at(-1)).toMatchObject({ to: null, hazard: null, holds: null });
  });

  it('covers the true hazard of simulated games in 95 of 100 buckets, and the test alarms as rarely as it says', () => {
    const random = seedrandom('hazard');
    let [judged, outside, alarms] = [0, 0, 0];
    for (let world = 0; world < 100; world++) {
      const row = emptyMetrics();
      for (let game = 0; game < 400; game++) countGame(row, { ...GAME, rugTick: drawRug(random) });
      const figures = toHazardFigures(row);
      const well = figures.buckets.filter(({ atRisk, holds }) => holds !== null && atRisk > 30);
      judged += well.length;
      outside += well.filter(({ holds }) => !holds).length;
      if (figures.test!.pValue < 0.05) alarms++;
    }
    expect(outside / judged).toBeGreaterThan(0.02);
    expect(outside / judged).toBeLessThan(0.08);
    expect(alarms).toBeLessThanOrEqual(12);
  });

  it('sees a hazard that is another one', () => {
    const random = seedrandom('other hazard');
    const row = emptyMetrics();
    for (let game = 0; game < 3_000; game++) {
      countGame(row, { ...GAME, rugTick: 1 + Math.floor(Math.log1p(-random()) / Math.log(1 - 0.0058)) });
    }
    const { overall, test } = toHazardFigures(row);
    expect(overall!.lower).toBeGreaterThan(0.005);
    expect(test!.pValue).toBeLessThan(0.001);
    expect(test!.words).toMatch(/^The hazard differs/);
  });
});
