import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { toQrCode } from '@/lib/wallet/qr-code';

const LINK =
  'https://phantom.app/ul/browse/https%3A%2F%2Ffortytick.example%2Fsessions%3Fvenue%3Dpractice?ref=https%3A%2F%2Ffortytick.example';
const draw = (text: string) => toQrCode(text)!.map((row) => row.map((isDark) => (isDark ? '#' : '.')).join(''));
const digestOf = (text: string) => bytesToHex(sha256(new TextEncoder().encode(draw(text).join('\n')))).slice(0, 16);

describe('a QR code', () => {
  it('is drawn module by module', () => {
    expect(draw('Fortytick')).toEqual([
      '#######..#.##.#######',
      '#.....#..###..#.....#',
      '#.###.#.##.##.#.###.#',
      '#.###.#..#.#..#.###.#',
      '#.###.#...#.#.#.###.#',
      '#.....#.....#.#.....#',
      '#######.#.#.#.#######',
      '........##.##........',
      '###.########.##...#..',
      '.##..#.#.....#.##.###',
      '#.....#.#...##.###.##',
      '######.##.#........##',
      '.##..##.##..#....#.##',
      '........#.##.#####.#.',
      '#######.####.#.##..##',
      '#.....#.#..###.#.....',
      '#.###.#.#..#..####...',
      '#.###.#.......#.#..#.',
      '#.###.#.##..#..##.#.#',
      '#.....#.###...#....#.',
      '#######.#...#.#..#.##',
    ]);
  });

  // Each of these was read back by jsQR 1.4.0, as was every fifth length from 1 to 271 characters.
  it.each([
    ['a link, with an alignment pattern', LINK, 41, '08d9e8566f953ff1'],
    ['the longest text, in four blocks and with its version written in', 'a'.repeat(271), 57, '74ae3782af25975f'],
  ])('holds %s', (_, text, size, digest) => {
    expect(toQrCode(text)).toHaveLength(size);
    expect(digestOf(text)).toBe(digest);
  });

  it('is not made of what does not fit, counted in bytes', () => {
    expect(toQrCode('a'.repeat(272))).toBeNull();
    expect(toQrCode('ü'.repeat(136))).toBeNull();
    expect(toQrCode('ü'.repeat(135))).not.toBeNull();
  });
});
