// Whether the games follow any pattern a player could use: by hour of the day, by weekday, by what came before. Every
// test is told with its result, and all are judged together, since seven looks find something by chance in every third
// record of pure luck. Pure; called by server/history/patterns.
import { PUBLISHED_HAZARD } from '@/lib/game/rules';
import { bucketStart, DAY_MS, HOUR_MS } from '@/lib/metrics/buckets';
import { adjustByHolm, testHomogeneity, type TestResult } from '@/lib/metrics/chi-square';
import { LENGTH_EDGES, PEAK_EDGES } from '@/lib/metrics/edges';
import { hazardOverTicks, toHazardFigures } from '@/lib/metrics/hazard-figures';
import { countBelow, quantileOf, totalOf, type Counts } from '@/lib/metrics/histogram';
import { mergeMetrics, type MetricColumn, type MetricsRow } from '@/lib/metrics/metrics-row';
import { toDependence, toRuns } from '@/lib/metrics/sequence-figures';
import { toShare } from '@/lib/metrics/shares';
import { formatNumber } from '@/lib/units/format';
import type { EstimateView, PatternsAnswer, PatternTest } from '@/lib/protocol/analytics';

/** Below this a game is short: a bet placed at its start has won, or nearly so. */
export const SHORT_TICKS = 40;
/** Chance of at least one false alarm over all tests. */
const FAMILY_LEVEL = 0.05;
/** About a quarter of games in each part, so that a change anywhere shows; all are edges of the histograms. */
const LENGTH_PARTS = [40, 140, 280];
const PEAK_PARTS = [1.25, 1.6, 2.5];

/** What patterns need of a row: a year of hours is read at once. */
export const PATTERN_COLUMNS: readonly MetricColumn[] = [
  'games',
  'lengthSum',
  'lengthMax',
  'lengthCounts',
  'peakMax',
  'peakCounts',
  'predictions',
  'predictionsLive',
];

export type PatternInput = {
  /** Rows of hours, whatever their order. */
  readonly hours: readonly { readonly bucket: number; readonly metrics: MetricsRow }[];
  /** Lengths of the newest games in the order they ended, at most `sequenceMax` of them. */
  readonly rugTicks: readonly number[];
  readonly sequenceMax: number;
};

export function toPatterns({ hours, rugTicks, sequenceMax }: PatternInput): Omit<PatternsAnswer, 'range'> {
  const byHour = groupRows(hours, 24, (bucket) => (bucketStart(bucket, 'hour') % DAY_MS) / HOUR_MS);
  // 1 January 1970 was a Thursday.
  const byWeekday = groupRows(hours, 7, (bucket) => (Math.floor(bucket / DAY_MS) + 3) % 7);
  const all = mergeMetrics(byHour);
  const expectedShare = -Math.expm1((SHORT_TICKS - 1) * Math.log1p(-PUBLISHED_HAZARD));
  const runs = toRuns(
    rugTicks.map((rugTick) => rugTick < SHORT_TICKS),
    { chance: expectedShare },
  );
  const dependence = toDependence(rugTicks);
  const tests = judge([
    aboutGroups('length-by-hour', 'Lengths by hour of the day', byHour, lengthParts),
    aboutGroups('length-by-weekday', 'Lengths by weekday', byWeekday, lengthParts),
    aboutGroups('peak-by-hour', 'Peaks by hour of the day', byHour, peakParts),
    aboutGroups('peak-by-weekday', 'Peaks by weekday', byWeekday, peakParts),
    {
      id: 'length-distribution',
      title: 'Lengths against the published rule',
      games: all.games,
      result: toHazardFigures(all).test,
    },
    {
      id: 'short-game-clusters',
      title: 'Clusters of short games',
      games: rugTicks.length,
      result: runs?.test ?? null,
    },
    {
      id: 'neighbour-dependence',
      title: 'A game and the ten before it',
      games: rugTicks.length,
      result: dependence.test,
    },
  ]);
  return {
    verdict: toVerdict(tests, all.games),
    tests,
    hours: byHour.map((row, hour) => ({ hour, ...toSlot(row) })),
    weekdays: byWeekday.map((row, i) => ({ weekday: i + 1, ...toSlot(row) })),
    shortGames: {
      belowTicks: SHORT_TICKS,
      share: toShortShare(all),
      expectedShare,
      sequence: runs && {
        games: runs.games,
        runs: runs.runs,
        runsExpected: runs.runsExpected,
        longestRun: runs.longestRun,
        longestRunChance: runs.longestRunChance,
      },
    },
    dependence: { games: rugTicks.length, gamesMax: sequenceMax, lags: [...dependence.lags] },
  };
}

