// Wilson's score interval for a share: stays inside [0, 1] and keeps its coverage near the ends, where the textbook
// interval fails. Source: Wilson, JASA 22 (1927) 209–212; Brown, Cai & DasGupta, Statistical Science 16 (2001) 101–133.
import { normalQuantile } from '@/lib/math/normal';

/** `trials` may be an effective number, not whole. Worked value: share 0.1 of 100 → [0.0552, 0.1744]. */
export function wilsonInterval({ share, trials, level = 0.95 }: { share: number; trials: number; level?: number }): {
  lower: number;
  upper: number;
} {
  const z = level === 0.95 ? Z_95 : normalQuantile(0.5 + level / 2);
  const spread = (z * z) / trials;
  const centre = (share + spread / 2) / (1 + spread);
  const reach = (z / (1 + spread)) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return { lower: Math.max(0, centre - reach), upper: Math.min(1, centre + reach) };
}

const Z_95 = normalQuantile(0.975);
