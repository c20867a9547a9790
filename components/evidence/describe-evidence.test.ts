import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anEvidence } from '@/components/advice/test-kit/advice-fixtures';
import {
  describeDrift,
  describeEvidence,
  describeRange,
  describeRanges,
  formatEValue,
} from '@/components/evidence/describe-evidence';
import { placeOnScale } from '@/components/evidence/evidence-meter';

describe('the evidence in words', () => {
  it.each([
    [0.4, 653, 'No evidence of an edge after 653 games'],
    [2.9, 1, 'No evidence of an edge after 1 game'],
    [12.4, 653, 'Some evidence: 12 of the 100 needed, after 653 games'],
    [99.6, 653, 'Some evidence: 99 of the 100 needed, after 653 games'],
    [100, 700, 'An edge: evidence of 100, where 100 is needed, after 700 games'],
    [5, 0, 'No finished games yet: nothing speaks for an edge'],
  ])('of %d after %d games: %s', (eValue, games, words) => {
    expect(describeEvidence(anEvidence({ eValue, games }))).toBe(words);
  });

  it('names the strongest range only when it says something', () => {
    expect(describeRanges(anEvidence())).toBe('nowhere in particular');
    expect(describeRanges(anEvidence({ ranges: [] }))).toBe('nowhere in particular');
    const ranges = [{ from: 201, to: null, eValue: 14 }];
    expect(describeRanges(anEvidence({ ranges }))).toBe('some from tick 201 on: 14 of 100');
    const strong = [{ from: 1, to: 9, eValue: 240 }];
    expect(describeRanges(anEvidence({ ranges: strong, eValue: 130 }))).toBe('an edge at ticks 1–9: 240 of 100');
    expect(describeRanges(anEvidence({ ranges: strong, eValue: 30 }))).toBe('some at ticks 1–9: 240 of 100');
    expect(describeRange({ from: 1, to: null })).toBe('at every tick');
  });

  it('says whether games end sooner or later than the rules say', () => {
    expect(describeDrift(anEvidence())).toBe('as the published rules say');
    expect(describeDrift(anEvidence({ drift: { eValue: 20, direction: 'longer' } }))).toBe(
      'perhaps later than the rules say: 20 of 100',
    );
    expect(describeDrift(anEvidence({ drift: { eValue: 5_000, direction: 'shorter' } }))).toBe(
      'sooner than the rules say: 5000',
    );
  });

  it('writes e-values short, and never one that is not needed as one that is', () => {
    expect([0.001, 0.4, 1, 3.14, 99.6, 12_345, 1e300].map(formatEValue)).toEqual([
      '<0.01',
      '0.4',
      '1',
      '3.1',
      '99',
      '12345',
      'over a million',
    ]);
  });
});

describe('the meter', () => {
  it('has no evidence in the middle and an edge at its end, and rises with the evidence', () => {
    expect([placeOnScale(1, 100), placeOnScale(100, 100)]).toEqual([0.5, 1]);
    expect(placeOnScale(0.01, 100)).toBeCloseTo(0, 12);
    expect([placeOnScale(1e300, 100), placeOnScale(0, 100), placeOnScale(10, 100)]).toEqual([1, 0, 0.75]);
    const eValue = fc.double({ min: 0, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(eValue, eValue, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(placeOnScale(low, 100)).toBeLessThanOrEqual(placeOnScale(high, 100));
      }),
    );
  });
});
