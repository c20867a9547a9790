import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_PATH, priceAt, setPrice, toPrices, type PricePath } from '@/lib/game/price-path';

describe('a price path', () => {
  const steps = fc.array(fc.tuple(fc.nat({ max: 60 }), fc.double({ min: 0, max: 9, noNaN: true })), { maxLength: 120 });

  it('agrees with a plain map, and every earlier value stays what it was', () => {
    fc.assert(
      fc.property(steps, (puts) => {
        let path: PricePath = EMPTY_PATH;
        const model = new Map<number, number>();
        const seen: { path: PricePath; prices: (number | null)[] }[] = [];
        for (const [tick, price] of puts) {
          path = setPrice(path, tick, price).path;
          model.set(tick, price);
          seen.push({ path, prices: toPrices(path) });
        }
        for (const [tick, price] of model) expect(priceAt(path, tick)).toBe(price);
        expect(path.peak).toBe(Math.max(0, ...model.values()));
        for (const earlier of seen) expect(toPrices(earlier.path)).toEqual(earlier.prices);
      }),
    );
  });

  it('lets two values grow from the same one', () => {
    const base = setPrice(EMPTY_PATH, 0, 1).path;
    const left = setPrice(base, 1, 2).path;
    const right = setPrice(base, 1, 3).path;
    expect([toPrices(base), toPrices(left), toPrices(right)]).toEqual([[1], [1, 2], [1, 3]]);
  });

  it('says what a price changed', () => {
    const path = setPrice(EMPTY_PATH, 2, 1).path;
    expect(toPrices(path)).toEqual([null, null, 1]);
    expect(setPrice(path, 1, 5).change).toBe('added');
    expect(setPrice(path, 2, 1).change).toBe('same');
    expect(setPrice(path, 2, 7).change).toBe('corrected');
  });
});
