import { describe, expect, it } from 'vitest';
import { bridgesRows, loneRows, pickTicks, toLineRows } from '@/components/charts/recharts/line-rows';

describe('the rows of a line chart', () => {
  it('join the points of all series by x, in order, and invent none', () => {
    const a = {
      name: 'a',
      points: [
        { x: 2, y: 1 },
        { x: 0, y: 3 },
      ],
    };
    const b = {
      name: 'b',
      points: [
        { x: 2, y: null },
        { x: 5, y: 4 },
      ],
    };
    expect(toLineRows([a, b])).toEqual([
      { x: 0, points: [{ x: 0, y: 3 }, undefined] },
      {
        x: 2,
        points: [
          { x: 2, y: 1 },
          { x: 2, y: null },
        ],
      },
      { x: 5, points: [undefined, { x: 5, y: 4 }] },
    ]);
    expect([a, b].map(bridgesRows)).toEqual([true, false]);
  });

  it('are labelled at some of their own x, equally far apart', () => {
    const days = Array.from({ length: 30 }, (_, day) => day);
    expect(pickTicks(days, 8)).toEqual([0, 4, 8, 12, 16, 20, 24, 28]);
    expect(pickTicks(days.slice(0, 3), 8)).toEqual([0, 1, 2]);
    expect(pickTicks(days, 0)).toEqual([0]);
  });

  it('tell the points that a line leaves out: alone, or between gaps, unless the line goes across the gap', () => {
    const gaps = {
      name: 'gaps',
      points: [1, null, 3, 4, null, 6].map((y, x) => ({ x, y })),
    };
    const whole = {
      name: 'whole',
      points: [
        { x: 1, y: 1 },
        { x: 4, y: 1 },
      ],
    };
    const single = { name: 'single', points: [{ x: 2, y: 5 }] };
    const all = [gaps, whole, single];
    const rows = toLineRows(all);
    expect(all.map((series, index) => [...loneRows(rows, index, series)])).toEqual([[0, 5], [], [2]]);
  });
});
