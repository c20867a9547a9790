import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factorCholesky, forwardSubstitute, solveCholesky } from '@/lib/math/cholesky';

const entry = fc.double({ min: -3, max: 3, noNaN: true });
/** A Aᵀ + I is positive definite for any A. */
const system = fc.integer({ min: 1, max: 12 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    a: fc.array(entry, { minLength: n * n, maxLength: n * n }),
    b: fc.array(entry, { minLength: n, maxLength: n }),
  }),
);

function positiveDefinite(a: readonly number[], n: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = i === j ? 1 : 0;
      for (let k = 0; k < n; k++) sum += a[i * n + k]! * a[j * n + k]!;
      matrix[i * n + j] = sum;
    }
  }
  return matrix;
}

describe('the Cholesky factorisation', () => {
  it('solves the system it was made from', () => {
    fc.assert(
      fc.property(system, ({ n, a, b }) => {
        const matrix = positiveDefinite(a, n);
        const lower = matrix.slice();
        expect(factorCholesky(lower, n)).toBe(true);
        const x = Float64Array.from(b);
        solveCholesky(lower, n, x);
        for (let i = 0; i < n; i++) {
          let product = 0;
          for (let j = 0; j < n; j++) product += matrix[i * n + j]! * x[j]!;
          expect(product).toBeCloseTo(b[i]!, 8);
        }
      }),
    );
  });

  it('gives the quadratic form of the inverse by forward substitution', () => {
    fc.assert(
      fc.property(system, ({ n, a, b }) => {
        const lower = positiveDefinite(a, n);
        factorCholesky(lower, n);
        const x = Float64Array.from(b);
        solveCholesky(lower, n, x);
        const y = Float64Array.from(b);
        forwardSubstitute(lower, n, y);
        const viaInverse = b.reduce((sum, value, i) => sum + value * x[i]!, 0);
        expect(y.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(viaInverse, 8);
      }),
    );
  });

  it('refuses a matrix that is not positive definite', () => {
    expect(factorCholesky(Float64Array.of(1, 2, 2, 1), 2)).toBe(false);
    expect(factorCholesky(Float64Array.of(NaN), 1)).toBe(false);
  });
});
