// Scores probability forecasts of yes-or-no outcomes as they come: log-loss, Brier score with its decomposition, expected
// calibration error, reliability bins with intervals. Streaming, constant memory; the backtester and the live record use it.
// Sources: Brier (1950); Murphy, J. Applied Meteorology 12 (1973) 595–600; Stephenson, Coelho & Jolliffe, Weather and
// Forecasting 23 (2008) 752–757 (the two within-bin terms that make the decomposition exact); Naeini et al., AAAI (2015).
import { wilsonInterval } from '@/lib/performance/wilson';

export type ReliabilityBin = {
  /** The bin holds forecasts in [from, to); the last one includes 1. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Groups (games) with at least one forecast here: what the interval rests on. */
  readonly groups: number;
  readonly meanForecast: number;
  readonly observed: number;
  /** 95 % interval of the observed share, forecasts of one group counting as dependent. */
  readonly lower: number;
  readonly upper: number;
};

/** brier = reliability − resolution + uncertainty + withinBinVariance − withinBinCovariance, exactly. */
export type BrierDecomposition = {
  readonly reliability: number;
  readonly resolution: number;
  readonly uncertainty: number;
  readonly withinBinVariance: number;
  readonly withinBinCovariance: number;
};

export type CalibrationScores = {
  readonly count: number;
  readonly logLoss: number;
  readonly brier: number;
  readonly decomposition: BrierDecomposition;
  readonly ece: number;
  /** Bins with at least one forecast, ascending. */
  readonly bins: readonly ReliabilityBin[];
};

export type Calibration = {
  add(forecast: number, happened: boolean): void;
  /** Ends a group of dependent forecasts: all windows of one game. */
  endGroup(): void;
  scores(): CalibrationScores;
};

export const BINS = 20;
/** A forecast of exactly 0 or 1 that fails would cost infinitely much; this caps it at 34.5 nats. */
const FORECAST_MIN = 1e-15;

export function createCalibration(): Calibration {
  const count = new Float64Array(BINS);
  const hits = new Float64Array(BINS);
  const forecasts = new Float64Array(BINS);
  const forecastSquares = new Float64Array(BINS);
  const forecastHits = new Float64Array(BINS);
  const group = createGroupSums();
  let logLoss = 0;
  // A constant hazard forecasts the same for hundreds of ticks: its logarithms are kept from one to the next.
  let last = NaN;
  let lossIfYes = 0;
  let lossIfNo = 0;
  let bin = 0;
  return {
    add(forecast, happened) {
      if (forecast !== last) {
        last = forecast;
        const clamped = Math.min(1 - FORECAST_MIN, Math.max(FORECAST_MIN, forecast));
        lossIfYes = -Math.log(clamped);
        lossIfNo = -Math.log1p(-clamped);
        bin = forecast >= 1 ? BINS - 1 : (forecast * BINS) | 0;
      }
      logLoss += happened ? lossIfYes : lossIfNo;
      count[bin]!++;
      forecasts[bin]! += forecast;
      forecastSquares[bin]! += forecast * forecast;
      if (happened) {
        hits[bin]!++;
        forecastHits[bin]! += forecast;
      }
    },
    endGroup: () => group.fold(count, hits),
    scores() {
      const total = sum(count);
      if (total === 0) return NO_SCORES;
      const squaredError = sum(forecastSquares) - 2 * sum(forecastHits) + sum(hits);
      const bins = toBins({ count, hits, forecasts, group });
      return {
        count: total,
        logLoss: logLoss / total,
        brier: squaredError / total,
        decomposition: decompose({ count, hits, forecasts, forecastSquares, forecastHits, total }),
        ece: bins.reduce((error, bin) => error + (bin.count / total) * Math.abs(bin.meanForecast - bin.observed), 0),
        bins,
      };
    },
  };
}

const NO_SCORES: CalibrationScores = {
  count: 0,
  logLoss: 0,
  brier: 0,
  decomposition: { reliability: 0, resolution: 0, uncertainty: 0, withinBinVariance: 0, withinBinCovariance: 0 },
  ece: 0,
  bins: [],
};

type Sums = { count: Float64Array; hits: Float64Array; forecasts: Float64Array };

function decompose({
  count,
  hits,
  forecasts,
  forecastSquares,
  forecastHits,
  total,
}: Sums & { forecastSquares: Float64Array; forecastHits: Float64Array; total: number }): BrierDecomposition {
  const base = sum(hits) / total;
  const parts = { reliability: 0, resolution: 0, withinBinVariance: 0, withinBinCovariance: 0 };
  for (let b = 0; b < BINS; b++) {
    const n = count[b]!;
    if (n === 0) continue;
    const forecast = forecasts[b]! / n;
    const observed = hits[b]! / n;
    parts.reliability += (n * (forecast - observed) ** 2) / total;
    parts.resolution += (n * (observed - base) ** 2) / total;
    parts.withinBinVariance += (forecastSquares[b]! - n * forecast * forecast) / total;
    parts.withinBinCovariance += (2 * (forecastHits[b]! - n * forecast * observed)) / total;
  }
  return { ...parts, uncertainty: base * (1 - base) };
}

function toBins({ count, hits, forecasts, group }: Sums & { group: GroupSums }): ReliabilityBin[] {
  const bins: ReliabilityBin[] = [];
  for (let b = 0; b < BINS; b++) {
    const n = count[b]!;
    if (n === 0) continue;
    const observed = hits[b]! / n;
    const { lower, upper } = wilsonInterval({ share: observed, trials: group.effectiveTrials(b, { n, k: hits[b]! }) });
    bins.push({
      from: b / BINS,
      to: (b + 1) / BINS,
      count: n,
      groups: group.groups(b),
      meanForecast: forecasts[b]! / n,
      observed,
      lower,
      upper,
    });
  }
  return bins;
}

type GroupSums = ReturnType<typeof createGroupSums>;

/**
 * The variance of a share k/n over groups is Σ (k_g − p n_g)² / n² (ratio estimator, Cochran, Sampling Techniques, §6.3).
 * The effective number of trials is what independent ones would need for that variance.
 */
function createGroupSums() {
  const countBefore = new Float64Array(BINS);
  const hitsBefore = new Float64Array(BINS);
  const kk = new Float64Array(BINS);
  const kn = new Float64Array(BINS);
  const nn = new Float64Array(BINS);
  const groups = new Float64Array(BINS);
  return {
    fold(count: Float64Array, hits: Float64Array) {
      for (let b = 0; b < BINS; b++) {
        const n = count[b]! - countBefore[b]!;
        if (n === 0) continue;
        const k = hits[b]! - hitsBefore[b]!;
        kk[b]! += k * k;
        kn[b]! += k * n;
        nn[b]! += n * n;
        groups[b]!++;
        countBefore[b] = count[b]!;
        hitsBefore[b] = hits[b]!;
      }
    },
    groups: (bin: number) => groups[bin]!,
    effectiveTrials(bin: number, { n, k }: { n: number; k: number }): number {
      const share = k / n;
      const variance = (kk[bin]! - 2 * share * kn[bin]! + share * share * nn[bin]!) / (n * n);
      const g = groups[bin]!;
      // With one group, or none that differ, only the number of groups is known to be independent.
      if (g < 2 || !(variance > 0)) return Math.max(1, g);
      return Math.min(n, (share * (1 - share)) / ((variance * g) / (g - 1)));
    },
  };
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
