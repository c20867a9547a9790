// The covariate model's weights and their uncertainty: online L2-penalised logistic regression. Keeps a Gaussian over the
// weights and moves it by one Newton step per finished game; sees a game only then, so weights stand still while one runs.
// Source: the assumed-density (extended Kalman) form of Bayesian logistic regression, Spiegelhalter & Lauritzen,
// Networks 20 (1990) 579–605; Bishop, Pattern Recognition and Machine Learning (2006), §4.5.
import { factorCholesky, forwardSubstitute, solveCholesky } from '@/lib/math/cholesky';

export type CovariateWeights = {
  /** Current means; do not write. */
  readonly means: Float64Array;
  /** Starts a game's batch, adds its ticks, and closes it with the Newton step. */
  begin(): void;
  /** One tick: standardized inputs, the probability predicted at the current means, and whether it rugged. */
  add(inputs: Float64Array, probability: number, rugged: boolean): void;
  commit(): void;
  /** Var(inputsᵀ w). `inputs` is overwritten. */
  variance(inputs: Float64Array): number;
  serialize(): { means: number[]; precision: number[] };
  restore(saved: { means: number[]; precision: number[] }): void;
};

/** One game must not move a weight by more than this log-odds per deviation, whatever it held. */
const STEP_MAX = 0.25;
/** e² = 7.4 times the hazard per deviation: far beyond any effect that could stay unnoticed. */
const WEIGHT_MAX = 2;

/**
 * `size` inputs; prior N(0, 1/penalty) on each weight. With predictions p and outcomes y of a game's ticks:
 * Λ ← Λ + Σ p(1 − p) x xᵀ,  w ← w + Λ⁻¹ Σ (y − p) x. `halfLifeGames` lets the data's part of Λ fade.
 */
export function createCovariateWeights({
  size,
  penalty,
  halfLifeGames,
}: {
  size: number;
  penalty: number;
  halfLifeGames: number;
}): CovariateWeights {
  const means = new Float64Array(size);
  const precision = new Float64Array(size * size); // Lower triangle.
  const factor = new Float64Array(size * size);
  const gradient = new Float64Array(size);
  const keep = Number.isFinite(halfLifeGames) ? 0.5 ** (1 / halfLifeGames) : 1;
  for (let i = 0; i < size; i++) precision[i * size + i] = penalty;
  const refactor = () => {
    factor.set(precision);
    if (!factorCholesky(factor, size)) throw new Error('covariate precision lost positive definiteness');
  };
  refactor();
  const fade = () => {
    if (keep === 1) return;
    for (let i = 0; i < precision.length; i++) precision[i]! *= keep;
    for (let i = 0; i < size; i++) precision[i * size + i]! += penalty * (1 - keep);
  };
  return {
    means,
    begin() {
      gradient.fill(0);
      fade();
    },
    add(inputs, probability, rugged) {
      const residual = (rugged ? 1 : 0) - probability;
      const weight = probability * (1 - probability);
      for (let i = 0; i < size; i++) {
        const x = inputs[i]!;
        if (x === 0) continue;
        gradient[i]! += residual * x;
        const scaled = weight * x;
        const row = i * size;
        for (let j = 0; j <= i; j++) precision[row + j]! += scaled * inputs[j]!;
      }
    },
    commit() {
      refactor();
      solveCholesky(factor, size, gradient);
      let largest = 0;
      for (let i = 0; i < size; i++) largest = Math.max(largest, Math.abs(gradient[i]!));
      const scale = largest > STEP_MAX ? STEP_MAX / largest : 1;
      for (let i = 0; i < size; i++) {
        means[i] = Math.max(-WEIGHT_MAX, Math.min(WEIGHT_MAX, means[i]! + scale * gradient[i]!));
      }
    },
    variance(inputs) {
      forwardSubstitute(factor, size, inputs);
      let sum = 0;
      for (let i = 0; i < size; i++) sum += inputs[i]! * inputs[i]!;
      return sum;
    },
    serialize: () => ({ means: [...means], precision: [...precision] }),
    restore(saved) {
      means.set(saved.means);
      precision.set(saved.precision);
      refactor();
    },
  };
}
