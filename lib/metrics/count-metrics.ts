// Counts what happened into a row of metrics: one finished game with its predictions and the crowd's bets, or one minute of
// the service. Pure; called by server/rollups for each minute, and by nothing else.
import { WINDOW_TICKS } from '@/lib/game/rules';
import { ABSOLUTE_ERROR_EDGES, forecastBin, LENGTH_EDGES, PEAK_EDGES, SIGNED_ERROR_EDGES } from '@/lib/metrics/edges';
import { addCounts, addToBin, binOf } from '@/lib/metrics/histogram';
import { quantize, quantizeSquare, type MetricsDraft } from '@/lib/metrics/metrics-row';

export type CountedGame = {
  readonly rugTick: number;
  readonly peak: number | null;
  readonly verification: 'verified' | 'failed' | 'unverifiable';
  readonly complete: boolean;
};

export function countGame(row: MetricsDraft, { rugTick, peak, verification, complete }: CountedGame): void {
  row.games++;
  if (verification === 'verified') row.gamesVerified++;
  if (verification === 'failed') row.gamesFailed++;
  if (complete) row.gamesComplete++;
  row.lengthSum += rugTick;
  row.lengthMax = Math.max(row.lengthMax ?? 0, rugTick);
  addToBin(row.lengthCounts, binOf(LENGTH_EDGES, rugTick));
  if (peak === null) return;
  row.peakSum += quantize(peak);
  row.peakMax = Math.max(row.peakMax ?? 0, peak);
  addToBin(row.peakCounts, binOf(PEAK_EDGES, peak));
}

/** A prediction whose outcome is known. */
export type CountedPrediction = {
  readonly tick: number;
  readonly live: boolean;
  readonly winProbability: number;
  readonly won: boolean;
  readonly rugTick: number;
  readonly medianTick: number;
  readonly lower50: number;
  readonly upper50: number;
  readonly lower90: number;
  readonly upper90: number;
};

/** A forecast of exactly 0 or 1 that fails would cost infinitely much; as in lib/performance/calibration. */
const FORECAST_MIN = 1e-15;

export function countPrediction(row: MetricsDraft, prediction: CountedPrediction): void {
  const { tick, won, winProbability, rugTick } = prediction;
  const brier = quantize((winProbability - (won ? 1 : 0)) ** 2);
  const logLoss = quantize(logLossOf(winProbability, won));
  row.predictions++;
  if (prediction.live) row.predictionsLive++;
  if (won) row.windowsWon++;
  row.probabilitySum += quantize(winProbability);
  row.brierSum += brier;
  row.logLossSum += logLoss;
  countError(row, rugTick - prediction.medianTick);
  if (prediction.lower50 <= rugTick && rugTick <= prediction.upper50) row.covered50++;
  if (prediction.lower90 <= rugTick && rugTick <= prediction.upper90) row.covered90++;
  // Windows from ticks 0, 40, 80 … do not overlap: their outcomes can be counted as separate trials.
  if (tick % WINDOW_TICKS !== 0) return;
  const bin = forecastBin(winProbability);
  addToBin(row.forecastCounts, bin);
  addToBin(row.forecastSums, bin, quantize(winProbability));
  addToBin(row.gridCounts, tick / WINDOW_TICKS);
  row.gridBrierSum += brier;
  row.gridLogLossSum += logLoss;
  if (!won) return;
  addToBin(row.forecastWonCounts, bin);
  addToBin(row.gridWonCounts, tick / WINDOW_TICKS);
}

export function logLossOf(forecast: number, happened: boolean): number {
  const clamped = Math.min(1 - FORECAST_MIN, Math.max(FORECAST_MIN, forecast));
  return happened ? -Math.log(clamped) : -Math.log1p(-clamped);
}

function countError(row: MetricsDraft, error: number): void {
  const size = Math.abs(error);
  row.errorSum += error;
  row.absoluteErrorSum += size;
  addToBin(row.absoluteErrorCounts, binOf(ABSOLUTE_ERROR_EDGES, size));
  addToBin(row.signedErrorCounts, binOf(SIGNED_ERROR_EDGES, error));
  if (size <= WINDOW_TICKS) row.within1++;
  if (size <= 2 * WINDOW_TICKS) row.within2++;
  if (size <= 3 * WINDOW_TICKS) row.within3++;
}

/** The crowd on one game: settled side bets in SOL, those in practice money, trades. */
export type CountedCrowd = {
  readonly bets: number;
  readonly won: number;
  readonly practiceBets: number;
  readonly stakedLamports: bigint;
  readonly paidLamports: bigint;
  readonly trades: number;
  readonly tradedLamports: bigint;
};

const LAMPORTS_PER_SOL = 1e9;

export function countCrowd(row: MetricsDraft, crowd: CountedCrowd): void {
  row.sideBetsPractice += crowd.practiceBets;
  row.trades += crowd.trades;
  row.tradedLamports += crowd.tradedLamports;
  const { bets, won, stakedLamports, paidLamports } = crowd;
  if (bets === 0) return;
  const [staked, paid] = [Number(stakedLamports) / LAMPORTS_PER_SOL, Number(paidLamports) / LAMPORTS_PER_SOL];
  row.sideBets += bets;
  row.sideBetsWon += won;
  row.stakedLamports += stakedLamports;
  row.paidLamports += paidLamports;
  row.sideBetGames++;
  row.betSquares += bets * bets;
  row.betWonProducts += bets * won;
  row.wonSquares += won * won;
  row.stakedSquares += quantizeSquare(staked * staked);
  row.stakedPaidProducts += quantizeSquare(staked * paid);
  row.paidSquares += quantizeSquare(paid * paid);
}

export type CountedService = {
  readonly frames: number;
  readonly deadLetters: number;
  readonly disconnects: number;
  readonly errors: number;
  readonly latencyCounts: readonly number[];
};

export function countServiceMinute(row: MetricsDraft, minute: CountedService): void {
  row.serviceMinutes++;
  row.frames += minute.frames;
  row.deadLetters += minute.deadLetters;
  row.disconnects += minute.disconnects;
  row.errors += minute.errors;
  addCounts(row.latencyCounts, minute.latencyCounts);
}
