import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile } from '@/lib/math/normal';

/** Reference values are 40-digit mpmath results rounded to doubles. */
function expectRelative(actual: number, expected: number, tolerance: number) {
  expect(Math.abs(actual / expected - 1)).toBeLessThan(tolerance);
}

describe('the standard normal distribution', () => {
  it.each([
    [-20, 2.7536241186062337e-89],
    [-8, 6.220960574271784e-16],
    [-3, 0.0013498980316300946],
    [-2.4, 0.00819753592459613],
    [-0.5, 0.3085375387259869],
    [1.7, 0.955434537241457],
  ])('has the distribution function at %d, far tail included', (x, expected) => {
    expectRelative(normalCdf(x), expected, 2e-13);
  });

  it.each([
    [0.975, 1.9599639845400543],
    [0.025, -1.9599639845400543],
    [0.9, 1.2815515655446004],
    [1e-12, -7.034483825301132],
    [0.3, -0.5244005127080408],
    [0.4999, -0.0002506628300880351],
  ])('has the quantile at %d', (p, expected) => {
    expectRelative(normalQuantile(p), expected, 1e-12);
  });

  it('has quantile and distribution function invert each other', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (p) => {
        expectRelative(normalCdf(normalQuantile(p)), p, 1e-10);
      }),
    );
  });

  it('is honest at and beyond the ends', () => {
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(normalQuantile(1)).toBe(Infinity);
    expect(normalQuantile(-0.1)).toBeNaN();
    expect(normalCdf(NaN)).toBeNaN();
  });
});
