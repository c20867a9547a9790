// Laws: merging is associative and commutative, with the empty row as its neutral element; minutes rolled up through five
// minutes, hours and days hold what everything at once holds; a range is covered once, by as few buckets as fit; a
// quantile lies in the bin of the value it stands for.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUCKET_MS, bucketStart, coverRange, MINUTE_MS, RESOLUTIONS } from '@/lib/metrics/buckets';
import { countCrowd, countGame, countPrediction, countServiceMinute } from '@/lib/metrics/count-metrics';
import { ABSOLUTE_ERROR_EDGES, LATENCY_EDGES, LENGTH_EDGES, PEAK_EDGES, SIGNED_ERROR_EDGES } from '@/lib/metrics/edges';
import { addToBin, binOf, quantileOf, totalOf } from '@/lib/metrics/histogram';
import { emptyMetrics, mergeMetrics, type MetricsRow } from '@/lib/metrics/metrics-row';

const amount = fc.bigInt({ min: 0n, max: 10n ** 12n });
const tick = fc.nat({ max: 5_000 });

const game = fc.record({
  rugTick: tick,
  peak: fc.option(fc.double({ min: 1, max: 5_000, noNaN: true })),
  verification: fc.constantFrom('verified' as const, 'failed' as const, 'unverifiable' as const),
  complete: fc.boolean(),
});
const prediction = fc
  .record({
    tick: fc.oneof(
      tick,
      fc.nat({ max: 125 }).map((window) => window * 40),
    ),
    live: fc.boolean(),
    winProbability: fc.double({ min: 0, max: 1, noNaN: true }),
    won: fc.boolean(),
    rugTick: tick,
    medianTick: tick,
  })
  .map((made) => ({
    ...made,
    lower90: made.medianTick - 90,
    lower50: made.medianTick - 40,
    upper50: made.medianTick + 60,
    upper90: made.medianTick + 300,
  }));
const crowd = fc
  .record({
    bets: fc.nat({ max: 300 }),
    practiceBets: fc.nat({ max: 300 }),
    stakedLamports: amount,
    paidLamports: amount,
    trades: fc.nat(1_000),
    tradedLamports: amount,
  })
  .chain((one) => fc.nat({ max: one.bets }).map((won) => ({ ...one, won })));
const service = fc.record({
  frames: fc.nat(1_000),
  deadLetters: fc.nat(10),
  disconnects: fc.nat(10),
  errors: fc.nat(10),
  latencyCounts: fc.array(fc.nat(100), { maxLength: LATENCY_EDGES.length }),
});

const happening = fc.oneof(
  game.map((one) => (row: ReturnType<typeof emptyMetrics>) => countGame(row, one)),
  prediction.map((one) => (row: ReturnType<typeof emptyMetrics>) => countPrediction(row, one)),
  crowd.map((one) => (row: ReturnType<typeof emptyMetrics>) => countCrowd(row, one)),
  service.map((one) => (row: ReturnType<typeof emptyMetrics>) => countServiceMinute(row, one)),
);

function countAll(happenings: readonly ((row: ReturnType<typeof emptyMetrics>) => void)[]): MetricsRow {
  const row = emptyMetrics();
  for (const count of happenings) count(row);
  return row;
}

const row = fc.array(happening, { maxLength: 8 }).map(countAll);

describe('merging rows of metrics', () => {
  it('is associative and commutative, to the last bit', () => {
    fc.assert(
      fc.property(row, row, row, (a, b, c) => {
        expect(mergeMetrics([a, b])).toEqual(mergeMetrics([b, a]));
        expect(mergeMetrics([mergeMetrics([a, b]), c])).toEqual(mergeMetrics([a, mergeMetrics([b, c])]));
      }),
    );
  });

  it('leaves a row alone that is merged with nothing', () => {
    fc.assert(
      fc.property(row, (a) => {
        expect(mergeMetrics([a, emptyMetrics()])).toEqual(a);
        expect(mergeMetrics([a])).toEqual(a);
      }),
    );
  });

  it('gives the same through minutes, five minutes, hours and days as all at once', () => {
    const at = fc.integer({ min: 0, max: 3 * BUCKET_MS.day - 1 });
    fc.assert(
      fc.property(fc.array(fc.tuple(at, happening), { maxLength: 25 }), (happenings) => {
        let level = new Map<number, MetricsRow>();
        for (const [ms, count] of happenings) {
          const minute = bucketStart(ms, 'minute');
          const before = level.get(minute) ?? emptyMetrics();
          level.set(minute, mergeMetrics([before, countAll([count])]));
        }
        for (const resolution of RESOLUTIONS.slice(1)) {
          const above = new Map<number, MetricsRow[]>();
          for (const [bucket, metrics] of level) {
            const start = bucketStart(bucket, resolution);
            above.set(start, [...(above.get(start) ?? []), metrics]);
          }
          level = new Map([...above].map(([bucket, rows]) => [bucket, mergeMetrics(rows)]));
        }
        expect(mergeMetrics(level.values())).toEqual(countAll(happenings.map(([, count]) => count)));
      }),
    );
  });
});

