// A hazard that is constant within each tick bucket, with its cumulative sums, so that any window costs a lookup and not
// forty logarithms. Written for the tight loops of learning and backtesting: no allocation after creation.
import { BUCKET_COUNT, BUCKET_STARTS, bucketOf } from '@/lib/hazard/tick-buckets';

export type PiecewiseHazard = {
  /** Takes one hazard per bucket, each clamped into [HAZARD_MIN, HAZARD_MAX]. */
  set(hazards: ArrayLike<number>): void;
  at(tick: number): number;
  /** −ln P(alive at `to` | alive at `from`) = Σ −ln(1 − h_i), i in (from, to]. */
  cumulative(from: number, to: number): number;
  /** The same with every hazard's log-odds moved by `shift`. */
  cumulativeShifted(from: number, to: number, shift: number): number;
  /** ln of the probability that a game ended as this one did: survived to rugTick − 1, then rugged, or was cut off. */
  logLikelihood(rugTick: number, wasCutOff: boolean): number;
};

/** Away from 0 and 1, so that no single game can cost an infinite score. */
export const HAZARD_MIN = 1e-7;
export const HAZARD_MAX = 0.9;

export function createPiecewiseHazard(initial: ArrayLike<number>): PiecewiseHazard {
  const hazards = new Float64Array(BUCKET_COUNT);
  const perTick = new Float64Array(BUCKET_COUNT); // −ln(1 − h)
  const before = new Float64Array(BUCKET_COUNT); // Σ of perTick over all ticks before the bucket
  const set = (values: ArrayLike<number>) => {
    let sum = 0;
    for (let b = 0; b < BUCKET_COUNT; b++) {
      const hazard = clampHazard(values[b]!);
      hazards[b] = hazard;
      perTick[b] = minusLogSurvival(hazard);
      before[b] = sum;
      if (b + 1 < BUCKET_COUNT) sum += perTick[b]! * (BUCKET_STARTS[b + 1]! - BUCKET_STARTS[b]!);
    }
  };
  const upTo = (tick: number) => {
    if (tick <= 0) return 0;
    const b = bucketOf(tick);
    return before[b]! + perTick[b]! * (tick - BUCKET_STARTS[b]! + 1);
  };
  set(initial);
  return {
    set,
    at: (tick) => hazards[bucketOf(tick)]!,
    cumulative: (from, to) => upTo(to) - upTo(from),
    cumulativeShifted(from, to, shift) {
      const odds = Math.exp(shift);
      let sum = 0;
      let tick = from + 1;
      for (let b = bucketOf(tick); tick <= to; b++) {
        const end = b + 1 < BUCKET_COUNT ? Math.min(to + 1, BUCKET_STARTS[b + 1]!) : to + 1;
        sum += (end - tick) * shiftedPerTick(hazards[b]!, odds);
        tick = end;
      }
      return sum;
    },
    logLikelihood(rugTick, wasCutOff) {
      const survived = -upTo(rugTick - 1);
      return wasCutOff ? survived : survived + Math.log(hazards[bucketOf(rugTick)]!);
    },
  };
}

/** Below this seven terms of the series leave a relative error under 2e-13; a logarithm costs several times as much. */
const SERIES_MAX = 0.02;

/** −ln(1 − h) = h + h²/2 + h³/3 + … */
function minusLogSurvival(h: number): number {
  if (h > SERIES_MAX) return -Math.log1p(-h);
  return h * (1 + h * (1 / 2 + h * (1 / 3 + h * (1 / 4 + h * (1 / 5 + h * (1 / 6 + h / 7))))));
}

export function clampHazard(hazard: number): number {
  return Math.min(HAZARD_MAX, Math.max(HAZARD_MIN, hazard));
}

/** −ln(1 − h') where odds(h') = odds(h) × `odds`: 1 − h' = (1 − h) / (1 − h + h × odds). */
function shiftedPerTick(hazard: number, odds: number): number {
  return Math.log1p((hazard * odds) / (1 - hazard));
}
