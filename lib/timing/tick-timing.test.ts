import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { computeAcceptProbability } from '@/lib/timing/accept-probability';
import { createSlidingQuantiles } from '@/lib/timing/sliding-quantiles';
import { createTimingEstimator, type TickTiming } from '@/lib/timing/tick-timing';
import { epochMs } from '@/lib/units/time';

function observed(intervals: readonly number[]) {
  const estimator = createTimingEstimator();
  let at = 1_000_000;
  estimator.observe({ tick: 0, at: epochMs(at) });
  intervals.forEach((interval, i) => estimator.observe({ tick: i + 1, at: epochMs((at += interval)) }));
  return estimator;
}

describe('tick timing', () => {
  it('claims the nominal tick and no reliability before it has seen enough', () => {
    expect(observed([900, 900]).current()).toMatchObject({ intervalMs: 250, reliability: 0, samples: 2 });
  });

  it('measures a steady clock exactly', () => {
    const timing = observed(new Array(100).fill(260)).current();
    expect(timing).toMatchObject({
      intervalMs: 260,
      madMs: 0,
      p05Ms: 260,
      p95Ms: 260,
      reliability: 1,
      rhythm: 'steady',
    });
  });

  it('is not moved by a stall and the burst after it, but says it was less steady', () => {
    const intervals = new Array(200).fill(250);
    intervals.splice(100, 5, 1_250, 0, 0, 0, 0);
    const timing = observed(intervals).current();
    expect(timing.intervalMs).toBe(250);
    expect(timing.reliability).toBeCloseTo(195 / 200, 10);
  });

  it('names a stall, the burst that follows it and the end of both', () => {
    const steady = new Array(50).fill(250);
    const rhythmAfter = (...more: number[]) => observed([...steady, ...more]).current().rhythm;
    expect(rhythmAfter(1_250)).toBe('stalled');
    expect(rhythmAfter(1_250, 3)).toBe('burst');
    expect(rhythmAfter(1_250, 3, 250)).toBe('steady');
    expect(rhythmAfter(100)).toBe('steady');
  });

  it('does not take a lost tick or the pause between games for an interval', () => {
    const estimator = observed(new Array(50).fill(250));
    estimator.observe({ tick: 60, at: epochMs(9_000_000) });
    estimator.interrupt();
    estimator.observe({ tick: 0, at: epochMs(10_000_000) });
    expect(estimator.current()).toMatchObject({ intervalMs: 250, reliability: 1, samples: 50 });
  });

  it('survives a clock that jumps back', () => {
    const estimator = observed(new Array(50).fill(250));
    estimator.observe({ tick: 51, at: epochMs(5) });
    estimator.observe({ tick: 52, at: epochMs(255) });
    expect(estimator.current()).toMatchObject({ intervalMs: 250, reliability: 1, samples: 51 });
  });

  it('forgets what is more than a minute of play ago', () => {
    const estimator = observed([...new Array(300).fill(250), ...new Array(240).fill(300)]);
    expect(estimator.current()).toMatchObject({ intervalMs: 300, reliability: 1 });
  });

  it('says finite, ordered numbers whatever the arrivals', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 500 }), fc.integer({ min: -1e6, max: 1e6 })), { maxLength: 200 }),
        (arrivals) => {
          const estimator = createTimingEstimator();
          for (const [tick, at] of arrivals) estimator.observe({ tick, at: epochMs(at) });
          const { intervalMs, reliability, windowMs } = estimator.current();
          expect(intervalMs).toBeGreaterThan(0);
          expect(reliability).toBeGreaterThanOrEqual(0);
          expect(reliability).toBeLessThanOrEqual(1);
          expect(windowMs.lower).toBeLessThanOrEqual(windowMs.expected);
          expect(windowMs.expected).toBeLessThanOrEqual(windowMs.upper);
          expect(Number.isFinite(windowMs.upper)).toBe(true);
        },
      ),
    );
  });
});

