// Log-odds and what follows from them: the scale on which the covariate terms add to the published hazard. Pure.
import { PUBLISHED_HAZARD, WINDOW_TICKS } from '@/lib/game/rules';

export const PUBLISHED_LOG_ODDS = Math.log(PUBLISHED_HAZARD / (1 - PUBLISHED_HAZARD));

/** All terms together move the log-odds by at most this: hazards stay between 0.00025 and 0.09. */
const SHIFT_MAX = 3;

export function clampShift(shift: number): number {
  return shift > SHIFT_MAX ? SHIFT_MAX : shift < -SHIFT_MAX ? -SHIFT_MAX : shift;
}

export function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

/** ln(1 + e^z): −ln(1 − hazard) at log-odds z. */
export function softplus(z: number): number {
  return Math.log1p(Math.exp(z));
}

/** P(rug within 40 ticks) when every one of them has this log-odds. */
export function windowAtLogOdds(z: number): number {
  return -Math.expm1(-WINDOW_TICKS * softplus(z));
}
