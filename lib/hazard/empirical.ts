// The empirical model: what recorded games say about the hazard, tick bucket by tick bucket, shrunk to the pooled rate and
// to the published prior. How strongly, and how fast it forgets, is chosen by prequential score: each candidate predicts
// every game before seeing it (Dawid, JRSS A 147 (1984) 278–292). Learns from finished games only; never from a running one.
import { WINDOW_TICKS } from '@/lib/game/rules';
import { createGameCounts, wasCutOff } from '@/lib/hazard/game-counts';
import { INTERVAL_LEVEL, type Estimate } from '@/lib/hazard/hazard-model';
import type { LearningModel, ModelState } from '@/lib/hazard/learning-model';
import { createPiecewiseHazard } from '@/lib/hazard/piecewise-hazard';
import { bucketSpread, shrinkHazards, type PooledRate, type Shrinkage } from '@/lib/hazard/shrink-hazards';
import { BUCKET_COUNT, BUCKET_STARTS, bucketOf } from '@/lib/hazard/tick-buckets';
import { gammaQuantile, gammaQuantileLargeShape } from '@/lib/math/gamma';
import { normalQuantile } from '@/lib/math/normal';

export type EmpiricalOptions = {
  /** Candidate half-lives of the memory, in games; Infinity forgets nothing. */
  readonly halfLivesGames?: readonly number[];
  /** Candidate strengths, strongest first: a tie goes to the earlier one. */
  readonly shrinkages?: readonly Shrinkage[];
};

export type EmpiricalModel = LearningModel & {
  /** The candidate now in force. */
  chosen(): Shrinkage & { readonly halfLifeGames: number };
  /** Used by the headline, which adds covariate terms on top. */
  cumulativeShifted(from: number, to: number, shift: number): number;
  /** ln P(a game ends at this rug tick) under the model as it stands. */
  logLikelihood(rugTick: number): number;
};

const VERSION = '1';
/** Beliefs worth 25 games (any real bias shows in a day) to 6,400 (only the published rule, in effect). */
const TO_PUBLISHED = [6_400, 800, 100, 25];
const TO_POOLED = [Infinity, 400, 100, 25, 6];
/** A day of games is 1,000 to 1,500: the short memory notices a change of rule within hours. */
const HALF_LIVES_GAMES = [Infinity, 250];
/** Old scores fade, so that the candidate that predicts best now wins also after a change. */
const SCORE_HALF_LIFE_GAMES = 1_000;
/** Extremes of the interval, in probability. */
const TAIL = (1 - INTERVAL_LEVEL) / 2;
const Z = normalQuantile(1 - TAIL);
/** From here on the quantile without iteration is exact for any purpose of an interval. */
const LARGE_SHAPE = 100;

type Candidate = { readonly shrinkage: Shrinkage; readonly memory: number };

export const DEFAULT_SHRINKAGES: readonly Shrinkage[] = TO_PUBLISHED.flatMap((toPublished) =>
  TO_POOLED.map((toPooled) => ({ toPublished, toPooled })),
);

export function createEmpiricalModel(options: EmpiricalOptions = {}, saved?: ModelState): EmpiricalModel {
  const halfLives = options.halfLivesGames ?? HALF_LIVES_GAMES;
  const shrinkages = options.shrinkages ?? DEFAULT_SHRINKAGES;
  const memories = halfLives.map(createGameCounts);
  const candidates: Candidate[] = shrinkages.flatMap((shrinkage) =>
    halfLives.map((_, memory) => ({ shrinkage, memory })),
  );
  const scores = new Float64Array(candidates.length);
  const hazards = new Float64Array(BUCKET_COUNT);
  const curves = candidates.map(({ shrinkage, memory }) => {
    shrinkHazards(memories[memory]!.counts, shrinkage, hazards);
    return createPiecewiseHazard(hazards);
  });
  const fade = 0.5 ** (1 / SCORE_HALF_LIFE_GAMES);
  let best = 0;
  let intervals = createIntervals(candidates[0]!.shrinkage, memories[candidates[0]!.memory]!.counts);

  const refit = () => {
    candidates.forEach(({ shrinkage, memory }, i) => {
      shrinkHazards(memories[memory]!.counts, shrinkage, hazards);
      curves[i]!.set(hazards);
    });
    best = 0;
    for (let i = 1; i < scores.length; i++) if (scores[i]! > scores[best]!) best = i;
    const { shrinkage, memory } = candidates[best]!;
    intervals = createIntervals(shrinkage, memories[memory]!.counts);
  };
  if (saved) {
    restore(saved, memories, scores);
    refit();
  }

  const windowValue = (tick: number) => -Math.expm1(-curves[best]!.cumulative(tick, tick + WINDOW_TICKS));
  return {
    id: 'empirical',
    version: VERSION,
    hazardAt: (tick) => intervals.perTick(tick, curves[best]!.at(tick)),
    windowProbability: (tick) => intervals.perWindow(tick, windowValue(tick)),
    hazardValue: (tick) => curves[best]!.at(tick),
    windowValue,
    cumulativeHazard: (from, to) => curves[best]!.cumulative(from, to),
    cumulativeShifted: (from, to, shift) => curves[best]!.cumulativeShifted(from, to, shift),
    logLikelihood: (rugTick) => curves[best]!.logLikelihood(rugTick, wasCutOff(rugTick)),
    observeGame({ rugTick }) {
      const cutOff = wasCutOff(rugTick);
      for (let i = 0; i < scores.length; i++) {
        scores[i] = scores[i]! * fade + curves[i]!.logLikelihood(rugTick, cutOff);
      }
      for (const memory of memories) memory.add(rugTick);
      refit();
    },
    chosen() {
      const { shrinkage, memory } = candidates[best]!;
      return { ...shrinkage, halfLifeGames: halfLives[memory]! };
    },
    serialize: () => ({
      id: 'empirical',
      version: VERSION,
      memories: memories.map(({ counts }) => ({
        games: counts.games,
        rugs: [...counts.rugs],
        exposure: [...counts.exposure],
      })),
      scores: [...scores],
    }),
  };
}

