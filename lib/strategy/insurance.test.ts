import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  certaintyEquivalentGain,
  certaintyEquivalentHeld,
  computeInsurance,
  insuranceThreshold,
  optimalInsuranceStake,
  worthwhileProbability,
  type InsuranceInput,
} from '@/lib/strategy/insurance';
import { kellyFraction } from '@/lib/strategy/kelly';
import { PUBLISHED_WIN, sol } from '@/lib/strategy/test-kit/cases';
import { lamports } from '@/lib/units/lamports';

// Laws
// - The closed-form stake is what a numerical search for the maximum of expected log utility finds, and beats its neighbours.
// - Insuring is worth something exactly when the position is above the threshold, and up to that stake never harmful.
// - Without a position it is Kelly's stake.
// - Selling is worth more for certain than holding, insured or not, when the bet has no positive EV.

const terms = fc.record({
  bankroll: fc.double({ min: 0.1, max: 1_000, noNaN: true }),
  position: fc.double({ min: 0, max: 1_000, noNaN: true }),
  winProbability: fc.double({ min: 0.01, max: 0.9, noNaN: true }),
  payout: fc.double({ min: 1.1, max: 20, noNaN: true }),
});

type Terms = { bankroll: number; position: number; winProbability: number; payout: number };

const utility = ({ bankroll, position, winProbability: p, payout }: Terms, stake: number) =>
  p * Math.log(bankroll + (payout - 1) * stake) + (1 - p) * Math.log(bankroll + position - stake);

/** Golden-section search over the stakes that leave both outcomes solvent. */
function searchBest(given: Terms): number {
  let low = -given.bankroll / (given.payout - 1);
  let high = given.bankroll + given.position;
  const ratio = (Math.sqrt(5) - 1) / 2;
  for (let step = 0; step < 120; step++) {
    const a = high - ratio * (high - low);
    const b = low + ratio * (high - low);
    if (utility(given, a) < utility(given, b)) low = a;
    else high = b;
  }
  return (low + high) / 2;
}

describe('insurance of an open position', () => {
  it('has the worked values of its comments', () => {
    expect(optimalInsuranceStake({ bankroll: 1, position: 1, winProbability: 0.2, payout: 5 })).toBeCloseTo(0.2, 12);
    expect(insuranceThreshold({ winProbability: PUBLISHED_WIN, payout: 5 })).toBeCloseTo(0.126047, 6);
  });

  it('stakes what a numerical search finds', () => {
    fc.assert(
      fc.property(terms, (given) => {
        const scale = given.bankroll + given.position;
        expect(Math.abs(optimalInsuranceStake(given) - searchBest(given)) / scale).toBeLessThan(1e-5);
      }),
    );
  });

  it('beats its neighbours', () => {
    fc.assert(
      fc.property(terms, fc.double({ min: 0.01, max: 0.2, noNaN: true }), (given, share) => {
        const best = optimalInsuranceStake(given);
        const step = share * (given.bankroll + given.position - best);
        expect(utility(given, best)).toBeGreaterThan(utility(given, best + step));
        expect(utility(given, best)).toBeGreaterThan(
          utility(given, best - share * (given.bankroll / (given.payout - 1) + best)),
        );
      }),
    );
  });

  it('is worth buying exactly above the threshold, at negative EV too', () => {
    fc.assert(
      fc.property(terms, (given) => {
        const threshold = insuranceThreshold(given);
        const ratio = given.position / given.bankroll;
        fc.pre(Math.abs(ratio - threshold) > 1e-9);
        const best = optimalInsuranceStake(given);
        expect(best > 0).toBe(ratio > threshold);
        expect(best > 0).toBe(given.winProbability > worthwhileProbability(given));
        const tiny = 1e-4 * Math.abs(best);
        fc.pre(tiny > 1e-7 && tiny < given.bankroll);
        expect(certaintyEquivalentGain({ ...given, stake: tiny }) > 0).toBe(best > 0);
      }),
    );
  });

  it('never harms up to the best stake', () => {
    fc.assert(
      fc.property(terms, fc.double({ min: 0, max: 1, noNaN: true }), (given, share) => {
        const best = Math.min(optimalInsuranceStake(given), given.bankroll);
        fc.pre(best > 0);
        expect(certaintyEquivalentGain({ ...given, stake: share * best })).toBeGreaterThanOrEqual(-1e-9);
      }),
    );
  });

  it("is Kelly's stake when there is nothing to insure", () => {
    fc.assert(
      fc.property(terms, (given) => {
        const stake = Math.max(0, optimalInsuranceStake({ ...given, position: 0 }));
        expect(stake / given.bankroll).toBeCloseTo(kellyFraction(given), 9);
        expect(worthwhileProbability({ ...given, position: 0 })).toBeCloseTo(1 / given.payout, 12);
      }),
    );
  });

  it('is never worth more than selling while the bet loses on average', () => {
    fc.assert(
      fc.property(terms, (given) => {
        fc.pre(given.position > 0.01 && given.payout * given.winProbability <= 1);
        const stake = Math.max(0, Math.min(optimalInsuranceStake(given), given.bankroll));
        const insured = certaintyEquivalentHeld(given) + certaintyEquivalentGain({ ...given, stake });
        expect(insured).toBeLessThan(given.position);
      }),
    );
  });
});

