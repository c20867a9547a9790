import { describe, expect, it } from 'vitest';
import { lonePoints } from '@/components/charts/lone-points';

describe('the lone points of a line', () => {
  it('are the known values with nothing known beside them', () => {
    expect(lonePoints([1])).toEqual([0]);
    expect(lonePoints([1, null, 2, 3, null, 4])).toEqual([0, 5]);
    expect(lonePoints([undefined, 0, undefined])).toEqual([1]);
  });

  it('are none where a line shows all, or nothing is known', () => {
    expect([[], [null], [1, 2], [null, 1, 2, null]].map(lonePoints)).toEqual([[], [], [], []]);
  });
});