describe('covering a range', () => {
  const minutes = fc.nat({ max: 100_000 });

  it('takes every minute of it once, in whole buckets, at most two stretches of a level below the largest', () => {
    fc.assert(
      fc.property(minutes, minutes, (a, b) => {
        const [from, to] = [Math.min(a, b) * MINUTE_MS, Math.max(a, b) * MINUTE_MS];
        const stretches = coverRange({ from, to });
        let at = from;
        for (const stretch of stretches) {
          expect(stretch.from).toBe(at);
          expect(stretch.from % BUCKET_MS[stretch.resolution]).toBe(0);
          expect(stretch.to % BUCKET_MS[stretch.resolution]).toBe(0);
          expect(stretch.to).toBeGreaterThan(stretch.from);
          at = stretch.to;
        }
        expect(at).toBe(to);
        for (const resolution of RESOLUTIONS) {
          const own = stretches.filter((stretch) => stretch.resolution === resolution);
          expect(own.length).toBeLessThanOrEqual(2);
          const rows = own.reduce((sum, stretch) => sum + (stretch.to - stretch.from) / BUCKET_MS[resolution], 0);
          if (resolution !== 'day') expect(rows).toBeLessThanOrEqual(46);
        }
      }),
    );
  });

  it('is the worked value: 23:58 to 01:07', () => {
    const at = (hour: number, minute: number) => hour * BUCKET_MS.hour + minute * MINUTE_MS;
    expect(coverRange({ from: at(23, 58), to: at(25, 7) })).toEqual([
      { resolution: 'minute', from: at(23, 58), to: at(24, 0) },
      { resolution: 'hour', from: at(24, 0), to: at(25, 0) },
      { resolution: 'five-minutes', from: at(25, 0), to: at(25, 5) },
      { resolution: 'minute', from: at(25, 5), to: at(25, 7) },
    ]);
  });
});

describe('histograms', () => {
  it.each([
    ['lengths', LENGTH_EDGES],
    ['peaks', PEAK_EDGES],
    ['absolute errors', ABSOLUTE_ERROR_EDGES],
    ['signed errors', SIGNED_ERROR_EDGES],
    ['latencies', LATENCY_EDGES],
  ])('of %s have rising edges, and put a value into the bin that holds it', (_, edges) => {
    for (let i = 1; i < edges.length; i++) expect(edges[i]!).toBeGreaterThan(edges[i - 1]!);
    const value = fc.oneof(fc.constantFrom(...edges), fc.double({ min: edges[0]!, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(value, (x) => {
        const bin = binOf(edges, x);
        expect(edges[bin]!).toBeLessThanOrEqual(x);
        expect(x).toBeLessThan(edges[bin + 1] ?? Infinity);
      }),
    );
  });

  it('give quantiles no further off than the resolution they state', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 4_999 }), { minLength: 1, maxLength: 60 }),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        (values, p) => {
          const counts: number[] = [];
          for (const value of values) addToBin(counts, binOf(LENGTH_EDGES, value));
          const sorted = [...values].sort((a, b) => a - b);
          const exact = sorted[Math.ceil(p * values.length) - 1]!;
          const { value, resolution } = quantileOf({ edges: LENGTH_EDGES, counts, p, max: sorted.at(-1)! })!;
          expect(Math.abs(value - exact)).toBeLessThanOrEqual(resolution);
          expect(totalOf(counts)).toBe(values.length);
        },
      ),
    );
  });

  it('have the median of the worked value, and none without values', () => {
    expect(quantileOf({ edges: [0, 10, 20], counts: [1, 3], p: 0.5 })).toEqual({ value: 10 + 10 / 3, resolution: 10 });
    expect(quantileOf({ edges: [0, 10, 20], counts: [], p: 0.5 })).toBeNull();
    // The last bin has no end of its own.
    expect(quantileOf({ edges: [0, 10], counts: [0, 4], p: 1, max: 30 })).toEqual({ value: 30, resolution: 20 });
  });
});
