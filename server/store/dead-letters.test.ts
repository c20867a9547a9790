import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMs } from '@/lib/units/time';
import { PART_CHARS_MAX, toBoundedJson, toStoredLetter } from '@/server/store/dead-letters';

describe('the part of a dead letter', () => {
  it('is kept as JSON while it is small', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const { text, isCut } = toBoundedJson(value, 100_000);
        expect(isCut).toBe(false);
        expect(text).toBe(JSON.stringify(value));
      }),
    );
  });

  it('is cut to its bound, and starts as the whole would', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.nat({ max: 40 }), (value, charsMax) => {
        const { text, isCut } = toBoundedJson(value, charsMax);
        const whole = JSON.stringify(value);
        expect(text.length).toBeLessThanOrEqual(charsMax);
        expect(isCut).toBe(whole.length > charsMax);
        if (isCut) expect(whole.startsWith(text)).toBe(true);
      }),
    );
  });

  it('costs no more than its bound when it is huge', () => {
    let reads = 0;
    const huge = Array.from({ length: 100_000 }, () => ({
      get big() {
        reads++;
        return 'x'.repeat(1_000);
      },
    }));
    expect(toBoundedJson(huge, PART_CHARS_MAX).text).toHaveLength(PART_CHARS_MAX);
    expect(reads).toBeLessThan(10);
  });

  it('may be as deep as it likes, hold lamports, or be nothing', () => {
    let deep: unknown = 'bottom';
    for (let i = 0; i < 10_000; i++) deep = [deep];
    expect(toBoundedJson(deep, 1_000).text).toContain('"…"');
    expect(toBoundedJson({ stake: 5n, none: undefined }, 100).text).toBe('{"stake":5,"none":null}');
    expect(toBoundedJson(undefined, 100).text).toBe('null');
  });

  it('holds nothing that PostgreSQL refuses', () => {
    const letter = toStoredLetter({ at: epochMs(0), event: 'e\0', reason: 'r\0\ud800', part: 'p\0' });
    expect(letter).toEqual({ at: 0, event: 'e\uFFFD', reason: 'r\uFFFD\uFFFD', part: '"p\\u0000"', partCut: false });
  });
});
