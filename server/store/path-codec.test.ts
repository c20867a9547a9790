// Laws: what is encoded comes back, number for number as the four-byte floats of `ticks` hold them; equal ticks give equal
// bytes; damaged bytes are refused, never read as something else's numbers without end.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toAssessmentRow } from '@/lib/protocol/assessment-row';
import type { CompactAssessment } from '@/lib/protocol/compact-assessment';
import { decodeAssessments, encodeAssessments, toFloat32Decimal } from '@/server/store/path-codec';
import { assessment } from '@/server/store/test-kit/facts';

const ticks = fc.array(fc.option(assessment), { maxLength: 60 });
/** Any bits at all. */
const anyFloat = fc.float();

function bits(row: CompactAssessment | null): number[] | null {
  return row && [...new Uint32Array(Float32Array.from(toAssessmentRow(row)).buffer)];
}

describe('the codec of assessments', () => {
  it('gives back every assessment, and where there was none', () => {
    fc.assert(
      fc.property(ticks, (made) => {
        const encoded = encodeAssessments(made);
        const decoded = encoded === null ? made.map(() => null) : decodeAssessments(encoded);
        expect(encoded === null).toBe(made.every((one) => one === null));
        expect(decoded).toEqual(made);
        expect(decoded.map(bits)).toEqual(made.map(bits));
        expect(encodeAssessments(decoded)).toEqual(encoded);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the bits of figures that are no short decimals: −0, infinities, the smallest and the largest', () => {
    const odd = [-0, Infinity, -Infinity, 1.401298464324817e-45, 3.4028234663852886e38, 0.1, 16_777_217, 4_194_304];
    const figures = fc.array(fc.oneof(anyFloat, fc.constantFrom(...odd)), { minLength: 12, maxLength: 12 });
    const made = fc.array(
      figures.map((a): CompactAssessment => ({ x: 5, m: 'published@1', a, e: null, d: null, s: 0 })),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(made, (all) => {
        expect(decodeAssessments(encodeAssessments(all)!).map(bits)).toEqual(all.map(bits));
      }),
      { numRuns: 300 },
    );
  });

  it('refuses bytes that it did not write', () => {
    const encoded = encodeAssessments([fc.sample(assessment, { numRuns: 1, seed: 1 })[0]!])!;
    expect(() => decodeAssessments(Buffer.from([2, ...encoded.subarray(1)]))).toThrow(RangeError);
    for (let end = 0; end < encoded.length; end++) expect(() => decodeAssessments(encoded.subarray(0, end))).toThrow();
  });
});

describe('the shortest decimal of a four-byte float', () => {
  it('reads back as the same float', () => {
    fc.assert(
      fc.property(anyFloat, (value) => {
        expect(Math.fround(toFloat32Decimal(value))).toBe(Math.fround(value));
      }),
    );
  });

  it('is the decimal it was made of, up to six digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: -999_999, max: 999_999 }), fc.nat({ max: 6 }), (whole, decimals) => {
        const value = whole / 10 ** decimals;
        expect(toFloat32Decimal(Math.fround(value))).toBe(value);
      }),
    );
  });
});