/** Throws on a state written for other candidates: scores could not be matched to what they belong to. */
function restore(saved: ModelState, memories: ReturnType<typeof createGameCounts>[], scores: Float64Array): void {
  const state = saved as unknown as {
    memories: { games: number; rugs: number[]; exposure: number[] }[];
    scores: number[];
  };
  const fits =
    saved.id === 'empirical' &&
    saved.version === VERSION &&
    state.scores.length === scores.length &&
    state.memories.length === memories.length &&
    state.memories.every((memory) => memory.rugs.length === BUCKET_COUNT && memory.exposure.length === BUCKET_COUNT);
  if (!fits) throw new RangeError(`not a state of empirical version ${VERSION} with these candidates`);
  memories.forEach((memory, i) => memory.restore(state.memories[i]!));
  scores.set(state.scores);
}

/**
 * Credible intervals of one fit, computed when first asked for. A hazard's posterior is taken as the Gamma distribution
 * with its mean and variance; a window's cumulative hazard likewise, the buckets' own variances adding and their shared
 * part (the pooled rate's) adding as deviations.
 */
function createIntervals(shrinkage: Shrinkage, counts: ReturnType<typeof createGameCounts>['counts']) {
  let spreads: ReturnType<typeof bucketSpread>[] | null = null;
  const perTick: (Estimate | undefined)[] = [];
  const perWindow: (Estimate | undefined)[] = [];
  const samples = counts.games;
  const prepare = () => {
    const pooled: PooledRate = shrinkHazards(counts, shrinkage, new Float64Array(BUCKET_COUNT));
    return BUCKET_STARTS.map((_, b) =>
      bucketSpread({ rugs: counts.rugs[b]!, exposure: counts.exposure[b]!, shrinkage, pooled }),
    );
  };
  return {
    perTick(tick: number, value: number): Estimate {
      const bucket = bucketOf(tick);
      spreads ??= prepare();
      const spread = spreads[bucket]!;
      return (perTick[bucket] ??= toEstimate({
        value,
        samples,
        mean: spread.mean,
        variance: spread.ownVariance + spread.sharedDeviation ** 2,
        fromQuantile: (q) => Math.min(1, q),
      }));
    },
    perWindow(tick: number, value: number): Estimate {
      const first = bucketOf(tick + 1);
      const inside = first === bucketOf(tick + WINDOW_TICKS);
      const known = inside ? perWindow[first] : undefined;
      if (known) return known;
      spreads ??= prepare();
      const estimate = toEstimate({ value, samples, ...windowMoments(spreads, tick), fromQuantile: toProbability });
      if (inside) perWindow[first] = estimate;
      return estimate;
    },
  };
}

const toProbability = (cumulative: number) => -Math.expm1(-cumulative);

/** Mean and variance of Σ −ln(1 − λ) over the window; d/dλ of −ln(1 − λ) is 1/(1 − λ). */
function windowMoments(spreads: readonly ReturnType<typeof bucketSpread>[], tick: number) {
  let mean = 0;
  let variance = 0;
  let shared = 0;
  let at = tick + 1;
  const end = tick + WINDOW_TICKS + 1;
  for (let b = bucketOf(at); at < end; b++) {
    const next = b + 1 < BUCKET_COUNT ? Math.min(end, BUCKET_STARTS[b + 1]!) : end;
    const spread = spreads[b]!;
    const slope = (next - at) / (1 - spread.mean);
    mean -= (next - at) * Math.log1p(-spread.mean);
    variance += slope * slope * spread.ownVariance;
    shared += slope * spread.sharedDeviation;
    at = next;
  }
  return { mean, variance: variance + shared * shared };
}

function toEstimate({
  value,
  samples,
  mean,
  variance,
  fromQuantile,
}: {
  value: number;
  samples: number;
  mean: number;
  variance: number;
  fromQuantile: (q: number) => number;
}): Estimate {
  const shape = (mean * mean) / variance;
  const rate = mean / variance;
  const large = shape >= LARGE_SHAPE;
  const lower = large ? gammaQuantileLargeShape({ shape, rate, z: -Z }) : gammaQuantile({ shape, rate, p: TAIL });
  const upper = large ? gammaQuantileLargeShape({ shape, rate, z: Z }) : gammaQuantile({ shape, rate, p: 1 - TAIL });
  return {
    value,
    lower: Math.min(value, fromQuantile(lower)),
    upper: Math.max(value, fromQuantile(upper)),
    level: INTERVAL_LEVEL,
    samples,
  };
}
