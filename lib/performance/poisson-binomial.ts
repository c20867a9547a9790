// How many of several independent trials succeed when each has a probability of its own: the Poisson binomial distribution.
// Exact by recursion over the trials, Σ of non-negative terms only, so that no digit is lost: Barlow & Heidmann, IEEE Trans.
// Reliability 33 (1984) 322–323; Hong, Comput. Stat. Data Anal. 59 (2013) 41–51, eq. 8. Of thousands of trials the refined
// normal approximation of the same paper, so that a session of any length costs no more than reading it. Pure.
import { normalCdf, normalDensity } from '@/lib/math/normal';

/** Below this a mass moves no digit that is shown: what lies further out is not carried on. */
const NEGLIGIBLE = 1e-30;

/** P(X = k) for k = 0 … n. Trials × their spread in steps: a quarter of a million for a session of a thousand bets. */
export function poissonBinomial(probabilities: readonly number[]): Float64Array {
  const mass = new Float64Array(probabilities.length + 1);
  mass[0] = 1;
  let low = 0;
  let high = 0;
  for (const p of probabilities) {
    high++;
    for (let k = high; k > low; k--) mass[k] = mass[k]! * (1 - p) + mass[k - 1]! * p;
    mass[low]! *= 1 - p;
    while (low < high && mass[low]! < NEGLIGIBLE) mass[low++] = 0;
    while (high > low && mass[high]! < NEGLIGIBLE) mass[high--] = 0;
  }
  return mass;
}

/**
 * Variance from which the approximation stands in: 2,700 bets at the published rule. From there on it is within 5e-5 of the
 * exact tails, as a test measures; the word luck turns at 0.025.
 */
export const EXACT_VARIANCE_MAX = 400;

/** Both count `hits` itself. Worked value: 0.5, 0.5, 0.25 and 2 hits → at least 5/16, at most 15/16. */
export function poissonBinomialTails(
  probabilities: readonly number[],
  hits: number,
): { readonly atLeast: number; readonly atMost: number } {
  const variance = probabilities.reduce((sum, p) => sum + p * (1 - p), 0);
  return variance > EXACT_VARIANCE_MAX ? refinedNormalTails(probabilities, hits) : exactTails(probabilities, hits);
}

function exactTails(probabilities: readonly number[], hits: number) {
  const mass = poissonBinomial(probabilities);
  // From the small ends inwards, so that a tail far out keeps its digits.
  let atLeast = 0;
  for (let k = mass.length - 1; k >= hits; k--) atLeast += mass[k]!;
  let atMost = 0;
  for (let k = 0; k <= hits && k < mass.length; k++) atMost += mass[k]!;
  return { atLeast: Math.min(1, atLeast), atMost: Math.min(1, atMost) };
}

/** P(X ≤ k) ≈ Φ(x) + γ (1 − x²) φ(x) / 6 at x = (k + ½ − μ) / σ, γ being the skewness: Hong, eq. 11. */
export function refinedNormalTails(probabilities: readonly number[], hits: number) {
  let mean = 0;
  let variance = 0;
  let third = 0;
  for (const p of probabilities) {
    mean += p;
    variance += p * (1 - p);
    third += p * (1 - p) * (1 - 2 * p);
  }
  const deviation = Math.sqrt(variance);
  const skewness = third / deviation ** 3;
  const below = (k: number) => {
    const x = (k + 0.5 - mean) / deviation;
    const share = normalCdf(x) + (skewness * (1 - x * x) * normalDensity(x)) / 6;
    return Math.min(1, Math.max(0, share));
  };
  return { atLeast: 1 - below(hits - 1), atMost: below(hits) };
}
