import { expect, it } from 'vitest';
import { createRandom } from '@/server/simulator/random';
import { sampleTickOffsets } from '@/server/simulator/tick-intervals';

/** Intervals of games as long as real ones: geometric with the published hazard. */
function sampleIntervals(games: number, seed: string): number[] {
  const lengths = createRandom(`${seed}/lengths`);
  const intervals: number[] = [];
  for (let game = 0; game < games; game++) {
    const lastTick = 1 + Math.floor(Math.log(1 - lengths.next()) / Math.log(1 - 0.005));
    const offsets = sampleTickOffsets({ lastTick, random: createRandom(`${seed}/${game}`) });
    for (let tick = 1; tick < offsets.length; tick++) intervals.push(offsets[tick]! - offsets[tick - 1]!);
  }
  return intervals;
}

it('gives the measured quantiles over a large sample', () => {
  const intervals = sampleIntervals(2_000, 'quantiles').sort((a, b) => a - b);
  const quantile = (p: number) => intervals[Math.floor(p * (intervals.length - 1))]!;
  const mean = intervals.reduce((sum, ms) => sum + ms, 0) / intervals.length;
  const above1s = intervals.filter((ms) => ms > 1_000).length / intervals.length;
  expect(intervals.length).toBeGreaterThan(300_000);
  expect(mean).toBeGreaterThan(269.5);
  expect(mean).toBeLessThan(273.5);
  expect(quantile(0.5)).toBeCloseTo(251, 0);
  expect(Math.abs(quantile(0.05) - 237)).toBeLessThan(2);
  expect(Math.abs(quantile(0.95) - 269)).toBeLessThan(2);
  expect(Math.abs(quantile(0.99) - 332)).toBeLessThan(15);
  expect(above1s).toBeGreaterThan(0.004);
  expect(above1s).toBeLessThan(0.0048);
  expect(quantile(1)).toBeGreaterThan(5_000);
  expect(quantile(1)).toBeLessThanOrEqual(5_200);
});

it('follows every stall with a catch-up burst', () => {
  const offsets = sampleTickOffsets({ lastTick: 20_000, random: createRandom('bursts') });
  let stalls = 0;
  for (let tick = 3; tick < offsets.length - 1; tick++) {
    if (offsets[tick]! - offsets[tick - 1]! < 1_000) continue;
    stalls++;
    expect(offsets[tick + 1]! - offsets[tick]!).toBeLessThan(50);
  }
  expect(stalls).toBeGreaterThan(50);
});

it('gives the same offsets for the same seed, and none that goes down', () => {
  const sample = () => sampleTickOffsets({ lastTick: 500, random: createRandom('same') });
  const offsets = sample();
  expect(sample()).toEqual(offsets);
  expect(offsets).toHaveLength(501);
  offsets.forEach((ms, tick) => expect(ms).toBeGreaterThanOrEqual(tick === 0 ? 0 : offsets[tick - 1]!));
});