describe('the insurance calculator', () => {
  const input: InsuranceInput = {
    bankrollLamports: sol('1'),
    positionLamports: sol('1'),
    winProbability: PUBLISHED_WIN,
    payout: 5,
    ceilingLamports: sol('1'),
    stakeStepLamports: lamports(1_000n),
  };

  it('insures a position as large as the bankroll under the published rule', () => {
    const result = computeInsurance(input);
    expect(result).toMatchObject({
      ok: true,
      value: { stakeLamports: 158_779_000n, unlimitedStakeLamports: 158_779_000n, ifNoRugLamports: -158_779_000n },
    });
    if (!result.ok) return;
    const { heldLamports, insuredLamports, gainLamports, ifRugLamports, expectedProfitLamports } = result.value;
    // 2^0.81832 − 1 = 0.76335; with the stake 0.80193.
    expect(Number(heldLamports) / 1e9).toBeCloseTo(0.76335, 5);
    expect(Number(insuredLamports) / 1e9).toBeCloseTo(0.80193, 5);
    expect(insuredLamports - heldLamports - gainLamports).toBeLessThanOrEqual(1n);
    expect(ifRugLamports).toBe(4n * 158_779_000n - 1_000_000_000n);
    expect(Number(expectedProfitLamports) / 1e9).toBeCloseTo(-0.0916006 * 0.158779, 8);
  });

  it('stays within the ceiling and says what it would have staked', () => {
    const result = computeInsurance({ ...input, ceilingLamports: sol('0.05') });
    expect(result).toMatchObject({ value: { stakeLamports: sol('0.05'), unlimitedStakeLamports: 158_779_000n } });
  });

  it('buys nothing for a position below the threshold', () => {
    const result = computeInsurance({ ...input, positionLamports: sol('0.126') });
    expect(result).toMatchObject({ value: { stakeLamports: 0n, gainLamports: 0n, expectedProfitLamports: 0n } });
    const above = computeInsurance({ ...input, positionLamports: sol('0.1261') });
    expect(above.ok && above.value.stakeLamports > 0n).toBe(true);
  });

  it.each<[string, Partial<InsuranceInput>]>([
    ['bankrollLamports', { bankrollLamports: lamports(0n) }],
    ['bankrollLamports', { bankrollLamports: lamports(-1n) }],
    ['positionLamports', { positionLamports: lamports(0n) }],
    ['winProbability', { winProbability: 0 }],
    ['winProbability', { winProbability: NaN }],
    ['winProbability', { winProbability: 1.01 }],
    ['payout', { payout: 0 }],
    ['payout', { payout: 1 }],
    ['ceilingLamports', { ceilingLamports: lamports(-1n) }],
  ])('refuses an impossible %s and names it', (field, change) => {
    expect(computeInsurance({ ...input, ...change })).toMatchObject({ ok: false, error: { field } });
  });
});
