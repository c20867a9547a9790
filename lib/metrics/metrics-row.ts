// One row of metrics, whatever the length of its bucket: counts, sums, maxima and histograms, so that the row of a larger
// bucket is the merge of the rows of the smaller ones, in any order. Pure; db/schema/metrics has the same columns.
import { addCounts } from '@/lib/metrics/histogram';

/** How two values of a column become one. `amount`: lamports. `counts`: a histogram; `sums`: one sum for each bin. */
type Kind = 'count' | 'sum' | 'amount' | 'max' | 'counts' | 'sums';

export const METRIC_COLUMNS = {
  games: 'count',
  gamesVerified: 'count',
  gamesFailed: 'count',
  gamesComplete: 'count',
  lengthSum: 'count',
  lengthMax: 'max',
  lengthCounts: 'counts',
  peakSum: 'sum',
  peakMax: 'max',
  peakCounts: 'counts',
  sideBets: 'count',
  sideBetsWon: 'count',
  sideBetsPractice: 'count',
  stakedLamports: 'amount',
  paidLamports: 'amount',
  sideBetGames: 'count',
  betSquares: 'sum',
  betWonProducts: 'sum',
  wonSquares: 'sum',
  stakedSquares: 'sum',
  stakedPaidProducts: 'sum',
  paidSquares: 'sum',
  trades: 'count',
  tradedLamports: 'amount',
  predictions: 'count',
  predictionsLive: 'count',
  windowsWon: 'count',
  probabilitySum: 'sum',
  brierSum: 'sum',
  logLossSum: 'sum',
  errorSum: 'count',
  absoluteErrorSum: 'count',
  absoluteErrorCounts: 'counts',
  signedErrorCounts: 'counts',
  within1: 'count',
  within2: 'count',
  within3: 'count',
  covered50: 'count',
  covered90: 'count',
  forecastCounts: 'counts',
  forecastWonCounts: 'counts',
  forecastSums: 'sums',
  gridCounts: 'counts',
  gridWonCounts: 'counts',
  gridBrierSum: 'sum',
  gridLogLossSum: 'sum',
  serviceMinutes: 'count',
  frames: 'count',
  deadLetters: 'count',
  disconnects: 'count',
  errors: 'count',
  latencyCounts: 'counts',
} as const satisfies Record<string, Kind>;

export type MetricColumn = keyof typeof METRIC_COLUMNS;
export const METRIC_COLUMN_NAMES = Object.keys(METRIC_COLUMNS) as readonly MetricColumn[];

type ValueOf = { count: number; sum: number; amount: bigint; max: number | null; counts: number[]; sums: number[] };
/** Being built; nobody else has it yet. */
export type MetricsDraft = { [column in MetricColumn]: ValueOf[(typeof METRIC_COLUMNS)[column]] };
export type MetricsRow = {
  readonly [column in MetricColumn]: Readonly<ValueOf[(typeof METRIC_COLUMNS)[column]]>;
};

export function emptyMetrics(): MetricsDraft {
  const row: Record<string, unknown> = {};
  for (const column of METRIC_COLUMN_NAMES) row[column] = emptyValue(METRIC_COLUMNS[column]);
  return row as MetricsDraft;
}

/** `columns`: the others are empty in all rows, and stay so. */
export function mergeMetrics(
  rows: Iterable<MetricsRow>,
  columns: readonly MetricColumn[] = METRIC_COLUMN_NAMES,
): MetricsRow {
  const merged = emptyMetrics();
  for (const row of rows) for (const column of columns) mergeColumn(merged, row, column);
  return merged;
}

/**
 * Sums are of multiples of 2^-30: adding those is exact up to 8 million, so that the order in which games arrive never
 * shows in a row. It moves a probability's square by less than a billionth.
 */
export function quantize(value: number): number {
  return Math.round(value * QUANTA) / QUANTA;
}

/** Squares of SOL grow larger and need less: multiples of 2^-20, exact up to 8 thousand million. */
export function quantizeSquare(value: number): number {
  return Math.round(value * SQUARE_QUANTA) / SQUARE_QUANTA;
}

const QUANTA = 2 ** 30;
const SQUARE_QUANTA = 2 ** 20;

function emptyValue(kind: Kind): unknown {
  switch (kind) {
    case 'count':
    case 'sum':
      return 0;
    case 'amount':
      return 0n;
    case 'max':
      return null;
    case 'counts':
    case 'sums':
      return [];
  }
}

/** In place: a year of hours is merged for one page. */
function mergeColumn(merged: Record<MetricColumn, unknown>, row: MetricsRow, column: MetricColumn): void {
  const value = row[column];
  switch (METRIC_COLUMNS[column]) {
    case 'count':
    case 'sum':
      merged[column] = (merged[column] as number) + (value as number);
      return;
    case 'amount':
      merged[column] = (merged[column] as bigint) + (value as bigint);
      return;
    case 'max':
      if (value !== null) merged[column] = Math.max((merged[column] as number | null) ?? -Infinity, value as number);
      return;
    case 'counts':
    case 'sums':
      addCounts(merged[column] as number[], value as readonly number[]);
  }
}
