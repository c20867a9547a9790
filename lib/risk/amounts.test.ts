import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floorToStep, smallest, timesRoundedDown, winningsOf } from '@/lib/risk/amounts';
import { lamports } from '@/lib/units/lamports';

// Laws
// - timesRoundedDown is never above the true product, and never a lamport (and 10⁻¹² of the amount) below it.
// - EV is linear in the stake: that of a sum is the sum of those of its parts, to a lamport of rounding.
// - floorToStep is a multiple of the step, never above the amount and less than a step below it.

describe('money times a share', () => {
  it('has the worked values of its comments', () => {
    expect(timesRoundedDown(2_000_000_000n, -0.0916)).toBe(-183_200_000n);
    expect(winningsOf(100_000_000n, 5)).toBe(400_000_000n);
    expect(winningsOf(100_000_000n, 4.37)).toBe(337_000_000n);
  });

  it('does not lose a lamport to the noise of a double', () => {
    expect(timesRoundedDown(1_000_000_000n, 0.29)).toBe(290_000_000n);
    expect(timesRoundedDown(1_000_000_000n, 0.07)).toBe(70_000_000n);
  });

  it('rounds a loss up and a gain down', () => {
    expect(timesRoundedDown(3n, -0.5)).toBe(-2n);
    expect(timesRoundedDown(3n, 0.5)).toBe(1n);
  });

  it('is linear in the amount up to one lamport for each rounding', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 13n }),
        fc.bigInt({ min: 0n, max: 10n ** 13n }),
        fc.double({ min: -1, max: 20, noNaN: true }),
        (a, b, expectedValue) => {
          const whole = timesRoundedDown(a + b, expectedValue);
          const parts = timesRoundedDown(a, expectedValue) + timesRoundedDown(b, expectedValue);
          expect(whole - parts).toBeGreaterThanOrEqual(0n);
          expect(whole - parts).toBeLessThanOrEqual(1n);
        },
      ),
    );
  });

  it('stays within a lamport of the true product', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 40 }),
        fc.integer({ min: -1000, max: 1000 }),
        (amount, thousandths) => {
          const exact = BigInt(amount) * BigInt(thousandths);
          const rounded = timesRoundedDown(BigInt(amount), thousandths / 1000) * 1000n;
          expect(rounded).toBeLessThanOrEqual(exact + 2n); // A double's thousandth is not quite a thousandth.
          expect(rounded).toBeGreaterThan(exact - 1002n);
        },
      ),
    );
  });

  it('floors to the step of the venue and to nothing below zero', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
        (amount, step) => {
          const floored = floorToStep(amount, step);
          expect(floored % step).toBe(0n);
          expect(floored).toBeGreaterThanOrEqual(0n);
          if (amount >= 0n) expect(amount - floored).toBeLessThan(step);
          else expect(floored).toBe(0n);
        },
      ),
    );
  });

  it('finds the smallest of any number of amounts', () => {
    expect(smallest(5n)).toBe(5n);
    expect(smallest(lamports(5n), -1n, 3n)).toBe(-1n);
  });
});
