// Do the games of a day have the published lengths? An e-value of their counts in ten bins against the published rule:
// a mixture of Dirichlet-multinomial likelihood ratios (Good, Ann. Statist. 1967; as test martingales, Robbins 1970).
// Pure; called by the expectation of lengths with what server/quality counted.
//   E = mean over A of  Γ(A) / Γ(A + n) × Π Γ(A pᵢ + cᵢ) / Γ(A pᵢ) / pᵢ^cᵢ       p: the published share of bin i
// In the order the games were played E is a nonnegative martingale that starts at 1, so P(it ever reaches 1/α) ≤ α on a
// day of published games, however often one looks (Ville). A game belongs to the day of its id, which is fixed before
// it is played: by the day of its end, long games would be counted too often.
import { PUBLISHED_HAZARD } from '@/lib/game/rules';
import { logGamma } from '@/lib/math/gamma';

/** Upper ends of the bins in ticks, the last one open: the deciles of the published lengths. */
export const LENGTH_BIN_ENDS: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((tenth) =>
  Math.round(Math.log(1 - tenth / 10) / Math.log(1 - PUBLISHED_HAZARD)),
);
export const LENGTH_BIN_SHARES: readonly number[] = [...LENGTH_BIN_ENDS, Infinity].map(
  (end, bin) => survival(LENGTH_BIN_ENDS[bin - 1] ?? 0) - survival(end),
);

/** How firmly an alternative holds to the published shares: loosely finds large differences soon, firmly small ones. */
const CONCENTRATIONS = [20, 100, 500] as const;

/** ln E of the counts of one day, in the order of the bins. Worked value: no games → 0. */
export function logLengthEvidence(counts: readonly number[]): number {
  const terms = CONCENTRATIONS.map((concentration) => logRatio(counts, concentration));
  const high = Math.max(...terms);
  return high + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - high), 0) / terms.length);
}

/** Which bin has the largest surplus over its share, as ticks: for words. */
export function commonestSurplus(counts: readonly number[]): { readonly from: number; readonly to: number | null } {
  const games = counts.reduce((sum, count) => sum + count, 0);
  const surplus = LENGTH_BIN_SHARES.map((share, bin) => (counts[bin]! - games * share) / Math.sqrt(games * share));
  const bin = surplus.indexOf(Math.max(...surplus));
  return { from: (LENGTH_BIN_ENDS[bin - 1] ?? 0) + 1, to: LENGTH_BIN_ENDS[bin] ?? null };
}

/** P(rugTick > tick): every tick from 1 on ends the game with the published hazard. */
function survival(tick: number): number {
  return tick === Infinity ? 0 : (1 - PUBLISHED_HAZARD) ** tick;
}

function logRatio(counts: readonly number[], concentration: number): number {
  const games = counts.reduce((sum, count) => sum + count, 0);
  let log = logGamma(concentration) - logGamma(concentration + games);
  counts.forEach((count, bin) => {
    const share = LENGTH_BIN_SHARES[bin]!;
    const prior = concentration * share;
    log += logGamma(prior + count) - logGamma(prior) - count * Math.log(share);
  });
  return log;
}
