import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { GAME_TICKS_MAX, PUBLISHED_HAZARD } from '@/lib/game/rules';
import { createEmpiricalModel, type EmpiricalModel } from '@/lib/hazard/empirical';
import { windowProbability } from '@/lib/hazard/hazard-model';
import { simulateRugs } from '@/lib/hazard/test-kit/simulate-rugs';
import { BUCKET_COUNT, bucketOf } from '@/lib/hazard/tick-buckets';
import { gammaQuantile } from '@/lib/math/gamma';

const rugTicks = fc.array(fc.integer({ min: 1, max: GAME_TICKS_MAX }), { maxLength: 60 });

function learn(model: EmpiricalModel, rugs: readonly number[]): EmpiricalModel {
  for (const rugTick of rugs) model.observeGame({ rugTick, features: null });
  return model;
}

describe('the empirical model', () => {
  it('starts at the published hazard', () => {
    const model = createEmpiricalModel();
    for (const tick of [1, 50, 500, 5_000]) expect(model.hazardValue(tick)).toBeCloseTo(PUBLISHED_HAZARD, 12);
    expect(model.windowProbability(0).samples).toBe(0);
  });

  it('always says probabilities, inside their own intervals, whatever games it has seen', () => {
    fc.assert(
      fc.property(rugTicks, fc.nat({ max: 4_999 }), (rugs, tick) => {
        const model = learn(createEmpiricalModel(), rugs);
        for (const { value, lower, upper } of [model.hazardAt(tick + 1), model.windowProbability(tick)]) {
          expect(lower).toBeGreaterThanOrEqual(0);
          expect(lower).toBeLessThanOrEqual(value);
          expect(value).toBeLessThanOrEqual(upper);
          expect(upper).toBeLessThanOrEqual(1);
        }
        const exact = windowProbability({ tick, hazardAt: model.hazardValue });
        expect(model.windowValue(tick)).toBeCloseTo(exact, 10);
        expect(model.windowProbability(tick).value).toBe(model.windowValue(tick));
      }),
      { numRuns: 40 },
    );
  });

  it('moves towards what it sees: games that end sooner raise the hazard of their ticks', () => {
    fc.assert(
      fc.property(rugTicks, fc.integer({ min: 1, max: 300 }), (rugs, early) => {
        const shrinkages = [{ toPublished: 100, toPooled: 25 }];
        const [plain, more] = [0, 20].map((extra) => {
          const model = createEmpiricalModel({ halfLivesGames: [Infinity], shrinkages });
          return learn(model, [...rugs, ...new Array<number>(extra).fill(early)]);
        });
        expect(more!.hazardValue(early)).toBeGreaterThan(plain!.hazardValue(early) * 0.999);
      }),
      { numRuns: 40 },
    );
  });

  it('finds a global bias: 0.0075 after 1,000 games, within its interval', () => {
    const model = learn(createEmpiricalModel(), simulateRugs({ games: 1_000, seed: 'bias', hazard: 0.0075 }));
    const { lower, upper } = model.hazardAt(100);
    expect(lower).toBeLessThan(0.0075);
    expect(upper).toBeGreaterThan(0.0075);
    expect(lower).toBeGreaterThan(PUBLISHED_HAZARD);
  });

  it('finds a bias of one tick range and leaves the others alone', () => {
    const hazard = (tick: number) => (tick < 10 ? 0.05 : PUBLISHED_HAZARD);
    const model = learn(createEmpiricalModel(), simulateRugs({ games: 1_000, seed: 'early', hazard }));
    expect(model.hazardValue(5)).toBeGreaterThan(0.035);
    expect(model.hazardValue(60)).toBeLessThan(0.007);
  });

  it('costs almost nothing where there is nothing to find', () => {
    const rugs = simulateRugs({ games: 2_000, seed: 'fair', hazard: PUBLISHED_HAZARD });
    const model = createEmpiricalModel();
    const published = createEmpiricalModel();
    let lost = 0;
    for (const rugTick of rugs) {
      lost += published.logLikelihood(rugTick) - model.logLikelihood(rugTick);
      model.observeGame({ rugTick, features: null });
    }
    expect(lost / rugs.length).toBeLessThan(0.005);
  });

  it('forgets at its half-life, and so follows a change', () => {
    const options = { shrinkages: [{ toPublished: 25, toPooled: Infinity }] };
    const before = simulateRugs({ games: 1_000, seed: 'before', hazard: PUBLISHED_HAZARD });
    const after = simulateRugs({ games: 500, seed: 'after', hazard: 0.01 });
    const [keeping, forgetting] = [Infinity, 100].map((halfLife) =>
      learn(createEmpiricalModel({ ...options, halfLivesGames: [halfLife] }), [...before, ...after]),
    );
    expect(forgetting!.hazardValue(50)).toBeGreaterThan(0.0075);
    expect(keeping!.hazardValue(50)).toBeLessThan(0.0065);
    // A geometric series: Σ 2^(−i/100) → 1 / (1 − 2^(−1/100)) = 144.8 games.
    expect(forgetting!.hazardAt(50).samples).toBeCloseTo(144.8, 0);
  });

  it('says the same after a save and a restore, and refuses a state that is not its own', () => {
    const rugs = simulateRugs({ games: 300, seed: 'save', hazard: 0.006 });
    const model = learn(createEmpiricalModel(), rugs);
    const state = JSON.parse(JSON.stringify(model.serialize()));
    const restored = createEmpiricalModel({}, state);
    for (const tick of [0, 35, 390, 2_000])
      expect(restored.windowProbability(tick)).toEqual(model.windowProbability(tick));
    learn(model, [77]);
    learn(restored, [77]);
    expect(restored.serialize()).toEqual(model.serialize());
    expect(() => createEmpiricalModel({ halfLivesGames: [10] }, state)).toThrow(RangeError);
    expect(() => createEmpiricalModel({}, { ...state, id: 'covariate' })).toThrow(RangeError);
  });

  it('counts a game that was cut off as survived, not as rugged', () => {
    const options = { halfLivesGames: [Infinity], shrinkages: [{ toPublished: 25, toPooled: 25 }] };
    const cutOff = learn(createEmpiricalModel(options), new Array<number>(20).fill(GAME_TICKS_MAX));
    expect(cutOff.hazardValue(4_999)).toBeLessThan(PUBLISHED_HAZARD);
  });
});

