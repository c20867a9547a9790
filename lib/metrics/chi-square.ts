// Tests of many groups at once, and of many tests at once. Pure; the patterns page rests on them.
import { gammaSurvival } from '@/lib/math/gamma';

export type TestResult = {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
};

/** Below this the chi-square distribution is no good guide (Cochran, Biometrics 10, 1954). */
const EXPECTED_MIN = 5;

/**
 * Whether all rows of a table of counts follow one distribution (Pearson). Rows and columns without counts do not take
 * part; null when an expected count is below 5. Worked value: [[10, 20], [20, 10]] → 20/3 with 1 degree, p = 0.0098.
 */
export function testHomogeneity(table: readonly (readonly number[])[]): TestResult | null {
  const rowSums = table.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columnSums = (table[0] ?? []).map((_, column) => table.reduce((sum, row) => sum + row[column]!, 0));
  const total = rowSums.reduce((sum, count) => sum + count, 0);
  const rows = rowSums.filter((sum) => sum > 0).length;
  const columns = columnSums.filter((sum) => sum > 0).length;
  if (rows < 2 || columns < 2) return null;
  let statistic = 0;
  for (const [r, row] of table.entries()) {
    for (const [c, count] of row.entries()) {
      const expected = (rowSums[r]! * columnSums[c]!) / total;
      if (expected === 0) continue;
      if (expected < EXPECTED_MIN) return null;
      statistic += (count - expected) ** 2 / expected;
    }
  }
  return toResult(statistic, (rows - 1) * (columns - 1));
}

export function toResult(statistic: number, degreesOfFreedom: number): TestResult {
  return { statistic, degreesOfFreedom, pValue: gammaSurvival(degreesOfFreedom / 2, statistic / 2) };
}

/**
 * p-values for which a bound on one is a bound on all together (Holm, Scandinavian J. of Statistics 6, 1979); null ones
 * take no part. Worked value: 0.01, 0.04, 0.03 → 0.03, 0.06, 0.06.
 */
export function adjustByHolm(pValues: readonly (number | null)[]): (number | null)[] {
  const order = pValues
    .map((pValue, index) => ({ pValue, index }))
    .filter((entry): entry is { pValue: number; index: number } => entry.pValue !== null)
    .sort((a, b) => a.pValue - b.pValue);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let largest = 0;
  for (const [rank, { pValue, index }] of order.entries()) {
    largest = Math.max(largest, Math.min(1, pValue * (order.length - rank)));
    adjusted[index] = largest;
  }
  return adjusted;
}
