// Shares with the interval that their data supports. Pure; every figure of the analytics answers comes through here, so
// that a share without data is null and never 0.
import { normalQuantile } from '@/lib/math/normal';
import { wilsonInterval } from '@/lib/performance/wilson';
import type { ShareView } from '@/lib/protocol/analytics';

export const Z_95 = normalQuantile(0.975);

/** `trials`: how many independent ones the `of` are worth; all of them unless given. Wilson's interval, 95 %. */
export function toShare({ count, of, trials = of }: { count: number; of: number; trials?: number }): ShareView | null {
  if (of === 0) return null;
  const value = count / of;
  return { value, ...wilsonInterval({ share: value, trials: Math.max(1, trials) }), count, of };
}

/** The same where there is at least one. */
export function toKnownShare(parts: { count: number; of: number; trials?: number }): ShareView {
  const share = toShare(parts);
  if (share === null) throw new RangeError('a share of nothing');
  return share;
}

/** Sums over clusters of counts n, hits k: Σ n, Σ k, Σ n², Σ nk, Σ k². */
export type ClusterSums = {
  readonly clusters: number;
  readonly n: number;
  readonly k: number;
  readonly nn: number;
  readonly nk: number;
  readonly kk: number;
};

/** Variance of the ratio Σk / Σn over independent clusters: Σ (k − r n)² / (Σn)² (Cochran, Sampling Techniques, §6.3). */
export function ratioVariance({ clusters, n, k, nn, nk, kk }: ClusterSums): number {
  const ratio = k / n;
  return (Math.max(0, kk - 2 * ratio * nk + ratio * ratio * nn) / (n * n)) * (clusters / (clusters - 1));
}

/** As many independent trials as would give the share the variance it has over clusters; at most all. */
export function effectiveTrials(sums: ClusterSums): number {
  const { clusters, n, k } = sums;
  if (clusters < 2) return Math.min(n, 1);
  const variance = ratioVariance(sums);
  const share = k / n;
  // Clusters that do not differ tell nothing of how far they would: only their number is known to be independent.
  return variance > 0 ? Math.min(n, (share * (1 - share)) / variance) : Math.min(n, clusters);
}
