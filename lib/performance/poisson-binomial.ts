// How many of several independent trials succeed when each has a probability of its own: the Poisson binomial distribution,
// exactly. Recursion over the trials, Σ of non-negative terms only, so that no digit is lost: Barlow & Heidmann, IEEE Trans.
// Reliability 33 (1984) 322–323; Hong, Comput. Stat. Data Anal. 59 (2013) 41–51, eq. 8. Pure.

/** P(X = k) for k = 0 … n. n² / 2 steps: half a million for a session of a thousand bets. */
export function poissonBinomial(probabilities: readonly number[]): Float64Array {
  const mass = new Float64Array(probabilities.length + 1);
  mass[0] = 1;
  probabilities.forEach((p, done) => {
    for (let k = done + 1; k >= 1; k--) mass[k] = mass[k]! * (1 - p) + mass[k - 1]! * p;
    mass[0]! *= 1 - p;
  });
  return mass;
}

/** Both count `hits` itself. Worked value: 0.5, 0.5, 0.25 and 2 hits → at least 5/16, at most 15/16. */
export function poissonBinomialTails(
  probabilities: readonly number[],
  hits: number,
): { readonly atLeast: number; readonly atMost: number } {
  const mass = poissonBinomial(probabilities);
  // From the small ends inwards, so that a tail far out keeps its digits.
  let atLeast = 0;
  for (let k = mass.length - 1; k >= hits; k--) atLeast += mass[k]!;
  let atMost = 0;
  for (let k = 0; k <= hits && k < mass.length; k++) atMost += mass[k]!;
  return { atLeast: Math.min(1, atLeast), atMost: Math.min(1, atMost) };
}