function groupRows(rows: PatternInput['hours'], groups: number, groupOf: (bucket: number) => number): MetricsRow[] {
  const members = Array.from({ length: groups }, (): MetricsRow[] => []);
  for (const { bucket, metrics } of rows) members[groupOf(bucket)]!.push(metrics);
  return members.map((member) => mergeMetrics(member, PATTERN_COLUMNS));
}

function toSlot(row: MetricsRow) {
  return {
    games: row.games,
    meanLength: toMeanLength(row),
    medianPeak: quantileOf({ edges: PEAK_EDGES, counts: row.peakCounts, p: 0.5, max: row.peakMax })?.value ?? null,
    shortShare: toShortShare(row),
  };
}

/** The mean is one over the hazard, and so is its interval. */
function toMeanLength({ games, lengthSum }: MetricsRow): EstimateView | null {
  if (games === 0 || lengthSum === 0) return null;
  const hazard = hazardOverTicks({ rugs: games, ticks: lengthSum });
  return { value: 1 / hazard.value, lower: 1 / hazard.upper, upper: 1 / hazard.lower };
}

function toShortShare(row: MetricsRow) {
  return toShare({ count: countBelow(LENGTH_EDGES, row.lengthCounts, SHORT_TICKS), of: row.games });
}

type Result = {
  readonly id: PatternTest['id'];
  readonly title: string;
  readonly games: number;
  readonly result: TestResult | null;
};

function aboutGroups(
  id: PatternTest['id'],
  title: string,
  groups: readonly MetricsRow[],
  parts: (row: MetricsRow) => number[],
): Result {
  const table = groups.map(parts);
  return { id, title, games: totalOf(table.flat()), result: testHomogeneity(table) };
}

function lengthParts(row: MetricsRow): number[] {
  return toParts(LENGTH_EDGES, row.lengthCounts, LENGTH_PARTS);
}

function peakParts(row: MetricsRow): number[] {
  return toParts(PEAK_EDGES, row.peakCounts, PEAK_PARTS);
}

function toParts(edges: readonly number[], counts: Counts, bounds: readonly number[]): number[] {
  const below = [...bounds.map((bound) => countBelow(edges, counts, bound)), totalOf(counts)];
  return below.map((count, i) => count - (below[i - 1] ?? 0));
}

function judge(results: readonly Result[]): PatternTest[] {
  const adjusted = adjustByHolm(results.map(({ result }) => result?.pValue ?? null));
  return results.map(({ id, title, games, result }, i) => {
    const adjustedPValue = adjusted[i]!;
    const found = adjustedPValue !== null && adjustedPValue < FAMILY_LEVEL;
    return {
      id,
      title,
      games,
      statistic: result?.statistic ?? null,
      degreesOfFreedom: result?.degreesOfFreedom || null,
      pValue: result?.pValue ?? null,
      adjustedPValue,
      found,
      words: toWords({ result, adjustedPValue, found }),
    };
  });
}

function toWords({
  result,
  adjustedPValue,
  found,
}: {
  result: TestResult | null;
  adjustedPValue: number | null;
  found: boolean;
}): string {
  if (result === null || adjustedPValue === null) return 'Too few games to tell.';
  const p = `p = ${formatNumber(result.pValue, 3)}, ${formatNumber(adjustedPValue, 3)} with all tests taken together`;
  return found ? `More than chance explains: ${p}.` : `No more than chance explains: ${p}.`;
}

function toVerdict(tests: readonly PatternTest[], games: number): PatternsAnswer['verdict'] {
  const told = tests.filter(({ pValue }) => pValue !== null);
  const found = told.filter((test) => test.found);
  const count = `${games} ${games === 1 ? 'game' : 'games'}`;
  if (told.length === 0) {
    return { found: false, words: `Too few games to tell: ${count}.`, familyLevel: FAMILY_LEVEL };
  }
  const looks = told.length === 1 ? '1 test' : `${told.length} tests`;
  const words =
    found.length > 0
      ? `More than chance explains in ${count}: ${found.map(({ title }) => title).join('; ')}.`
      : `No evidence of a pattern: ${looks} over ${count} found nothing that chance does not explain.`;
  return { found: found.length > 0, words, familyLevel: FAMILY_LEVEL };
}
