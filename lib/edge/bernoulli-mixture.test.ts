import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { logEvidenceAbove, logEvidenceBelow, lowerBound, upperBound } from '@/lib/edge/bernoulli-mixture';

const LOG_200 = Math.log(200);
const probability = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const counts = fc
  .record({ trials: fc.integer({ min: 0, max: 5_000 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ trials, share }) => ({ trials, successes: Math.round(trials * share) }));

describe('the mixture for a mean of 0/1 outcomes', () => {
  it('expects at most 1 under any means whose average keeps to the null, by enumeration of every outcome', () => {
    fc.assert(
      fc.property(fc.array(probability, { minLength: 1, maxLength: 8 }), (means) => {
        const average = means.reduce((sum, mean) => sum + mean, 0) / means.length;
        let above = 0;
        let below = 0;
        for (let outcome = 0; outcome < 2 ** means.length; outcome++) {
          let chance = 1;
          let successes = 0;
          means.forEach((mean, i) => {
            const success = (outcome >> i) & 1;
            chance *= success ? mean : 1 - mean;
            successes += success;
          });
          const observed = { successes, trials: means.length };
          above += chance * Math.exp(logEvidenceAbove(average, observed));
          below += chance * Math.exp(logEvidenceBelow(average, observed));
        }
        expect(above).toBeLessThanOrEqual(1 + 1e-12);
        expect(below).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it('is a martingale, exactly 1 in expectation, when the mean is constant and equal to the null', () => {
    for (const p of [0.005, 0.2, 0.7]) {
      let expected = 0;
      for (const [successes, ways] of [1, 4, 6, 4, 1].entries()) {
        const chance = ways * p ** successes * (1 - p) ** (4 - successes);
        expected += chance * Math.exp(logEvidenceAbove(p, { successes, trials: 4 }));
      }
      expect(expected).toBeCloseTo(1, 12);
    }
  });

  it('grows with every success and falls with the null', () => {
    fc.assert(
      fc.property(counts, probability, probability, (observed, p, q) => {
        const more = { successes: observed.successes + 1, trials: observed.trials + 1 };
        const less = { successes: observed.successes, trials: observed.trials + 1 };
        expect(logEvidenceAbove(p, more)).toBeGreaterThan(logEvidenceAbove(p, less));
        expect(logEvidenceBelow(p, more)).toBeLessThan(logEvidenceBelow(p, less));
        if (p < q) expect(logEvidenceAbove(p, observed)).toBeGreaterThanOrEqual(logEvidenceAbove(q, observed));
      }),
    );
  });
});

describe('the confidence sequence', () => {
  it('excludes exactly the means against which the evidence has reached the threshold', () => {
    fc.assert(
      fc.property(counts, probability, (observed, p) => {
        const lower = lowerBound(observed, LOG_200);
        const upper = upperBound(observed, LOG_200);
        expect(lower).toBeLessThanOrEqual(upper);
        if (Math.abs(p - lower) > 1e-7) expect(p < lower).toBe(logEvidenceAbove(p, observed) > LOG_200);
        if (Math.abs(p - upper) > 1e-7) expect(p > upper).toBe(logEvidenceBelow(p, observed) > LOG_200);
      }),
    );
  });

  it('contains the share observed, and everything before the first trial', () => {
    fc.assert(
      fc.property(counts, (observed) => {
        const share = observed.trials === 0 ? 0.5 : observed.successes / observed.trials;
        expect(lowerBound(observed, LOG_200)).toBeLessThanOrEqual(share);
        expect(upperBound(observed, LOG_200)).toBeGreaterThanOrEqual(share);
      }),
    );
    expect([
      lowerBound({ successes: 0, trials: 0 }, LOG_200),
      upperBound({ successes: 0, trials: 0 }, LOG_200),
    ]).toEqual([0, 1]);
  });

  it('misses the true mean at any time in at most 1 of 100 runs, looking after every trial', () => {
    const runs = 1_000;
    let missed = 0;
    for (let run = 0; run < runs; run++) {
      const random = seedrandom(`coverage ${run}`);
      let successes = 0;
      for (let trials = 1; trials <= 1_000; trials++) {
        if (random() < 0.2) successes++;
        const observed = { successes, trials };
        if (Math.max(logEvidenceAbove(0.2, observed), logEvidenceBelow(0.2, observed)) < LOG_200) continue;
        missed++;
        break;
      }
    }
    expect(missed).toBeGreaterThan(0); // A bound that nothing ever misses would be wider than it need be.
    expect(missed / runs).toBeLessThanOrEqual(0.01);
  });
});
