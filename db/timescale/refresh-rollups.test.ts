// Which buckets are refreshed for which minutes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toRanges } from '@/db/timescale/refresh-rollups';

const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 0, 31, 22);

describe('the ranges to refresh', () => {
  it('are whole buckets, neighbours joined', () => {
    const minutes = [START + 60_000, START, START + HOUR_MS, START + 3 * HOUR_MS + 59 * 60_000];
    expect(toRanges(minutes, HOUR_MS)).toEqual([
      { fromMs: START, toMs: START + 2 * HOUR_MS },
      { fromMs: START + 3 * HOUR_MS, toMs: START + 4 * HOUR_MS },
    ]);
    expect(toRanges([], HOUR_MS)).toEqual([]);
  });

  it('hold the buckets of all instants and of nothing else', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 })), (hours) => {
        const ranges = toRanges(
          hours.map((hour) => START + hour * HOUR_MS + 17),
          HOUR_MS,
        );
        const covered = ranges.flatMap(({ fromMs, toMs }) =>
          Array.from({ length: (toMs - fromMs) / HOUR_MS }, (_, i) => (fromMs - START) / HOUR_MS + i),
        );
        expect(covered).toEqual([...new Set(hours)].sort((a, b) => a - b));
        ranges.slice(1).forEach((range, i) => expect(range.fromMs).toBeGreaterThan(ranges[i]!.toMs));
      }),
    );
  });
});
