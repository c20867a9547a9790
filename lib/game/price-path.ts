// One game's prices by tick, as a persistent value: appending shares the array, anything else copies it. A value
// handed out earlier sees only its own length, so callers may keep it for as long as they like.

export type PricePath = {
  /** Shared storage; only entries below `length` belong to this value. Null marks a tick not (yet) known. */
  readonly storage: (number | null)[];
  readonly length: number;
  readonly peak: number;
};

export type PathChange = 'added' | 'same' | 'corrected';

export const EMPTY_PATH: PricePath = Object.freeze({ storage: [], length: 0, peak: 0 });

/** Puts a price at a tick; the gap before it, if any, is filled with nulls. */
export function setPrice(path: PricePath, tick: number, price: number): { path: PricePath; change: PathChange } {
  if (tick >= path.length) return { path: append(path, tick, price), change: 'added' };
  const known = path.storage[tick];
  if (known === price) return { path, change: 'same' };
  const storage = path.storage.slice(0, path.length);
  storage[tick] = price;
  const peak = known === null ? Math.max(path.peak, price) : highest(storage);
  return { path: { storage, length: path.length, peak }, change: known === null ? 'added' : 'corrected' };
}

function append(path: PricePath, tick: number, price: number): PricePath {
  // Two values may grow from the same one; only the first may use the shared tail.
  const storage =
    path.storage.length === path.length && path.length > 0 ? path.storage : path.storage.slice(0, path.length);
  while (storage.length < tick) storage.push(null);
  storage.push(price);
  return { storage, length: tick + 1, peak: Math.max(path.peak, price) };
}

export function priceAt(path: PricePath, tick: number): number | null {
  return tick >= 0 && tick < path.length ? (path.storage[tick] ?? null) : null;
}

/** A copy that nobody else holds. */
export function toPrices(path: PricePath): (number | null)[] {
  return path.storage.slice(0, path.length);
}

function highest(prices: readonly (number | null)[]): number {
  let peak = 0;
  for (const price of prices) if (price !== null && price > peak) peak = price;
  return peak;
}
