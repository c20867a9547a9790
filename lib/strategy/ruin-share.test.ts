import { describe, expect, it } from 'vitest';
import { ruinShare } from '@/lib/strategy/ruin-share';

describe('the share of ruin', () => {
  const half = { end: 0.5, low: 0.5 };
  const double = { end: 2, low: 1 };

  it('is none where nothing is ever lost, and all where every session halves for long enough', () => {
    expect(ruinShare({ sessions: [double, double], minimum: 0.01, seed: 'a' })).toBe(0);
    expect(ruinShare({ sessions: new Array(20).fill(half), minimum: 0.01, seed: 'a' })).toBe(1);
  });

  it('agrees with the binomial it must follow in a small case, and repeats with its seed', () => {
    // Two draws from {half, double}; below 0.4 only after two halves: 1 in 4.
    const share = ruinShare({ sessions: [half, double], minimum: 0.4, seed: 'b' });
    expect(Math.abs(share - 0.25)).toBeLessThan(0.05);
    expect(ruinShare({ sessions: [half, double], minimum: 0.4, seed: 'b' })).toBe(share);
  });

  it('counts a session that only touched bottom', () => {
    expect(ruinShare({ sessions: [{ end: 1.5, low: 0.001 }], minimum: 0.01, seed: 'c' })).toBe(1);
  });
});
