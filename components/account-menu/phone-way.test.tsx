import { renderToStaticMarkup } from 'react-dom/server';
import decodeQR from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { QrCode } from '@/components/account-menu/phone-way';
import { phantomAppLink } from '@/components/wallet/ports/mobile-place';

/** Pixels of one module. */
const SCALE = 4;

/** What a camera reads off the drawing. */
function readDrawing(svg: string): string {
  const size = Number(/viewBox="0 0 (\d+) /.exec(svg)![1]) * SCALE;
  const data = new Uint8ClampedArray(size * size * 4).fill(255);
  for (const [, x, y] of svg.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let dy = 0; dy < SCALE; dy++) {
      for (let dx = 0; dx < SCALE; dx++) {
        const pixel = (Number(y) * SCALE + dy) * size + Number(x) * SCALE + dx;
        data.fill(0, pixel * 4, pixel * 4 + 3);
      }
    }
  }
  return decodeQR({ width: size, height: size, data });
}

describe('the code that shows a phone the way', () => {
  it.each(['/', '/sessions?venue=practice', `/games/${'x'.repeat(150)}`])('reads back as the link to %s', (path) => {
    const link = phantomAppLink(new URL(path, 'https://fortytick.example'));
    expect(readDrawing(renderToStaticMarkup(<QrCode text={link} />))).toBe(link);
  });
});
