import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMemoField } from '@/server/chain/memo-field';

describe('memos in a list of signatures', () => {
  it('come back as they went in, whatever is in them', () => {
    const memo = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.constantFrom('; [2] hi', '[3] x', ''));
    fc.assert(
      fc.property(fc.array(memo, { maxLength: 4 }), (memos) => {
        const texts = memos.map((text) => Buffer.from(text).toString('utf8'));
        const field = texts.map((text) => `[${Buffer.byteLength(text)}] ${text}`).join('; ');
        expect(parseMemoField(field)).toEqual(texts);
      }),
    );
  });

  it('may be none, no text, or not memos at all', () => {
    expect(parseMemoField(null)).toEqual([]);
    expect(parseMemoField('[3] (unparseable); [2] hi')).toEqual(['(unparseable)', 'hi']);
    expect(parseMemoField('hello')).toEqual([]);
    expect(parseMemoField('[9] short')).toEqual([]);
  });
});
