import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { BUCKET_MS } from '@/lib/metrics/buckets';
import { adjustByHolm, testHomogeneity } from '@/lib/metrics/chi-square';
import { countGame } from '@/lib/metrics/count-metrics';
import { emptyMetrics } from '@/lib/metrics/metrics-row';
import { toPatterns } from '@/lib/metrics/pattern-figures';
import { chanceOfRun, toDependence, toRuns } from '@/lib/metrics/sequence-figures';
import { analyticsRangeSchema, patternsSchema } from '@/lib/protocol/analytics';

/** A Monday. */
const START = Date.UTC(2026, 0, 5);

type Game = { readonly hour: number; readonly rugTick: number; readonly peak: number };

/** Games of so many hours, 50 an hour, by a hazard that may depend on the time and the game before. */
function playGames(
  seed: string,
  hours: number,
  hazardAt: (hour: number, before: number) => number = () => 0.005,
): Game[] {
  const random = seedrandom(seed);
  const games: Game[] = [];
  for (let i = 0; i < hours * 50; i++) {
    const hour = Math.floor(i / 50);
    const hazard = hazardAt(hour, games.at(-1)?.rugTick ?? 200);
    games.push({
      hour,
      rugTick: 1 + Math.floor(Math.log1p(-random()) / Math.log1p(-hazard)),
      peak: 1 + random() ** 4 * 10,
    });
  }
  return games;
}

function patternsOf(games: readonly Game[]) {
  const rows = new Map<number, ReturnType<typeof emptyMetrics>>();
  for (const { hour, rugTick, peak } of games) {
    const row = rows.get(hour) ?? emptyMetrics();
    rows.set(hour, row);
    countGame(row, { rugTick, peak, verification: 'verified', complete: true });
  }
  const hours = [...rows].map(([hour, metrics]) => ({ bucket: START + hour * BUCKET_MS.hour, metrics }));
  const patterns = toPatterns({
    hours,
    rugTicks: games.slice(-10_000).map(({ rugTick }) => rugTick),
    sequenceMax: 10_000,
  });
  const range = analyticsRangeSchema.parse({
    from: START,
    to: START + 1,
    source: 'live',
    at: null,
    games: games.length,
    predictions: { count: 0, live: 0, replayed: 0 },
    recommendations: { count: 0, live: 0, replayed: 0 },
    staleMinutes: 0,
  });
  return patternsSchema.parse({ range, ...patterns });
}

const found = (patterns: ReturnType<typeof patternsOf>) =>
  patterns.tests.filter((test) => test.found).map(({ id }) => id);

describe('patterns', () => {
  it('are found in few of many records of pure chance', () => {
    let alarms = 0;
    for (let world = 0; world < 60; world++) if (patternsOf(playGames(`chance ${world}`, 96)).verdict.found) alarms++;
    // At 5 % a record, nine or more of 60 happen once in 300 times.
    expect(alarms).toBeLessThan(9);
  });

  it('have a verdict that says so in plain words', () => {
    const patterns = patternsOf(playGames('plain', 168));
    expect(patterns.verdict).toMatchObject({
      found: false,
      words: 'No evidence of a pattern: 7 tests over 8400 games found nothing that chance does not explain.',
    });
    expect(patterns.hours.every(({ games }) => games === 350)).toBe(true);
    expect(patterns.weekdays.map(({ weekday, games }) => [weekday, games])).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((weekday) => [weekday, 1_200]),
    );
    const mean = patterns.hours[0]!.meanLength!;
    expect(mean.lower).toBeLessThan(200);
    expect(mean.upper).toBeGreaterThan(200);
  });

  it('are found when games are shorter in the evening', () => {
    const evening = playGames('evening', 336, (hour) => (hour % 24 >= 18 ? 0.0062 : 0.0048));
    expect(found(patternsOf(evening))).toContain('length-by-hour');
  });

  it('are found when games are shorter on Sundays', () => {
    const sunday = playGames('sunday', 336, (hour) => (Math.floor(hour / 24) % 7 === 6 ? 0.007 : 0.005));
    const patterns = patternsOf(sunday);
    expect(found(patterns)).toContain('length-by-weekday');
    const means = patterns.weekdays.map(({ meanLength }) => meanLength!.value);
    expect(Math.min(...means)).toBe(means[6]);
  });

  it('are found when a short game makes the next one short', () => {
    const clustered = playGames('clusters', 168, (_, before) => (before < 40 ? 0.009 : 0.0045));
    expect(found(patternsOf(clustered))).toEqual(
      expect.arrayContaining(['short-game-clusters', 'neighbour-dependence']),
    );
  });

  it('are found when the hazard is not the published one', () => {
    const patterns = patternsOf(playGames('hazard', 168, () => 0.0056));
    expect(found(patterns)).toEqual(['length-distribution']);
    expect(patterns.verdict.words).toContain('More than chance explains in 8400 games');
  });

  it('are not claimed from too few games', () => {
    const patterns = patternsOf(playGames('few', 1).slice(0, 20));
    expect(patterns.verdict).toMatchObject({ found: false, words: 'Too few games to tell: 20 games.' });
    expect(patternsOf([]).verdict.words).toBe('Too few games to tell: 0 games.');
    expect(patternsOf([]).hours[0]).toEqual({
      hour: 0,
      games: 0,
      meanLength: null,
      medianPeak: null,
      shortShare: null,
    });
  });
});

