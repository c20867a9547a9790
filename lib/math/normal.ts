// The standard normal distribution: its quantile, to full double precision. Pure; used for intervals and as a starting
// point for the Gamma quantile.

const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);

/**
 * Standard normal quantile for p in (0, 1); ±Infinity at the ends, NaN outside.
 * Rational starting value: Abramowitz & Stegun 26.2.23 (absolute error below 4.5e-4), then Newton steps of third order
 * (Halley) on Φ, whose error falls with its cube. Worked values: 0.975 → 1.959963984540054, 0.5 → 0.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  if (p > 0.5) return -normalQuantile(1 - p);
  const t = Math.sqrt(-2 * Math.log(p));
  const numerator = 2.515517 + t * (0.802853 + t * 0.010328);
  const denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  let x = numerator / denominator - t;
  for (let step = 0; step < REFINEMENTS; step++) {
    const error = (normalCdf(x) - p) / normalDensity(x);
    x -= error / (1 + (x * error) / 2);
  }
  return x;
}

/** 4.5e-4 cubed twice is far below one unit in the last place. */
const REFINEMENTS = 2;

export function normalDensity(x: number): number {
  return Math.exp(-(x * x) / 2) / SQRT_TWO_PI;
}

/**
 * Φ(x). Series for |x| < 2.5 (A&S 26.2.11: Φ = ½ + φ(x) Σ x^(2n+1) / (1·3·5…(2n+1))), continued fraction for the tail
 * (A&S 26.2.14); both keep relative accuracy near 1e-14, in the lower tail too.
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x > 0) return 1 - normalCdf(-x);
  return -x < TAIL_STARTS ? 0.5 - normalDensity(x) * bodySeries(-x) : normalDensity(x) * tailFraction(-x);
}

const TAIL_STARTS = 2.5;
const TAIL_TERMS = 120;

function bodySeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (x * x) / (2 * n + 1);
    sum += term;
  }
  return sum;
}

/** Mills' ratio 1/(x + 1/(x + 2/(x + 3/(x + …)))), evaluated from the far end. */
function tailFraction(x: number): number {
  let fraction = x;
  for (let n = TAIL_TERMS; n >= 1; n--) fraction = x + n / fraction;
  return 1 / fraction;
}
