// Cholesky factorisation of a small symmetric positive-definite matrix, for the covariate model's Newton steps.
// Row-major n × n in a Float64Array; in place and without allocation. Golub & Van Loan, Matrix Computations, §4.2.

/** Overwrites the lower triangle of `matrix` with L, where matrix = L Lᵀ. False when it is not positive definite. */
export function factorCholesky(matrix: Float64Array, n: number): boolean {
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[i * n + k]! * matrix[j * n + k]!;
      if (i === j) {
        if (!(sum > 0)) return false;
        matrix[i * n + i] = Math.sqrt(sum);
      } else {
        matrix[i * n + j] = sum / matrix[j * n + j]!;
      }
    }
  }
  return true;
}

/** Solves L Lᵀ x = b, with L from `factorCholesky`; x replaces b. */
export function solveCholesky(lower: Float64Array, n: number, b: Float64Array): void {
  forwardSubstitute(lower, n, b);
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let k = i + 1; k < n; k++) sum -= lower[k * n + i]! * b[k]!;
    b[i] = sum / lower[i * n + i]!;
  }
}

/** Solves L y = b in place; then |y|² = bᵀ (L Lᵀ)⁻¹ b, a variance when L factors a precision. */
export function forwardSubstitute(lower: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i * n + k]! * b[k]!;
    b[i] = sum / lower[i * n + i]!;
  }
}
