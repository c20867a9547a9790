// Evidence about the mean of 0/1 outcomes that may be looked at after every one of them, and the confidence sequence it
// implies. Pure and O(1); the record of windows, ticks and buckets is read through it.
// Sources: mixtures of likelihood ratios as martingales, Robbins, Ann. Math. Statist. 41 (1970) 1397–1409; bounds on a
// running mean by such mixtures, Howard, Ramdas, McAuliffe & Sekhon, Ann. Statist. 49 (2021) 1055–1080; betting form,
// Waudby-Smith & Ramdas, J. R. Stat. Soc. B 86 (2024) 1–27.

export type Counts = { readonly successes: number; readonly trials: number };

/** Effects mixed over, as shifts of the log-odds; from the smallest worth noticing to the largest, doubling. */
const SHIFTS = [0.1, 0.2, 0.4, 0.8, 1.6] as const;
/** The same shifts up and down, as what a success multiplies the odds by, less one. */
const GAINS_UP = SHIFTS.map((shift) => Math.expm1(shift));
const GAINS_DOWN = SHIFTS.map((shift) => Math.expm1(-shift));
const LOG_WEIGHT = -Math.log(SHIFTS.length);
const NEWTON_STEPS_MAX = 60;
/** Far below what a display shows; the bound errs by at most this, to the safe side. */
const TOLERANCE = 1e-9;

/**
 * ln of U(p) = mean over δ of e^{δ k} (1 + p (e^δ − 1))^{−n}: how much k successes in n trials speak against "the mean is
 * at most p". Falls with p and grows with k. Valid for means that vary, predictably or not: by concavity of
 * ln(1 + x c) the running average of the conditional means takes the place of p.
 */
export function logEvidenceAbove(p: number, counts: Counts): number {
  return mixture(p, counts, GAINS_UP, 1).log;
}

/** The same against "the mean is at least p": negative shifts. */
export function logEvidenceBelow(p: number, counts: Counts): number {
  return mixture(p, counts, GAINS_DOWN, -1).log;
}

/** The largest p that `logEvidenceAbove` rejects at `logThreshold` = ln(1/α); 0 when it rejects none. */
export function lowerBound(counts: Counts, logThreshold: number): number {
  // Each term alone rejects a smaller p, in closed form; from the largest of these Newton climbs, since U is convex.
  let p = 0;
  for (let i = 0; i < SHIFTS.length; i++) {
    const reach = (counts.successes * SHIFTS[i]! + LOG_WEIGHT - logThreshold) / counts.trials;
    if (reach > 0) p = Math.max(p, Math.expm1(reach) / GAINS_UP[i]!);
  }
  if (p === 0 && !(logEvidenceAbove(0, counts) > logThreshold)) return 0;
  for (let step = 0; step < NEWTON_STEPS_MAX; step++) {
    const { log, slope } = mixture(p, counts, GAINS_UP, 1);
    const move = (logThreshold - log) / slope;
    if (!(move > TOLERANCE)) break;
    p += move;
  }
  return p;
}

/** The smallest p that `logEvidenceBelow` rejects; 1 when it rejects none. */
export function upperBound(counts: Counts, logThreshold: number): number {
  let p = 1;
  for (let i = 0; i < SHIFTS.length; i++) {
    const reach = (logThreshold - LOG_WEIGHT + counts.successes * SHIFTS[i]!) / counts.trials;
    p = Math.min(p, Math.expm1(-reach) / GAINS_DOWN[i]!);
  }
  if (p === 1 && !(logEvidenceBelow(1, counts) > logThreshold)) return 1;
  for (let step = 0; step < NEWTON_STEPS_MAX; step++) {
    const { log, slope } = mixture(p, counts, GAINS_DOWN, -1);
    const move = (log - logThreshold) / slope;
    if (!(move > TOLERANCE)) break;
    p -= move;
  }
  return p;
}

/** ln of the mixture and its derivative by p: the terms' own slopes, weighted by the terms. */
function mixture(p: number, { successes, trials }: Counts, gains: readonly number[], sign: 1 | -1) {
  let high = -Infinity;
  let sum = 0;
  let slopes = 0;
  for (let i = 0; i < SHIFTS.length; i++) {
    const odds = 1 + p * gains[i]!;
    const term = sign * SHIFTS[i]! * successes - trials * Math.log(odds);
    const termSlope = (-trials * gains[i]!) / odds;
    const scale = Math.exp(-Math.abs(term - high));
    if (term > high) {
      sum = sum * scale + 1;
      slopes = slopes * scale + termSlope;
      high = term;
    } else {
      sum += scale;
      slopes += scale * termSlope;
    }
  }
  return { log: high + Math.log(sum) + LOG_WEIGHT, slope: slopes / sum };
}
