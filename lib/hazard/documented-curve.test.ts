import { describe, expect, it } from 'vitest';
import { createDocumentedCurve } from '@/lib/hazard/documented-curve';

describe('the documented curve', () => {
  const curve = createDocumentedCurve();

  it('says what the write-ups say, linear in between and flat at the end', () => {
    const said = [0, 20, 40, 100, 150, 200, 300, 500, 4_000].map((tick) => curve.windowValue(tick));
    [0.15, 0.215, 0.28, 0.5, 0.62, 0.74, 0.88, 0.96, 0.96].forEach((value, i) =>
      expect(said[i]).toBeCloseTo(value, 12),
    );
  });

  it('has hazards that spread each claim evenly over its window', () => {
    expect(1 - (1 - curve.hazardValue(1)) ** 40).toBeCloseTo(0.15, 12);
    expect(curve.cumulativeHazard(500, 540)).toBeCloseTo(-Math.log(1 - 0.96), 10);
  });
});
