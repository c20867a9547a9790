import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeEdge } from '@/lib/strategy/edge';
import { certaintyEquivalent, kellyFraction, kellyShrinkage } from '@/lib/strategy/kelly';
import { anAssessment, PUBLISHED_WIN } from '@/lib/strategy/test-kit/cases';

// Laws
// - Kelly's fraction beats every neighbour in expected log growth, and is 0 exactly when the EV is not positive.
// - The shrinkage lies in 0..1 and falls as the estimate gets less certain.
// - A certainty equivalent is never above the EV.

const growth = (fraction: number, winProbability: number, payout: number) =>
  winProbability * Math.log1p((payout - 1) * fraction) + (1 - winProbability) * Math.log1p(-fraction);

const probabilities = fc.double({ min: 0.01, max: 0.97, noNaN: true });
const payouts = fc.double({ min: 1.1, max: 20, noNaN: true });

describe("Kelly's stake", () => {
  it('has the worked values of its comments', () => {
    expect(kellyFraction({ winProbability: 0.25, payout: 5 })).toBeCloseTo(0.0625, 12);
    expect(kellyFraction({ winProbability: PUBLISHED_WIN, payout: 5 })).toBe(0);
    const edge = { ...computeEdge(anAssessment({ win: 0.25 })), deviation: 0.02 };
    expect(kellyShrinkage(edge)).toBeCloseTo(0.862, 3);
    expect(certaintyEquivalent({ bankroll: 1, stake: 0.0625, winProbability: 0.25, payout: 5 })).toBeCloseTo(
      0.00740931,
      8,
    );
  });

  it('beats its neighbours in expected log growth', () => {
    fc.assert(
      fc.property(probabilities, payouts, fc.double({ min: 1e-3, max: 0.02, noNaN: true }), (p, payout, step) => {
        const best = kellyFraction({ winProbability: p, payout });
        const atBest = growth(best, p, payout);
        if (best + step < 1) expect(atBest).toBeGreaterThan(growth(best + step, p, payout));
        if (best - step >= 0) expect(atBest).toBeGreaterThan(growth(best - step, p, payout));
      }),
    );
  });

  it('is nothing without an edge and something with one', () => {
    fc.assert(
      fc.property(probabilities, payouts, (winProbability, payout) => {
        expect(kellyFraction({ winProbability, payout }) > 0).toBe(payout * winProbability > 1);
      }),
    );
  });

  it('shrinks by the factor that numerical integration over the estimate finds', () => {
    const [p, payout, deviation] = [0.25, 5, 0.02];
    const expectedGrowth = (factor: number) => {
      let sum = 0;
      let weights = 0;
      for (let z = -5; z <= 5; z += 0.05) {
        const weight = Math.exp((-z * z) / 2);
        const fraction = factor * kellyFraction({ winProbability: p + z * deviation, payout });
        sum += weight * growth(fraction, p, payout);
        weights += weight;
      }
      return sum / weights;
    };
    let best = 0;
    for (let factor = 0; factor <= 1.5; factor += 0.005)
      if (expectedGrowth(factor) > expectedGrowth(best)) best = factor;
    const edge = { ...computeEdge(anAssessment({ win: p })), deviation };
    expect(Math.abs(best - kellyShrinkage(edge))).toBeLessThan(0.03);
  });

  it('shrinks more, the less certain the estimate', () => {
    fc.assert(
      fc.property(probabilities, fc.double({ min: 0, max: 0.1, noNaN: true }), (win, deviation) => {
        const edge = { ...computeEdge(anAssessment({ win })), deviation };
        const less = { ...edge, deviation: deviation + 0.01 };
        expect(kellyShrinkage(edge)).toBeLessThanOrEqual(1);
        expect(kellyShrinkage(less)).toBeLessThanOrEqual(kellyShrinkage(edge));
        expect(kellyShrinkage(less)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('values no stake above its expected profit', () => {
    fc.assert(
      fc.property(
        probabilities,
        payouts,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (winProbability, payout, stake) => {
          const worth = certaintyEquivalent({ bankroll: 1, stake, winProbability, payout });
          expect(worth).toBeLessThanOrEqual(stake * (payout * winProbability - 1) + 1e-12);
          expect(worth).toBeGreaterThanOrEqual(-1);
        },
      ),
    );
  });
});
