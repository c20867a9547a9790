import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatMultiple,
  formatNumber,
  formatPercent,
  formatPercentPair,
  formatPrice,
  formatSeconds,
  formatSigned,
} from '@/lib/units/format';

describe('numbers as a reader sees them', () => {
  it('writes shares as percentages with their unit', () => {
    expect(formatPercent(0.18168)).toBe('18.2 %');
    expect(formatPercent(0.005, 2)).toBe('0.50 %');
  });

  it('never lets two different shares read the same when three decimals can tell them apart', () => {
    expect(formatPercentPair(0.18168, 0.2)).toEqual(['18.2 %', '20.0 %']);
    expect(formatPercentPair(0.1998, 0.2)).toEqual(['19.98 %', '20.00 %']);
    expect(formatPercentPair(0.2, 0.2)).toEqual(['20.0 %', '20.0 %']);
    const share = fc.integer({ min: 0, max: 100_000 }).map((n) => n / 100_000);
    fc.assert(
      fc.property(share, share, (a, b) => {
        const [left, right] = formatPercentPair(a, b);
        expect(left === right).toBe(a === b);
      }),
    );
  });

  it('uses a true minus sign, and none for a value that rounds to zero', () => {
    expect(formatNumber(-0.0914, 3)).toBe('−0.091');
    expect(formatNumber(-0.0001, 2)).toBe('0.00');
    expect(formatSigned(0.12, 3)).toBe('+0.120');
    expect(formatSigned(0.0001, 3)).toBe('0.000');
  });

  it('writes durations in seconds, and in minutes from one minute on', () => {
    expect(formatSeconds(10_084)).toBe('10.1 s');
    expect(formatSeconds(23_000, 0)).toBe('23 s');
    expect(formatSeconds(125_000)).toBe('2 min 5 s');
    expect(formatSeconds(119_900)).toBe('2 min 0 s');
  });

  it('writes prices as multiples of the start, rug prices included', () => {
    expect(formatPrice(1.223525)).toBe('1.22×');
    expect(formatPrice(0.4321)).toBe('0.43×');
    expect(formatPrice(0.01873)).toBe('0.0187×');
    expect(formatPrice(0.0000312)).toBe('<0.0001×');
    expect(formatPrice(0)).toBe('0.00×');
    expect(formatPrice(2345.6)).toBe('2346×');
    expect(formatMultiple(5)).toBe('5×');
    expect(formatMultiple(2.5)).toBe('2.5×');
  });
});