describe('tests of many groups', () => {
  it('give the worked value', () => {
    const result = testHomogeneity([
      [10, 20],
      [20, 10],
    ])!;
    expect(result.statistic).toBeCloseTo(20 / 3, 12);
    expect(result.degreesOfFreedom).toBe(1);
    expect(result.pValue).toBeCloseTo(0.00982, 5);
  });

  it('leave out groups without games, and say nothing of too few', () => {
    expect(
      testHomogeneity([
        [10, 20],
        [0, 0],
        [20, 10],
      ]),
    ).toEqual(
      testHomogeneity([
        [10, 20],
        [20, 10],
      ]),
    );
    expect(
      testHomogeneity([
        [1, 2],
        [2, 1],
      ]),
    ).toBeNull();
    expect(testHomogeneity([[10, 20]])).toBeNull();
    expect(testHomogeneity([])).toBeNull();
  });

  it('are judged together by Holm: the worked value, in any order, never below the single one', () => {
    expect(adjustByHolm([0.01, 0.04, null, 0.03])).toEqual([0.03, 0.06, null, 0.06]);
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(p, { minLength: 1, maxLength: 10 }), (values) => {
        const adjusted = adjustByHolm(values) as number[];
        adjusted.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(values[i]!);
          expect(value).toBeLessThanOrEqual(1);
        });
        expect(adjustByHolm([...values].reverse())).toEqual([...adjusted].reverse());
      }),
    );
  });
});

describe('the order of games', () => {
  it('has as many runs as counted by hand, around the mean over all orders', () => {
    const marks = [true, true, false, true, false, false, true, false];
    const runs = toRuns(marks, { chance: 0.5 })!;
    expect(runs).toMatchObject({ games: 8, runs: 3, longestRun: 2, test: null });
    // Every one of the 70 orders of 4 and 4.
    let [sum, squares, orders] = [0, 0, 0];
    for (let bits = 0; bits < 256; bits++) {
      const order = Array.from({ length: 8 }, (_, i) => (bits & (1 << i)) !== 0);
      if (order.filter(Boolean).length !== 4) continue;
      const count = order.filter((is, i) => is && !order[i - 1]).length;
      sum += count;
      squares += count * count;
      orders++;
    }
    const mean = sum / orders;
    const deviation = Math.sqrt(squares / orders - mean * mean);
    expect(runs.runsExpected.value).toBeCloseTo(mean, 12);
    expect(runs.runsExpected.lower).toBeCloseTo(mean - 1.959964 * deviation, 5);
    expect(toRuns([true], { chance: 0.5 })).toBeNull();
  });

  it('makes long runs as likely as counting all orders says', () => {
    expect(chanceOfRun({ trials: 3, length: 2, chance: 0.5 })).toBeCloseTo(3 / 8, 12);
    let with4 = 0;
    for (let bits = 0; bits < 4_096; bits++) if (/1111/.test(bits.toString(2).padStart(12, '0'))) with4++;
    expect(chanceOfRun({ trials: 12, length: 4, chance: 0.5 })).toBeCloseTo(with4 / 4_096, 12);
    expect([
      chanceOfRun({ trials: 3, length: 0, chance: 0.5 }),
      chanceOfRun({ trials: 3, length: 4, chance: 0.5 }),
    ]).toEqual([1, 0]);
  });

  it('has the correlation of lengths that alternate, and none to tell of games all alike', () => {
    const alternating = Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? 10 : 500));
    const { lags, test } = toDependence(alternating);
    expect(lags[0]!.correlation.value).toBeCloseTo(-199 / 200, 10);
    expect(lags[1]!.correlation.value).toBeCloseTo(198 / 200, 10);
    expect(test!.pValue).toBeLessThan(1e-12);
    expect(toDependence(new Array<number>(200).fill(100))).toEqual({ lags: [], test: null });
    expect(toDependence([1, 2, 3])).toEqual({ lags: [], test: null });
  });
});