describe('the 95 % interval of a window’s duration', () => {
  type NextInterval = (random: () => number) => number;
  /** Shaped like the recorded server-side intervals: one in 230 is a stall of seconds. */
  const withStalls: NextInterval = (random) => (random() < 0.0044 ? 4_000 + 1_200 * random() : 237 + 32 * random());
  /** A slow host: everything takes longer, with a long tail. */
  const slow: NextInterval = (random) => 400 - 150 * Math.log(1 - random());

  function coverage(seed: string, games: number, nextInterval: (game: number) => NextInterval): number {
    const random = seedrandom(seed);
    const estimator = createTimingEstimator();
    let at = 0;
    let windows = 0;
    let covered = 0;
    for (let game = 0; game < games; game++) {
      estimator.interrupt();
      const promised: { at: number; windowMs: TickTiming['windowMs'] }[] = [];
      for (let tick = 0; tick === 0 || random() >= 0.005; tick++) {
        estimator.observe({ tick, at: epochMs(at) });
        promised.push({ at, windowMs: estimator.current().windowMs });
        const start = promised[tick - 40];
        if (start) {
          windows++;
          const duration = at - start.at;
          if (duration >= start.windowMs.lower && duration <= start.windowMs.upper) covered++;
        }
        at += nextInterval(game)(random);
      }
      at += 20_000;
    }
    return covered / windows;
  }

  it.each([
    ['steady ticks with rare stalls', () => withStalls],
    ['a slow and uneven host', () => slow],
    ['a host that turns slow half-way', (game: number) => (game < 150 ? withStalls : slow)],
  ])('covers 93 to 97 %% of windows with %s', (name, nextInterval) => {
    const share = coverage(name, 300, nextInterval);
    expect(share, `seed "${name}"`).toBeGreaterThan(0.93);
    expect(share, `seed "${name}"`).toBeLessThan(0.97);
  });
});

describe('sliding quantiles', () => {
  it('agree with sorting the last values', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 90 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (capacity, values, p) => {
          const sliding = createSlidingQuantiles(capacity);
          values.forEach((value) => sliding.add(value));
          const kept = values.slice(-capacity).toSorted((a, b) => a - b);
          const position = p * (kept.length - 1);
          const below = kept[Math.floor(position)]!;
          const above = kept[Math.min(kept.length - 1, Math.floor(position) + 1)]!;
          expect(sliding.size()).toBe(kept.length);
          expect(sliding.quantile(p)).toBeCloseTo(below + (position - Math.floor(position)) * (above - below), 9);
          const median = sliding.quantile(0.5);
          const deviations = kept.map((value) => Math.abs(value - median)).toSorted((a, b) => a - b);
          expect(sliding.medianAbsoluteDeviation()).toBeCloseTo(deviations[Math.ceil(kept.length / 2) - 1]!, 9);
        },
      ),
    );
  });
});

describe('the chance of being accepted', () => {
  it('is certain without latency and falls by one tick’s survival for each interval of it', () => {
    expect(computeAcceptProbability({ hazard: 0.005, latencyMs: 0, intervalMs: 250 })).toBe(1);
    expect(computeAcceptProbability({ hazard: 0.005, latencyMs: 250, intervalMs: 250 })).toBeCloseTo(0.995, 12);
    expect(computeAcceptProbability({ hazard: 0.005, latencyMs: 200, intervalMs: 250 })).toBeCloseTo(0.996, 12);
  });

  it('agrees with counting the ticks that pass from a random moment', () => {
    const random = seedrandom('accept');
    const [hazard, latencyMs, intervalMs] = [0.05, 630, 250];
    let survived = 0;
    const trials = 200_000;
    for (let i = 0; i < trials; i++) {
      const ticks = Math.floor(random() + latencyMs / intervalMs);
      if (random() < Math.pow(1 - hazard, ticks)) survived++;
    }
    const expected = computeAcceptProbability({ hazard, latencyMs, intervalMs });
    expect(Math.abs(survived / trials - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / trials));
  });
});
