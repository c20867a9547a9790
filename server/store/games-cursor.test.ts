import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gameId } from '@/lib/units/game-id';
import { epochMs } from '@/lib/units/time';
import { formatCursor, parseCursor } from '@/server/store/games-cursor';

describe('a cursor', () => {
  it('says where a page ended', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_102_444_800_000 }),
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        (at, n) => {
          const cursor = { listedAt: epochMs(at), gameId: gameId(`20260101-${n.toString(16).padStart(16, '0')}`) };
          expect(parseCursor(formatCursor(cursor))).toEqual(cursor);
        },
      ),
    );
  });

  it('is refused when it is not one of ours', () => {
    const ours = formatCursor({ listedAt: epochMs(1), gameId: gameId('20260101-0000000000000001') });
    const encoded = (text: string) => Buffer.from(text).toString('base64url');
    const bad = ['', 'x', `${ours}A`, ours.slice(1), `${ours}=`, encoded('1e3 20260101-0000000000000001')];
    bad.push(encoded('NaN 20260101-0000000000000001'), encoded('99999999999999999 20260101-0000000000000001'));
    bad.push(
      encoded('1 20260101-0000000000000001 2'),
      encoded("1 '; drop table games --"),
      encoded('1.5 20260101-0000000000000001'),
    );
    for (const text of bad) expect(() => parseCursor(text), text).toThrow(RangeError);
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parseCursor(text)).toThrow(RangeError);
      }),
    );
  });
});
