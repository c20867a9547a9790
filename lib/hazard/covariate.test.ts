import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { PUBLISHED_HAZARD } from '@/lib/game/rules';
import { createCovariateModel } from '@/lib/hazard/covariate';
import { createCovariateWeights } from '@/lib/hazard/covariate-weights';
import { FEATURE_COUNT, FEATURES } from '@/lib/hazard/feature-table';
import { windowProbability } from '@/lib/hazard/hazard-model';
import { PUBLISHED_LOG_ODDS, sigmoid } from '@/lib/hazard/log-odds';
import type { ObservedGame } from '@/lib/hazard/learning-model';

const VOLATILITY = FEATURES.findIndex((feature) => feature.id === 'volatility-10');
const context = (features: Float64Array) => ({ features, offset: 0 });
const PUBLISHED_WINDOW = 1 - (1 - PUBLISHED_HAZARD) ** 40;

/** Games whose only covariate is standard normal noise, which moves the log-odds by `effect` per deviation. */
function* noisyGames(games: number, effect: number, seed: string): Generator<ObservedGame> {
  const random = seedrandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  for (let game = 0; game < games; game++) {
    const values: number[] = [];
    for (let tick = 1; ; tick++) {
      const row = new Array<number>(FEATURE_COUNT).fill(NaN);
      row[VOLATILITY] = normal();
      values.push(...row);
      if (random() >= sigmoid(PUBLISHED_LOG_ODDS + effect * row[VOLATILITY]!)) continue;
      yield { rugTick: tick, features: { rows: tick, values: Float64Array.from(values) } };
      break;
    }
  }
}

const at = (value: number) => {
  const features = new Float64Array(FEATURE_COUNT).fill(NaN);
  features[VOLATILITY] = value;
  return context(features);
};

describe('the covariate model', () => {
  it('is the published hazard until it has learnt', () => {
    const model = createCovariateModel();
    expect(model.hazardValue(10)).toBeCloseTo(PUBLISHED_HAZARD, 14);
    expect(model.windowValue(10, at(3))).toBeCloseTo(PUBLISHED_WINDOW, 14);
  });

  it('finds an effect that is there, puts it into its group, and holds it over the window', () => {
    const model = createCovariateModel();
    for (const game of noisyGames(600, 0.5, 'effect')) model.observeGame(game);
    expect(model.weights().features[VOLATILITY]).toBeGreaterThan(0.35);
    expect(model.weights().features[VOLATILITY]).toBeLessThan(0.6);
    const hazard = model.hazardValue(11, at(2));
    expect(hazard).toBeGreaterThan(1.7 * PUBLISHED_HAZARD);
    expect(model.windowValue(10, at(2))).toBeCloseTo(windowProbability({ tick: 10, hazardAt: () => hazard }), 10);
    const shifts = new Float64Array(3);
    model.groupShifts(at(2).features, 0, shifts);
    expect(shifts[0]).toBe(0);
    expect(shifts[1]).toBe(0);
    // Two deviations up, less the centre: the logarithm of the mean of e^(w x) is w²/2 for a standard normal x.
    const weight = model.weights().features[VOLATILITY]!;
    expect(Math.abs(shifts[2]! - (2 * weight - weight ** 2 / 2))).toBeLessThan(0.06);
  });

  it('has intervals that hold a true effect about 95 times in 100', () => {
    let hits = 0;
    const worlds = 80;
    for (let world = 0; world < worlds; world++) {
      // An effect drawn from the prior, whose deviation is 1/√penalty.
      const random = seedrandom(`world ${world}`);
      const effect = 0.1 * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
      const model = createCovariateModel();
      for (const game of noisyGames(40, effect, `cover ${world}`)) model.observeGame(game);
      const features = at(2).features;
      const shifts = new Float64Array(3);
      model.groupShifts(features, 0, shifts);
      if (Math.abs(shifts[2]! - (2 * effect - effect ** 2 / 2)) <= 1.96 * model.shiftDeviation(features, 0, 0b100))
        hits++;
    }
    // 80 worlds: a share of 0.95 has a standard error of 0.024.
    expect(hits / worlds).toBeGreaterThan(0.9);
  });

  it('never says anything but a probability, whatever the features hold', () => {
    const model = createCovariateModel();
    for (const game of noisyGames(60, 1.5, 'strong')) model.observeGame(game);
    const feature = fc.oneof(fc.double({ noNaN: false }), fc.constantFrom(NaN, Infinity, -Infinity, 0, 1e300, -1e300));
    fc.assert(
      fc.property(fc.array(feature, { minLength: FEATURE_COUNT, maxLength: FEATURE_COUNT }), (values) => {
        const here = context(Float64Array.from(values));
        const { value, lower, upper } = model.windowProbability(3, here);
        expect(lower).toBeGreaterThan(0);
        expect(lower).toBeLessThanOrEqual(value);
        expect(value).toBeLessThanOrEqual(upper);
        expect(upper).toBeLessThan(1);
        expect(model.hazardValue(3, here)).toBeGreaterThan(0.0002);
        expect(model.hazardValue(3, here)).toBeLessThan(0.1);
      }),
    );
  });

  it('says the same after a save and a restore, and refuses a state that is not its own', () => {
    const model = createCovariateModel();
    for (const game of noisyGames(30, 0.5, 'save')) model.observeGame(game);
    const state = JSON.parse(JSON.stringify(model.serialize()));
    const restored = createCovariateModel({}, state);
    expect(restored.windowProbability(5, at(1))).toEqual(model.windowProbability(5, at(1)));
    const [next] = noisyGames(1, 0.5, 'next');
    model.observeGame(next!);
    restored.observeGame(next!);
    expect(restored.serialize()).toEqual(model.serialize());
    expect(() => createCovariateModel({}, { ...state, version: '0' })).toThrow(RangeError);
  });
});

describe('the covariate weights', () => {
  it('end where penalised maximum likelihood over all data at once does', () => {
    const random = seedrandom('batch');
    const size = 3;
    const penalty = 20;
    const truth = [0.4, -0.3, 0.2];
    const rows = Array.from({ length: 6_000 }, () => Array.from({ length: size }, () => 2 * random() - 1));
    const probability = (row: readonly number[], w: ArrayLike<number>) =>
      sigmoid(-3 + row.reduce((sum, x, i) => sum + x * w[i]!, 0));
    const rugged = rows.map((row) => random() < probability(row, truth));
    const online = createCovariateWeights({ size, penalty, halfLifeGames: Infinity });
    for (let start = 0; start < rows.length; start += 100) {
      online.begin();
      for (let i = start; i < start + 100; i++) {
        online.add(Float64Array.from(rows[i]!), probability(rows[i]!, online.means), rugged[i]!);
      }
      online.commit();
    }
    const batch = new Float64Array(size);
    for (let step = 0; step < 4_000; step++) {
      const gradient = Array.from(batch, (w) => -penalty * w);
      rows.forEach((row, i) => {
        const residual = (rugged[i] ? 1 : 0) - probability(row, batch);
        row.forEach((x, j) => (gradient[j]! += residual * x));
      });
      gradient.forEach((g, j) => (batch[j]! += g / 400));
      if (Math.hypot(...gradient) < 1e-4) break;
    }
    for (let j = 0; j < size; j++) expect(Math.abs(online.means[j]! - batch[j]!)).toBeLessThan(0.02);
  });
});
