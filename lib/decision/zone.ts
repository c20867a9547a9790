// The zone: where the win probability stands relative to break-even. Its colour is a claim, so it is positive only when
// the whole interval is.
import type { Estimate } from '@/lib/hazard/hazard-model';

export const ZONES = ['deep-negative', 'negative', 'break-even', 'positive'] as const;
export type Zone = (typeof ZONES)[number];

/** Five points below break-even a 5× bet loses a quarter of every stake on average. */
const DEEP_MARGIN = 0.05;

export function computeZone(winProbability: Pick<Estimate, 'value' | 'lower' | 'upper'>, breakEven: number): Zone {
  if (winProbability.lower > breakEven) return 'positive';
  if (winProbability.upper >= breakEven) return 'break-even';
  return winProbability.value < breakEven - DEEP_MARGIN ? 'deep-negative' : 'negative';
}
