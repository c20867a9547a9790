import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GAME_TICKS_MAX, PUBLISHED_HAZARD } from '@/lib/game/rules';
import { simulateRugs } from '@/lib/hazard/test-kit/simulate-rugs';
import { endQuantile, predictEnd } from '@/lib/prediction/predict-end';
import { createEndScores, scoreEnd } from '@/lib/prediction/score-end';

const constant = (hazard: number, tick: number) => (to: number) => -(to - tick) * Math.log1p(-hazard);

describe('the predicted end', () => {
  it('has the worked quantiles of the published hazard, the same from any tick', () => {
    for (const tick of [0, 40, 1_000]) {
      const prediction = predictEnd({ tick, cumulativeHazard: constant(PUBLISHED_HAZARD, tick) });
      expect(prediction).toMatchObject({
        median: tick + 139,
        lower50: tick + 58,
        upper50: tick + 277,
        lower90: tick + 11,
        upper90: tick + 598,
      });
      // P(98 < T ≤ 179) = 0.995^98 − 0.995^179
      expect(prediction.confidence).toBeCloseTo(0.995 ** 98 - 0.995 ** 179, 10);
    }
  });

  it('is the smallest tick by which the probability is reached, for any hazards', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 0.2, noNaN: true }), { minLength: 60, maxLength: 60 }),
        fc.nat({ max: 30 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (hazards, tick, quantile) => {
          const cumulativeHazard = (to: number) => {
            let sum = 0;
            for (let i = tick + 1; i <= to; i++) sum -= Math.log1p(-(hazards[i] ?? 0.01));
            return sum;
          };
          const end = endQuantile({ tick, quantile, cumulativeHazard });
          const target = -Math.log1p(-quantile);
          expect(end).toBeGreaterThan(tick);
          if (end < GAME_TICKS_MAX) expect(cumulativeHazard(end)).toBeGreaterThanOrEqual(target);
          if (end > tick + 1) expect(cumulativeHazard(end - 1)).toBeLessThan(target);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('ends at the cut-off where the game does', () => {
    const prediction = predictEnd({ tick: 4_980, cumulativeHazard: constant(PUBLISHED_HAZARD, 4_980) });
    expect(prediction.median).toBe(GAME_TICKS_MAX);
    expect(prediction.confidence).toBe(1);
  });

  it('covers 50 and 90 games in 100', () => {
    const scores = createEndScores();
    const prediction = predictEnd({ tick: 0, cumulativeHazard: constant(PUBLISHED_HAZARD, 0) });
    for (const rugTick of simulateRugs({ games: 4_000, seed: 'cover', hazard: PUBLISHED_HAZARD })) {
      scores.add(scoreEnd(prediction, rugTick));
    }
    const { coverage50, coverage90, within1, count } = scores.scores();
    expect(count).toBe(4_000);
    expect(Math.abs(coverage50 - 0.5)).toBeLessThan(0.03);
    expect(Math.abs(coverage90 - 0.9)).toBeLessThan(0.02);
    expect(Math.abs(within1 - prediction.confidence)).toBeLessThan(0.03);
  });
});

describe('the score of a predicted end', () => {
  const prediction = predictEnd({ tick: 0, cumulativeHazard: constant(PUBLISHED_HAZARD, 0) });

  it('tells error, direction, windows and hits', () => {
    expect(scoreEnd(prediction, 139)).toMatchObject({
      signedError: 0,
      e40: 0,
      windowsOff: 0,
      hit50: true,
      hit90: true,
    });
    expect(scoreEnd(prediction, 239)).toMatchObject({ signedError: 100, e40: 2.5, windowsOff: 2, hit50: true });
    expect(scoreEnd(prediction, 5)).toMatchObject({
      signedError: -134,
      absoluteError: 134,
      hit50: false,
      hit90: false,
    });
  });

  it('keeps the median, the shares and the means of many', () => {
    const scores = createEndScores();
    for (const rugTick of [139, 139 + 40, 139 + 41, 139 + 400]) scores.add(scoreEnd(prediction, rugTick));
    expect(scores.scores()).toMatchObject({ count: 4, medianE40: 1, within1: 0.5, within2: 0.75, within3: 0.75 });
    expect(scores.scores().meanAbsoluteError).toBeCloseTo((40 + 41 + 400) / 4, 10);
    expect(scores.scores().meanSignedError).toBeCloseTo((40 + 41 + 400) / 4, 10);
    expect(createEndScores().scores()).toMatchObject({ count: 0, medianE40: 0, coverage50: 0 });
  });
});
