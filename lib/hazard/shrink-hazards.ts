// Gamma–Poisson shrinkage in two levels: each bucket's hazard towards the pooled rate, the pooled rate towards the
// published hazard. Pure arithmetic on counts; called by the empirical model for each candidate strength.
// Sources: Gamma–Poisson conjugacy, Gelman et al., Bayesian Data Analysis (3rd ed.), §2.6; the pooled rate's weights and
// the added variance for its being estimated, Prasad & Rao, JASA 85 (1990) 163–171.
import { PUBLISHED_HAZARD } from '@/lib/game/rules';
import type { GameCounts } from '@/lib/hazard/game-counts';
import { BUCKET_COUNT } from '@/lib/hazard/tick-buckets';

export type Shrinkage = {
  /** Rugs' worth of belief that the pooled rate is the published hazard. */
  readonly toPublished: number;
  /** Rugs' worth of belief, per bucket, that its hazard is the pooled rate; Infinity makes all buckets equal. */
  readonly toPooled: number;
};

export type PooledRate = { readonly mean: number; readonly variance: number };

/**
 * λ_b ~ Gamma(k, k/θ) with k = toPooled, and θ has prior mean 0.005 and variance 0.005²/toPublished. A bucket's rate
 * n_b/t_b then has variance θ/t_b + θ²/k around θ; θ is the precision-weighted mean of prior and buckets.
 * Writes E[λ_b] = (k + n_b)/(k/θ + t_b) into `hazards`.
 */
export function shrinkHazards(counts: GameCounts, shrinkage: Shrinkage, hazards: Float64Array): PooledRate {
  const pooled = poolRates(counts, shrinkage);
  for (let b = 0; b < BUCKET_COUNT; b++) {
    hazards[b] = bucketMean({ rugs: counts.rugs[b]!, exposure: counts.exposure[b]!, shrinkage, pooled });
  }
  return pooled;
}

/**
 * Var λ_b = E[λ_b]²/(k + n_b) + (s E[λ_b]/θ)² Var θ, where s = (k/θ)/(k/θ + t_b) is the weight left on the pooled rate.
 * The second part is shared by all buckets; `split` keeps the two apart so that windows across buckets add them rightly.
 */
export function bucketSpread({
  rugs,
  exposure,
  shrinkage,
  pooled,
}: {
  rugs: number;
  exposure: number;
  shrinkage: Shrinkage;
  pooled: PooledRate;
}): { mean: number; ownVariance: number; sharedDeviation: number } {
  const mean = bucketMean({ rugs, exposure, shrinkage, pooled });
  const k = shrinkage.toPooled;
  const pooledDeviation = Math.sqrt(pooled.variance);
  if (k === Infinity) return { mean, ownVariance: 0, sharedDeviation: pooledDeviation };
  const weight = k / (k + exposure * pooled.mean);
  return {
    mean,
    ownVariance: (mean * mean) / (k + rugs),
    sharedDeviation: ((weight * mean) / pooled.mean) * pooledDeviation,
  };
}

function bucketMean({
  rugs,
  exposure,
  shrinkage,
  pooled,
}: {
  rugs: number;
  exposure: number;
  shrinkage: Shrinkage;
  pooled: PooledRate;
}): number {
  const k = shrinkage.toPooled;
  return k === Infinity ? pooled.mean : (k + rugs) / (k / pooled.mean + exposure);
}

function poolRates({ rugs, exposure }: GameCounts, { toPublished, toPooled }: Shrinkage): PooledRate {
  let rugsTotal = 0;
  let exposureTotal = 0;
  for (let b = 0; b < BUCKET_COUNT; b++) {
    rugsTotal += rugs[b]!;
    exposureTotal += exposure[b]!;
  }
  const crude = (toPublished + rugsTotal) / (toPublished / PUBLISHED_HAZARD + exposureTotal);
  if (toPooled === Infinity) return { mean: crude, variance: (crude * crude) / (toPublished + rugsTotal) };
  let precision = toPublished / PUBLISHED_HAZARD ** 2;
  let weighted = precision * PUBLISHED_HAZARD;
  for (let b = 0; b < BUCKET_COUNT; b++) {
    const perTick = 1 / (crude + (crude * crude * exposure[b]!) / toPooled);
    precision += exposure[b]! * perTick;
    weighted += rugs[b]! * perTick;
  }
  return { mean: weighted / precision, variance: 1 / precision };
}