describe('the credible intervals of the empirical model', () => {
  const shrinkage = { toPublished: 50, toPooled: 50 };

  /** Draws a world from the model's own prior, lets the model see it, and asks whether its 95 % interval holds the truth. */
  function coverage({ worlds, games }: { worlds: number; games: number }) {
    const random = seedrandom(`coverage ${games}`);
    const gamma = (shape: number, rate: number) => gammaQuantile({ shape, rate, p: random() });
    let hits = 0;
    let windowHits = 0;
    for (let world = 0; world < worlds; world++) {
      const pooled = gamma(shrinkage.toPublished, shrinkage.toPublished / PUBLISHED_HAZARD);
      const truth = Array.from({ length: BUCKET_COUNT }, () => gamma(shrinkage.toPooled, shrinkage.toPooled / pooled));
      const hazard = (tick: number) => truth[bucketOf(tick)]!;
      const model = createEmpiricalModel({ halfLivesGames: [Infinity], shrinkages: [shrinkage] });
      learn(model, simulateRugs({ games, seed: `${games} ${world}`, hazard }));
      const tick = 1 + Math.floor(random() * 300);
      const estimate = model.hazardAt(tick);
      if (estimate.lower <= hazard(tick) && hazard(tick) <= estimate.upper) hits++;
      const window = model.windowProbability(tick);
      const actual = windowProbability({ tick, hazardAt: hazard });
      if (window.lower <= actual && actual <= window.upper) windowHits++;
    }
    return { hazard: hits / worlds, window: windowHits / worlds };
  }

  it.each([
    { games: 10, worlds: 1_500 },
    { games: 100, worlds: 600 },
  ])('cover the truth in 93 to 97 of 100 worlds after $games games', (size) => {
    const share = coverage(size);
    for (const each of [share.hazard, share.window]) {
      expect(each).toBeGreaterThan(0.93);
      expect(each).toBeLessThan(0.97);
    }
  });
});
