import { describe, expect, it } from 'vitest';
import { computeAcceptProbability, createTimingEstimator } from '@/lib/timing/tick-timing';
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
    expect(timing).toMatchObject({ intervalMs: 260, reliability: 1 });
    expect(timing.windowMs).toEqual({ expected: 10_400, lower: 10_400, upper: 10_400 });
  });

  it('is not moved by a stall and the burst after it, but says it was less steady', () => {
    const intervals = new Array(200).fill(250);
    intervals.splice(100, 5, 1_250, 0, 0, 0, 0);
    const timing = observed(intervals).current();
    expect(timing.intervalMs).toBe(250);
    expect(timing.reliability).toBeCloseTo(195 / 200, 10);
    expect(timing.windowMs.expected).toBe(10_000);
  });

  it('widens the window’s interval, not its middle, for a stall that was not made up', () => {
    const intervals = new Array(200).fill(250);
    intervals[100] = 1_250;
    expect(observed(intervals).current().windowMs).toEqual({ expected: 10_000, lower: 10_000, upper: 11_000 });
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
});

describe('the chance of being accepted', () => {
  it('is certain without latency and falls by one tick’s survival for each interval of it', () => {
    expect(computeAcceptProbability({ hazard: 0.005, latencyMs: 0, intervalMs: 250 })).toBe(1);
    expect(computeAcceptProbability({ hazard: 0.005, latencyMs: 250, intervalMs: 250 })).toBeCloseTo(0.995, 12);
  });
});
