// The Gamma distribution: log-gamma, regularised incomplete gamma and its inverse. Pure; the credible intervals of
// every Gamma–Poisson estimate come from here. Formulas: NIST Digital Library of Mathematical Functions, chapters 5, 8.
import { normalQuantile } from '@/lib/math/normal';

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
/** Bernoulli terms B_2k / (2k (2k − 1)) of Stirling's series, DLMF 5.11.1. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156] as const;
/** From here on seven Stirling terms leave a relative error below 1e-16. */
const STIRLING_FROM = 10;
const ITERATIONS_MAX = 10_000;
const TINY = 1e-300;

/** ln Γ(x) for x > 0. Small arguments are raised by Γ(x + 1) = x Γ(x) to where Stirling's series is exact. */
export function logGamma(x: number): number {
  if (!(x > 0)) return x === 0 ? Infinity : NaN;
  let shift = 0;
  let product = 1;
  while (x + shift < STIRLING_FROM) product *= x + shift++;
  const z = x + shift;
  const square = 1 / (z * z);
  let series = 0;
  for (let k = STIRLING.length - 1; k >= 0; k--) series = series * square + STIRLING[k]!;
  return (z - 0.5) * Math.log(z) - z + HALF_LOG_TWO_PI + series / z - Math.log(product);
}

/** P(a, x), the distribution function at x of Gamma(shape a, rate 1); a > 0, x ≥ 0. */
export function gammaCdf(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) return NaN;
  if (x === 0) return 0;
  if (x === Infinity) return 1;
  return x < a + 1 ? lowerSeries(a, x) : 1 - upperFraction(a, x);
}

/** Q(a, x) = 1 − P(a, x), without the cancellation. */
export function gammaSurvival(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) return NaN;
  if (x === 0) return 1;
  if (x === Infinity) return 0;
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x);
}

/** ln of x^a e^(−x) / Γ(a), the common front factor. */
function logFront(a: number, x: number): number {
  return a * Math.log(x) - x - logGamma(a);
}

/** DLMF 8.7.1 with 8.5.1: P = front × Σ x^n / (a (a+1) … (a+n)). */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < ITERATIONS_MAX && term > sum * 1e-17; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return Math.exp(logFront(a, x)) * sum;
}

/** DLMF 8.9.2, the even part of the continued fraction of Q, by the modified Lentz method. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / (b || TINY);
  let fraction = d;
  for (let n = 1; n < ITERATIONS_MAX; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b || TINY);
    c = b + numerator / c || TINY;
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return Math.exp(logFront(a, x)) * fraction;
}

const REFINEMENTS_MAX = 30;

/**
 * The p-quantile of Gamma(shape, rate). Starts from Wilson and Hilferty's cube-root normal approximation (PNAS 17, 1931),
 * or from the leading term of the series for small p, and refines by Halley's method kept inside a shrinking bracket.
 * Worked value: shape 10, rate 1, p = 0.975 → 17.08480…
 */
export function gammaQuantile({ shape, rate, p }: { shape: number; rate: number; p: number }): number {
  if (!(shape > 0) || !(rate > 0) || !(p >= 0 && p <= 1)) return NaN;
  if (p === 0) return 0;
  if (p === 1) return Infinity;
  return solveQuantile(shape, p) / rate;
}

/**
 * The same without iteration, for shapes of 100 and more: Wilson and Hilferty's approximation at the normal quantile `z`.
 * There it moves the ends of a 95 % interval by at most 0.011 % of their distance from the shape (measured in the tests).
 */
export function gammaQuantileLargeShape({ shape, rate, z }: { shape: number; rate: number; z: number }): number {
  const cube = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
  return (shape * cube * cube * cube) / rate;
}

function solveQuantile(a: number, p: number): number {
  let low = 0;
  let high = Infinity;
  let x = startingPoint(a, p);
  const logGammaA = logGamma(a);
  for (let step = 0; step < REFINEMENTS_MAX; step++) {
    // The smaller tail is the accurate one.
    const error = p < 0.5 ? gammaCdf(a, x) - p : 1 - p - gammaSurvival(a, x);
    if (error === 0) return x;
    if (error > 0) high = x;
    else low = x;
    const density = Math.exp((a - 1) * Math.log(x) - x - logGammaA);
    const newton = error / density;
    const halley = newton / (1 - Math.max(-0.5, Math.min(0.5, 0.5 * newton * ((a - 1) / x - 1))));
    let next = x - halley;
    if (!(next > low && next < high)) next = high === Infinity ? 2 * x : 0.5 * (low + high);
    if (Math.abs(next - x) <= 1e-15 * x) return next;
    x = next;
  }
  return x;
}

function startingPoint(a: number, p: number): number {
  const cube = 1 - 1 / (9 * a) + normalQuantile(p) / (3 * Math.sqrt(a));
  if (a >= 1 && cube > 0.1) return a * cube ** 3;
  // P(a, x) ≈ x^a / (a Γ(a)) near 0.
  const small = Math.exp((Math.log(p) + Math.log(a) + logGamma(a)) / a);
  return Math.min(Math.max(small, Number.MIN_VALUE * 1e10), a + 1);
}
