// Break-even in the three scales the edge evidence needs. Pure; called once per payout.
// Additive scale: a window wins with p = 1 − exp(−Λ), where Λ is the sum of −ln(1 − hazard) over its 40 ticks.
import { WINDOW_TICKS } from '@/lib/game/rules';

export type BreakEven = {
  /** Total returned per unit staked on a win. */
  readonly payout: number;
  /** 1 / payout. */
  readonly winProbability: number;
  /** −ln(1 − 1/payout): what the window's 40 ticks have to add up to. */
  readonly windowIntensity: number;
  /** The constant hazard at which every window breaks even: 0.0055631 for a payout of 5. */
  readonly hazard: number;
};

export function breakEvenOf(payout: number): BreakEven {
  if (!(payout > 1 && Number.isFinite(payout))) throw new RangeError(`payout must be above 1, got ${payout}`);
  const windowIntensity = -Math.log1p(-1 / payout);
  return {
    payout,
    winProbability: 1 / payout,
    windowIntensity,
    hazard: hazardOf(windowIntensity / WINDOW_TICKS),
  };
}

export function hazardOf(intensity: number): number {
  return -Math.expm1(-intensity);
}

export function intensityOf(hazard: number): number {
  return -Math.log1p(-hazard);
}

/** Win probability of a window whose ticks all have this hazard. */
export function windowAtHazard(hazard: number): number {
  return -Math.expm1(-WINDOW_TICKS * intensityOf(hazard));
}
