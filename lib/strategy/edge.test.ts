import { describe, expect, it } from 'vitest';
import { computeEdge, probabilityAbove } from '@/lib/strategy/edge';
import { anAssessment, EDGE } from '@/lib/strategy/test-kit/cases';

describe('the edge of an assessment', () => {
  it('reads the deviation off the interval', () => {
    // ± 0.03 at 95 %: 0.03 / 1.959964.
    expect(computeEdge(EDGE).deviation).toBeCloseTo(0.0153064, 7);
    const wide = { ...EDGE, winProbability: { ...EDGE.winProbability, level: 0.99 } };
    expect(computeEdge(wide).deviation).toBeCloseTo(0.03 / 2.5758293, 7);
    expect(computeEdge(anAssessment()).deviation).toBe(0);
  });

  it('is supported only when the lower end clears break-even and what is asked on top', () => {
    expect(computeEdge(EDGE).supported).toBe(true);
    expect(computeEdge(EDGE, 0.02).supported).toBe(true);
    expect(computeEdge(EDGE, 0.03).supported).toBe(false);
    expect(computeEdge(anAssessment({ win: 0.26, lower: 0.19, upper: 0.33 })).supported).toBe(false);
    expect(computeEdge(anAssessment()).supported).toBe(false);
    expect(computeEdge({ ...EDGE, zone: 'break-even' }).supported).toBe(false);
  });

  it('says how sure it is that the win probability is above a threshold', () => {
    const edge = computeEdge(EDGE);
    expect(probabilityAbove(edge, edge.winProbability)).toBeCloseTo(0.5, 12);
    expect(probabilityAbove(edge, edge.lower)).toBeCloseTo(0.975, 12);
    const exact = computeEdge(anAssessment());
    expect(probabilityAbove(exact, 0.2)).toBe(0);
    expect(probabilityAbove(exact, 0.1)).toBe(1);
    expect(probabilityAbove(exact, exact.winProbability)).toBe(0.5);
  });
});
