// Evidence about the mean of 0/1 outcomes that may be looked at after every one of them, and the confidence sequence it
// implies. Pure and O(1); the record of windows, ticks and buckets is read through it.
// Sources: mixtures of likelihood ratios as martingales, Robbins, Ann. Math. Statist. 41 (1970) 1397–1409; bounds on a
// running mean by such mixtures, Howard, Ramdas, McAuliffe & Sekhon, Ann. Statist. 49 (2021) 1055–1080; betting form,
// Waudby-Smith & Ramdas, J. R. Stat. Soc. B 86 (2024) 1–27.

export type Counts = { readonly successes: number; readonly trials: number };

/** Effects mixed over, as shifts of the log-odds; from the smallest worth noticing to the largest, doubling. */
const SHIFTS = [0.1, 0.2, 0.4, 0.8, 1.6] as const;
const LOG_WEIGHT = -Math.log(SHIFTS.length);
const NEWTON_STEPS_MAX = 60;
const NEWTON_TOLERANCE = 1e-12;

/**
 * ln of U(p) = mean over δ of e^{δ k} (1 + p (e^δ − 1))^{−n}: how much k successes in n trials speak against "the mean is
 * at most p". Falls with p and grows with k. Valid for means that vary, predictably or not: by concavity of
 * ln(1 + x c) the running average of the conditional means takes the place of p.
 */
export function logEvidenceAbove(p: number, counts: Counts): number {
  return logMean(p, counts, 1);
}

/** The same against "the mean is at least p": negative shifts. */
export function logEvidenceBelow(p: number, counts: Counts): number {
  return logMean(p, counts, -1);
}

/** The largest p that `logEvidenceAbove` rejects at `logThreshold` = ln(1/α); 0 when it rejects none. */
export function lowerBound(counts: Counts, logThreshold: number): number {
  // Each term alone rejects a smaller p, in closed form; from the largest of these Newton climbs, since U is convex.
  let p = 0;
  for (const shift of SHIFTS) {
    const reach = (counts.successes * shift + LOG_WEIGHT - logThreshold) / counts.trials;
    if (reach > 0) p = Math.max(p, Math.expm1(reach) / Math.expm1(shift));
  }
  if (p === 0 && !(logEvidenceAbove(0, counts) > logThreshold)) return 0;
  return solve(p, counts, 1, logThreshold);
}

/** The smallest p that `logEvidenceBelow` rejects; 1 when it rejects none. */
export function upperBound(counts: Counts, logThreshold: number): number {
  let p = 1;
  for (const shift of SHIFTS) {
    const reach = (logThreshold - LOG_WEIGHT + counts.successes * shift) / counts.trials;
    p = Math.min(p, -Math.expm1(-reach) / -Math.expm1(-shift));
  }
  if (!(logEvidenceBelow(p, counts) > logThreshold)) return 1;
  return solve(p, counts, -1, logThreshold);
}

function logMean(p: number, { successes, trials }: Counts, sign: 1 | -1): number {
  let high = -Infinity;
  let sum = 0;
  for (const shift of SHIFTS) {
    const term = sign * shift * successes - trials * Math.log1p(p * Math.expm1(sign * shift));
    if (term > high) {
      sum = sum * Math.exp(high - term) + 1;
      high = term;
    } else sum += Math.exp(term - high);
  }
  return high + Math.log(sum) + LOG_WEIGHT;
}

/** Newton from the side where the convex function is above the threshold, so it never passes the root. */
function solve(start: number, counts: Counts, sign: 1 | -1, logThreshold: number): number {
  let p = start;
  for (let step = 0; step < NEWTON_STEPS_MAX; step++) {
    const excess = logMean(p, counts, sign) - logThreshold;
    const move = excess / slope(p, counts, sign);
    if (!(excess > 0) || Math.abs(move) < NEWTON_TOLERANCE) break;
    p = Math.min(1, Math.max(0, p - move));
  }
  return p;
}

/** Derivative of `logMean` by p: the terms' own slopes, weighted by the terms. */
function slope(p: number, { successes, trials }: Counts, sign: 1 | -1): number {
  let high = -Infinity;
  let sum = 0;
  let slopes = 0;
  for (const shift of SHIFTS) {
    const gain = Math.expm1(sign * shift);
    const term = sign * shift * successes - trials * Math.log1p(p * gain);
    const termSlope = (-trials * gain) / (1 + p * gain);
    if (term > high) {
      const scale = Math.exp(high - term);
      sum = sum * scale + 1;
      slopes = slopes * scale + termSlope;
      high = term;
    } else {
      const scale = Math.exp(term - high);
      sum += scale;
      slopes += scale * termSlope;
    }
  }
  return slopes / sum;
}
