import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStartMixture } from '@/lib/edge/start-mixture';

const WEIGHTS = Float64Array.of(0.7, 0.3);
const factor = fc.double({ min: 0.2, max: 5, noNaN: true });
const factors = fc.array(fc.tuple(factor, factor), { minLength: 1, maxLength: 60 });

function play(games: readonly (readonly [number, number])[]) {
  const mixture = createStartMixture(WEIGHTS);
  for (const game of games) mixture.advance(Float64Array.from(game));
  return mixture;
}

/** The definition: every way from every start, unstarted bets kept. Weight not started after n games: √(1000/(1000+n)). */
function byDefinition(games: readonly (readonly [number, number])[]) {
  const notStarted = (n: number) => Math.sqrt(1_000 / (1_000 + n));
  const product = (way: number, from: number) => games.slice(from).reduce((value, game) => value * game[way]!, 1);
  const ways = [...WEIGHTS.entries()];
  const fromStart = ways.reduce((sum, [way, weight]) => sum + weight * product(way, 0), 0);
  let later = notStarted(games.length);
  for (let start = 0; start < games.length; start++) {
    const starting = notStarted(start) - notStarted(start + 1);
    for (const [way, weight] of ways) later += weight * starting * product(way, start);
  }
  return { all: 0.88 * fromStart + 0.12 * later, later };
}

describe('the mixture over starts', () => {
  it('is the sum over ways and starting games that it claims to be', () => {
    fc.assert(
      fc.property(factors, (games) => {
        const mixture = play(games);
        const expected = byDefinition(games);
        expect(mixture.eValue() / expected.all).toBeCloseTo(1, 9);
        expect(mixture.laterEValue() / expected.later).toBeCloseTo(1, 9);
      }),
    );
  });

  it('is worth 1 before the first game and after games that say nothing', () => {
    expect(createStartMixture(WEIGHTS).eValue()).toBeCloseTo(1, 12);
    expect(play(new Array<[number, number]>(5_000).fill([1, 1])).eValue()).toBeCloseTo(1, 9);
  });

  it('does not grow in expectation when no factor does', () => {
    fc.assert(
      fc.property(factors, fc.double({ min: 0.05, max: 0.95, noNaN: true }), factor, (games, chance, up) => {
        const before = play(games);
        // Two outcomes, with which every factor has expectation 1.
        const high = Math.min(up, 0.99 / chance);
        const down = (1 - chance * high) / (1 - chance);
        const after = [high, down].map((each) => play([...games, [each, each]]).eValue());
        expect((chance * after[0]! + (1 - chance) * after[1]!) / before.eValue()).toBeCloseTo(1, 9);
      }),
    );
  });

  it('names the way that carries it and the game after which it began', () => {
    const quiet = new Array<[number, number]>(300).fill([0.9, 0.9]);
    const mixture = play([...quiet, ...new Array<[number, number]>(60).fill([0.9, 1.5])]);
    expect(mixture.leading()).toBe(1);
    const { index, sinceGame } = mixture.laterLeading();
    expect(index).toBe(1);
    expect(Math.abs(sinceGame - 300)).toBeLessThan(10);
  });

  it('stays finite and can rise again after the longest runs in either direction', () => {
    const mixture = createStartMixture(WEIGHTS);
    for (let game = 0; game < 3_000; game++) mixture.advance(Float64Array.of(4, 4));
    expect(Number.isFinite(mixture.eValue())).toBe(true);
    for (let game = 0; game < 6_000; game++) mixture.advance(Float64Array.of(0.2, 0.2));
    expect(mixture.eValue()).toBeLessThan(1);
    for (let game = 0; game < 20; game++) mixture.advance(Float64Array.of(4, 4));
    expect(mixture.eValue()).toBeGreaterThan(100);
  });

  it('continues from its state bit for bit', () => {
    fc.assert(
      fc.property(factors, factors, (first, second) => {
        const whole = play([...first, ...second]);
        const state = JSON.parse(JSON.stringify(play(first).serialize()));
        const resumed = createStartMixture(WEIGHTS, state);
        for (const game of second) resumed.advance(Float64Array.from(game));
        expect(resumed.serialize()).toEqual(whole.serialize());
        expect(resumed.eValue()).toBe(whole.eValue());
      }),
    );
  });
});
