// Laws: every amount of whole lamports that is written down is read back to the lamport; nothing is ever rounded.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStake } from '@/lib/bets/parse-stake';
import { formatSol, LAMPORTS_MAX, lamports } from '@/lib/units/lamports';

const codeOf = (request: Parameters<typeof parseStake>[0]) => {
  const parsed = parseStake(request);
  return parsed.ok ? parsed.value : parsed.error.code;
};

describe('the stake of a request', () => {
  it('is read in SOL or in lamports, as text or as a number', () => {
    expect(codeOf({ sol: '0.25' })).toBe(250_000_000n);
    expect(codeOf({ sol: 0.25 })).toBe(250_000_000n);
    expect(codeOf({ sol: '.5' })).toBe(500_000_000n);
    expect(codeOf({ sol: 1e-9 })).toBe(1n);
    expect(codeOf({ sol: 1.5e-7 })).toBe(150n);
    expect(codeOf({ lamports: '1000000' })).toBe(1_000_000n);
    expect(codeOf({ lamports: 1_000_000 })).toBe(1_000_000n);
    expect(codeOf({ lamports: String(LAMPORTS_MAX) })).toBe(LAMPORTS_MAX);
  });

  it.each([
    [{ sol: '0.1234567891' }, /more than 9 decimals/],
    [{ sol: 0.1234567891 }, /more than 9 decimals/],
    [{ sol: 0.1 + 0.2 }, /more than 9 decimals/],
    [{ sol: 1e-10 }, /more than 9 decimals/],
    [{ sol: '-1' }, /negative/],
    [{ sol: -1 }, /negative/],
    [{ lamports: '-5' }, /negative/],
    [{ lamports: -5 }, /negative/],
    [{ sol: NaN }, /no amount/],
    [{ sol: 'NaN' }, /no amount/],
    [{ lamports: NaN }, /no amount/],
    [{ sol: Infinity }, /no amount/],
    [{ lamports: Infinity }, /no amount/],
    [{ sol: 1e30 }, /more than all SOL/],
    [{ sol: '1e30' }, /no amount/],
    [{ sol: '1'.repeat(31) }, /more than all SOL/],
    [{ lamports: 1e30 }, /more than all SOL/],
    [{ lamports: '1'.repeat(31) }, /more than all SOL/],
    [{ lamports: String(LAMPORTS_MAX + 1n) }, /more than all SOL/],
    [{ sol: '0x10' }, /no amount/],
    [{ lamports: '0x10' }, /no amount/],
    [{ sol: '1,5' }, /no amount/],
    [{ sol: '1 000' }, /no amount/],
    [{ sol: '' }, /empty/],
    [{ lamports: '  ' }, /empty/],
    [{ lamports: '1.5' }, /whole number/],
    [{ lamports: 1.5 }, /whole number/],
    [{ lamports: 2 ** 53 + 2 }, /as text/],
    [{ sol: '0' }, /A stake of 0/],
    [{ sol: '0.000000000' }, /A stake of 0/],
    [{ lamports: 0 }, /A stake of 0/],
    [{ lamports: -0 }, /A stake of 0/],
    [{}, /none was given/],
    [{ sol: '1', lamports: '1' }, /both were given/],
  ])('is refused as bad-amount for %o, in words', (request, words) => {
    const parsed = parseStake(request);
    expect(parsed).toMatchObject({ ok: false, error: { code: 'bad-amount' } });
    if (!parsed.ok) expect(parsed.error.message).toMatch(words);
  });

  it('is never rounded, whatever it is', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: LAMPORTS_MAX }), (amount) => {
        expect(codeOf({ sol: formatSol(lamports(amount)) })).toBe(amount);
        expect(codeOf({ lamports: String(amount) })).toBe(amount);
      }),
    );
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1e6, noNaN: true }), (sol) => {
        const parsed = parseStake({ sol });
        if (parsed.ok) expect(Number(formatSol(parsed.value))).toBe(sol);
        else expect(parsed.error.message).toMatch(/more than 9 decimals/);
      }),
    );
  });

  it('never throws, whatever text it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (text, inSol) => {
        const code = codeOf(inSol ? { sol: text } : { lamports: text });
        expect(typeof code === 'bigint' || code === 'bad-amount').toBe(true);
      }),
    );
  });
});
