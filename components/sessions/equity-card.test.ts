import { describe, expect, it } from 'vitest';
import { decimalsFor } from '@/components/sessions/equity-card';

const at = (...nets: number[]) => nets.map((net) => ({ net, best: Math.max(0, net) }));

describe('the labels of the result’s axis', () => {
  it.each([
    [at(0, 1.5), 2],
    [at(0, -0.01), 4],
    [at(0, 0.004, -0.001), 5],
    [at(0), 2],
    [at(0, -120), 2],
  ])('of %j have %i decimals, so that no two of them read the same', (rows, decimals) => {
    expect(decimalsFor(rows)).toBe(decimals);
  });
});
