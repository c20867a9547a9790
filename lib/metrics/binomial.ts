// Exact tails of the binomial distribution. Pure.
import { logGamma } from '@/lib/math/gamma';

/**
 * P(X ≥ hits) and P(X ≤ hits) for X binomial. Summed outwards from `hits`, where terms fall faster than geometrically, on
 * the side away from the mean; the other tail is its complement. Worked value: 3 of 10 at 0.5 → P(X ≤ 3) = 176 / 1024.
 */
export function binomialTails({ hits, trials, p }: { hits: number; trials: number; p: number }): {
  atLeast: number;
  atMost: number;
} {
  const at = Math.exp(
    logGamma(trials + 1) -
      logGamma(hits + 1) -
      logGamma(trials - hits + 1) +
      hits * Math.log(p) +
      (trials - hits) * Math.log1p(-p),
  );
  const odds = p / (1 - p);
  if (hits >= trials * p) {
    const atLeast = sumTail(at, (step) => (odds * (trials - hits - step)) / (hits + step + 1));
    return { atLeast, atMost: 1 - atLeast + at };
  }
  const atMost = sumTail(at, (step) => (hits - step) / (odds * (trials - hits + step + 1)));
  return { atLeast: 1 - atMost + at, atMost };
}

/** first × (1 + r₀ + r₀ r₁ + …) until a term no longer counts. */
function sumTail(first: number, ratio: (step: number) => number): number {
  let term = first;
  let sum = first;
  for (let step = 0; term > sum * 1e-17; step++) {
    term *= ratio(step);
    sum += term;
  }
  return Math.min(1, sum);
}
