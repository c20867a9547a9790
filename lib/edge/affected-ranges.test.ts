import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRangeLikelihoods, NO_END, type GameSpan } from '@/lib/edge/affected-ranges';

const TICKS = 12;
const BASELINE = 0.1;
const range = fc
  .record({
    firstTick: fc.integer({ min: 1, max: TICKS }),
    length: fc.integer({ min: 1, max: TICKS }),
    endless: fc.boolean(),
    hazard: fc.double({ min: 0.01, max: 0.9, noNaN: true }),
  })
  .map(({ firstTick, length, endless, hazard }) => ({
    firstTick,
    endTick: endless ? NO_END : firstTick + length,
    hazard,
    weight: 1,
  }));
/** Every way in which a game watched from `first` can go, with its chance: a rug at each tick, or alive at the last. */
function outcomes(hazards: readonly number[], first: number): { span: GameSpan; chance: number }[] {
  let alive = 1;
  const ends = [];
  for (let tick = first; tick <= TICKS; tick++) {
    ends.push({ span: { first, last: tick, rugged: true }, chance: alive * hazards[tick - 1]! });
    alive *= 1 - hazards[tick - 1]!;
  }
  return [...ends, { span: { first, last: TICKS, rugged: false }, chance: alive }];
}

function expectation(
  of: Parameters<typeof createRangeLikelihoods>[0][number],
  hazards: readonly number[],
  first: number,
) {
  const likelihoods = createRangeLikelihoods([of], BASELINE);
  const factor = new Float64Array(1);
  return outcomes(hazards, first).reduce((sum, { span, chance }) => {
    likelihoods.read(span, factor);
    return sum + chance * factor[0]!;
  }, 0);
}

describe('the likelihood ratio of an affected range', () => {
  it('is the product of its ticks', () => {
    fc.assert(
      fc.property(
        range,
        fc.integer({ min: 1, max: TICKS }),
        fc.integer({ min: 0, max: TICKS }),
        fc.boolean(),
        (affected, first, more, rugged) => {
          const span = { first, last: first + more, rugged };
          const factor = new Float64Array(1);
          createRangeLikelihoods([affected], BASELINE).read(span, factor);
          let product = 1;
          for (let tick = first; tick <= span.last; tick++) {
            if (tick < affected.firstTick || tick >= affected.endTick) continue;
            const rug = rugged && tick === span.last;
            product *= rug ? affected.hazard / BASELINE : (1 - affected.hazard) / (1 - BASELINE);
          }
          expect(factor[0]! / product).toBeCloseTo(1, 10);
        },
      ),
    );
  });

  it('is 1 in expectation under the baseline, whole games, joined late and cut short', () => {
    fc.assert(
      fc.property(range, fc.integer({ min: 1, max: TICKS }), (affected, first) => {
        expect(expectation(affected, new Array<number>(TICKS).fill(BASELINE), first)).toBeCloseTo(1, 10);
      }),
    );
  });

  it('is at most 1 in expectation under any hazards up to the baseline, when its own is above', () => {
    const hazards = fc.array(fc.double({ min: 0, max: BASELINE, noNaN: true }), { minLength: TICKS, maxLength: TICKS });
    fc.assert(
      fc.property(range, hazards, (affected, curve) => {
        fc.pre(affected.hazard > BASELINE);
        expect(expectation(affected, curve, 1)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });
});
