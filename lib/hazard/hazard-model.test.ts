import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowProbability } from '@/lib/hazard/hazard-model';
import { createPublishedModel } from '@/lib/hazard/published';

const hazard = fc.double({ min: 0, max: 0.5, noNaN: true });

describe('the window probability', () => {
  it('is 18.17 % for forty ticks at the published hazard', () => {
    expect(windowProbability({ tick: 0, hazardAt: () => 0.005 })).toBeCloseTo(1 - 0.995 ** 40, 14);
    expect(createPublishedModel().windowProbability(123).value).toBeCloseTo(0.18168, 5);
  });

  it('is a probability, and grows with any hazard in the window', () => {
    fc.assert(
      fc.property(
        fc.array(hazard, { minLength: 40, maxLength: 40 }),
        fc.nat({ max: 39 }),
        hazard,
        (hazards, which, more) => {
          const before = windowProbability({ tick: 0, hazardAt: (tick) => hazards[tick - 1]! });
          const raised = hazards.map((h, i) => (i === which ? h + (1 - h) * more : h));
          const after = windowProbability({ tick: 0, hazardAt: (tick) => raised[tick - 1]! });
          expect(before).toBeGreaterThanOrEqual(0);
          expect(after).toBeLessThanOrEqual(1);
          expect(after).toBeGreaterThanOrEqual(before - 1e-12);
        },
      ),
    );
  });

  it('covers the ticks after the start and no other', () => {
    const only = (rugAt: number) => windowProbability({ tick: 10, hazardAt: (tick) => (tick === rugAt ? 1 : 0) });
    expect([only(10), only(11), only(50), only(51)]).toEqual([0, 1, 1, 0]);
  });
});
