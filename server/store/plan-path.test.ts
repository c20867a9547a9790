// Laws: a path tells every tick as its row did; the intervals are those of neighbours that came in their own frames.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gameId } from '@/lib/units/game-id';
import { epochMs } from '@/lib/units/time';
import { compactGame, decodeSources, encodeSources, expandPath } from '@/server/store/plan-path';
import type { TickRow } from '@/server/store/rows';
import { assessment, price } from '@/server/store/test-kit/facts';

const id = gameId('20260101-00000000000000aa');
const source = fc.constantFrom('frame' as const, 'partial' as const, 'path' as const, 'history' as const);
const at = fc.option(fc.integer({ min: 1_700_000_000_000, max: 1_702_000_000_000 }).map(epochMs));
const ticks = fc.array(fc.option(fc.record({ price, receivedAt: at, source, assessment: fc.option(assessment) })), {
  minLength: 1,
  maxLength: 40,
});

function toRows(all: readonly (Omit<TickRow, 'tick'> | null)[]): ReadonlyMap<number, TickRow> {
  return new Map(all.flatMap((row, tick) => (row === null ? [] : [[tick, { ...row, tick }] as const])));
}

function arrivals(...offsets: (number | null)[]): ReadonlyMap<number, TickRow> {
  return toRows(
    offsets.map((ms) => ({
      price: 1,
      receivedAt: ms === null ? null : epochMs(1_700_000_000_000 + ms),
      source: ms === null ? ('history' as const) : ('frame' as const),
      assessment: null,
    })),
  );
}

describe('the path of a game', () => {
  it('tells every tick as its row did', () => {
    fc.assert(
      fc.property(ticks, (all) => {
        const rows = toRows(all);
        const { path } = compactGame({ gameId: id, rugTick: all.length - 1, ticks: rows });
        expect(path.prices).toHaveLength(all.length);
        expect(expandPath(path)).toEqual([...rows.values()]);
      }),
      { numRuns: 500 },
    );
  });

  it('does without ticks after the rug', () => {
    const { path } = compactGame({ gameId: id, rugTick: 1, ticks: arrivals(0, 250, 500) });
    expect(expandPath(path).map(({ tick }) => tick)).toEqual([0, 1]);
  });

  it('does without an arrival that a clock has moved by more than an integer of milliseconds holds', () => {
    const { path } = compactGame({ gameId: id, rugTick: 2, ticks: arrivals(0, 2_147_483_647, 2_147_483_648) });
    expect(path.arrivalsMs).toEqual([0, 2_147_483_647, null]);
  });

  it('names where each stretch of ticks came from', () => {
    expect(encodeSources(['frame', 'frame', 'history', null, 'frame'])).toBe('frame:0-1 history:2-2 frame:4-4');
    expect(decodeSources('frame:0-1 history:2-2 frame:4-4', 5)).toEqual(['frame', 'frame', 'history', null, 'frame']);
    expect(() => decodeSources('frame:0-5', 5)).toThrow(RangeError);
    expect(() => decodeSources('drop table', 5)).toThrow(RangeError);
  });
});

describe('the intervals of a game', () => {
  it('are those of neighbours that both came in their own frame, with their stalls and bursts', () => {
    const { intervals } = compactGame({
      gameId: id,
      rugTick: 7,
      ticks: arrivals(0, 250, 500, null, 1_000, 2_500, 2_510, 2_760),
    });
    expect(intervals).toEqual({
      gameId: id,
      intervals: 5,
      meanMs: (250 + 250 + 1_500 + 10 + 250) / 5,
      medianMs: 250,
      p5Ms: 10,
      p95Ms: 1_500,
      p99Ms: 1_500,
      maxMs: 1_500,
      stalls: 1,
      bursts: 1,
    });
  });

  it('are none when no two neighbours were seen', () => {
    const { intervals } = compactGame({ gameId: id, rugTick: 3, ticks: arrivals(0, null, 500, null) });
    expect(intervals).toBeNull();
  });

  it('count frames that overtook one another as no time', () => {
    const { intervals } = compactGame({ gameId: id, rugTick: 1, ticks: arrivals(300, 0) });
    expect(intervals).toMatchObject({ maxMs: 0, bursts: 1 });
  });
});
