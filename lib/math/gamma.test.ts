import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gammaCdf, gammaQuantile, gammaQuantileLargeShape, gammaSurvival, logGamma } from '@/lib/math/gamma';
import { normalQuantile } from '@/lib/math/normal';

/** Relative to the expected value; reference values are 40-digit mpmath results rounded to doubles. */
function expectRelative(actual: number, expected: number, tolerance: number) {
  expect(Math.abs(actual - expected) / Math.abs(expected)).toBeLessThan(tolerance);
}

describe('the Gamma distribution', () => {
  it.each([
    [0.001, 6.907178885383853],
    [0.5, 0.5723649429247001],
    [3.7, 1.4280723266653879],
    [10, 12.801827480081469],
    [250.5, 1131.2840013322552],
    [123456.75, 1323901.5615730141],
  ])('has the log-gamma of %d to fourteen digits', (x, expected) => {
    expectRelative(logGamma(x), expected, 1e-14);
  });

  it.each([
    [0.5, 0.1, 0.34527915398142295, 0.654720846018577],
    [1, 3, 0.950212931632136, 0.049787068367863944],
    [10, 4.5, 0.017092732899378554, 0.9829072671006215],
    [10, 25, 0.9997785233617512, 0.00022147663824878357],
    [400, 380, 0.15855070978429478, 0.8414492902157052],
    [400, 520, 0.9999999813747673, 1.8625232716785704e-8],
    [25_000, 25_300, 0.9707502393186273, 0.029249760681372777],
  ])('has both tails of shape %d at %d', (a, x, lower, upper) => {
    // The front factor's exponent is of size a ln x, so the error grows with the shape: 1e-10 at 25,000.
    expectRelative(gammaCdf(a, x), lower, 1e-10);
    expectRelative(gammaSurvival(a, x), upper, 1e-10);
  });

  it.each([
    [0.5, 0.025, 0.000491034558587628],
    [1, 0.975, 3.6888794541139363],
    [2.5, 0.5, 2.1757300955477636],
    [10, 0.025, 4.7953886961324335],
    [10, 0.975, 17.08480345141917],
    [100, 0.025, 81.36399125092314],
    [653, 0.975, 704.0249757090221],
    [25_000, 0.025, 24691.05072163751],
  ])('has the quantile of shape %d at %d', (shape, p, expected) => {
    expectRelative(gammaQuantile({ shape, rate: 1, p }), expected, 1e-11);
    expectRelative(gammaQuantile({ shape, rate: 200, p }), expected / 200, 1e-11);
  });

  it('inverts itself for any shape and probability', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 20_000, noNaN: true }),
        fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
        (shape, p) => {
          const x = gammaQuantile({ shape, rate: 1, p });
          expect(Math.abs(gammaCdf(shape, x) - p)).toBeLessThan(1e-9 * Math.min(1, 100 * p));
        },
      ),
    );
  });

  it('needs no iteration for an interval at shapes of 100 and more', () => {
    fc.assert(
      fc.property(fc.double({ min: 100, max: 50_000, noNaN: true }), (shape) => {
        for (const p of [0.025, 0.975]) {
          const exact = gammaQuantile({ shape, rate: 1, p });
          const quick = gammaQuantileLargeShape({ shape, rate: 1, z: normalQuantile(p) });
          expect(Math.abs(quick - exact) / Math.abs(exact - shape)).toBeLessThan(1.1e-4);
        }
      }),
    );
  });

  it('is monotone in the probability and reaches its ends', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 5_000, noNaN: true }),
        fc.double({ min: 0.001, max: 0.99, noNaN: true }),
        (shape, p) => {
          const at = (q: number) => gammaQuantile({ shape, rate: 1, p: q });
          expect(at(p + 0.005)).toBeGreaterThan(at(p));
        },
      ),
    );
    expect(gammaQuantile({ shape: 3, rate: 2, p: 0 })).toBe(0);
    expect(gammaQuantile({ shape: 3, rate: 2, p: 1 })).toBe(Infinity);
  });

  it('answers NaN, never a number, where it is not defined', () => {
    expect(logGamma(-1)).toBeNaN();
    expect(gammaCdf(0, 1)).toBeNaN();
    expect(gammaCdf(1, -1)).toBeNaN();
    expect(gammaQuantile({ shape: 1, rate: 0, p: 0.5 })).toBeNaN();
    expect(gammaQuantile({ shape: 1, rate: 1, p: 1.5 })).toBeNaN();
  });
});
