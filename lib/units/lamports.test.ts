import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSol, lamports, LAMPORTS_MAX, parseSol, solToLamports } from '@/lib/units/lamports';

describe('lamports', () => {
  const amounts = fc.bigInt({ min: 0n, max: 5_000_000n * 1_000_000_000n });

  it('come back exactly from the double a feed would send, up to a million SOL', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999_999n }), (amount) => {
        const asDouble = Number(formatSol(lamports(amount)));
        expect(solToLamports(asDouble)).toEqual({ ok: true, value: amount });
      }),
    );
  });

  it('come back exactly from their text', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(parseSol(formatSol(lamports(amount)))).toEqual({ ok: true, value: amount });
      }),
    );
  });

  it.each([
    [NaN, 'not-a-number'],
    [Infinity, 'not-a-number'],
    [-0.001, 'negative'],
    [1e30, 'too-large'],
    [0.0000000001, 'more-than-9-decimals'],
    [1.00000000051, 'more-than-9-decimals'],
  ])('refuse %d as %s', (sol, error) => {
    expect(solToLamports(sol)).toEqual({ ok: false, error });
  });

  it.each([
    ['', 'not-a-number'],
    ['.', 'not-a-number'],
    ['1,5', 'not-a-number'],
    ['1e3', 'not-a-number'],
    ['-1', 'negative'],
    ['0.1234567891', 'more-than-9-decimals'],
    ['999999999999', 'too-large'],
  ])('refuse the text "%s" as %s', (text, error) => {
    expect(parseSol(text)).toEqual({ ok: false, error });
  });

  it('take the noise of a sum made in doubles', () => {
    expect(solToLamports(0.1 + 0.2)).toEqual({ ok: true, value: 300_000_000n });
  });

  it('stay inside what the database holds', () => {
    expect(LAMPORTS_MAX).toBeLessThan(2n ** 63n);
  });
});
