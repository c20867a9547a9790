import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASSESSMENT_NUMBERS, fromAssessmentRow, toAssessmentRow } from '@/lib/protocol/assessment-row';

const figure = fc.double({ noNaN: true });
const packed = fc.record({
  x: figure,
  m: fc.constantFrom('published@1', 'edge-evidence@1'),
  a: fc.array(figure, { minLength: 12, maxLength: 12 }),
  e: fc.option(fc.tuple(figure, figure)),
  d: fc.option(fc.tuple(figure, figure, figure)),
  s: fc.integer({ min: 0, max: 7 }),
});

describe('the stored row of an assessment', () => {
  it('gives the compact assessment back', () => {
    fc.assert(
      fc.property(packed, (assessment) => {
        const row = toAssessmentRow(assessment);
        expect(row).toHaveLength(ASSESSMENT_NUMBERS);
        expect(fromAssessmentRow(row, assessment.m)).toEqual(assessment);
      }),
    );
  });

  it('of another length is refused', () => {
    expect(() => fromAssessmentRow([1, 2], 'published@1')).toThrow(RangeError);
  });
});
