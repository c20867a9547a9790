// The digest of a game's path that its `finished` event seals: SHA-256 over the prices in tick order, each as the eight
// bytes of its double, most significant first; a tick nobody knows is eight bytes 0xFF, which no price is. PostgreSQL
// works out the same with float8send. Pure.
import { portableSha256, type Sha256 } from '@/lib/event-log/sha256';

const DOUBLE_BYTES = 8;
const UNKNOWN_BYTE = 0xff;

export function digestPath(prices: readonly (number | null)[], sha256: Sha256 = portableSha256): string {
  const bytes = new Uint8Array(prices.length * DOUBLE_BYTES);
  const view = new DataView(bytes.buffer);
  prices.forEach((price, tick) => {
    const at = tick * DOUBLE_BYTES;
    if (price === null) bytes.fill(UNKNOWN_BYTE, at, at + DOUBLE_BYTES);
    else view.setFloat64(at, price);
  });
  return sha256(bytes);
}
