import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMs } from '@/lib/units/time';
import { createInstantText } from '@/server/store/copy-ticks';

describe('the text of an instant', () => {
  it('means that instant, to the millisecond, in whatever order instants come', () => {
    const instants = fc.array(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), { maxLength: 20 });
    fc.assert(
      fc.property(instants, fc.nat({ max: 120_000 }), (starts, step) => {
        const toText = createInstantText();
        for (const at of starts.flatMap((start) => [start, start + step, start + 2 * step])) {
          if (at > 253_402_300_799_999) continue;
          expect(new Date(toText(epochMs(at))).getTime()).toBe(at);
        }
      }),
    );
  });

  it('is ISO 8601 in UTC', () => {
    expect(createInstantText()(epochMs(1_767_225_609_050))).toBe('2026-01-01T00:00:09.05Z');
    expect(createInstantText()(epochMs(1_767_225_659_999))).toBe('2026-01-01T00:00:59.999Z');
    expect(createInstantText()(epochMs(1_767_225_660_000))).toBe('2026-01-01T00:01:00Z');
  });
});
