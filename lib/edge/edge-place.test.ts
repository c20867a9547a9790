import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { breakEvenOf, intensityOf } from '@/lib/edge/break-even';
import { createEdgePlace } from '@/lib/edge/edge-place';
import { reachOf, windowWin } from '@/lib/edge/place-reach';
import { placeRanges } from '@/lib/edge/place-ranges';
import { drawRugTick, type HazardSteps } from '@/lib/edge/test-kit/edge-worlds';

const BREAK_EVEN = breakEvenOf(5);
const RANGES = placeRanges(BREAK_EVEN);
const REACHES = RANGES.map((range) => reachOf(range, BREAK_EVEN.windowIntensity));

function play(hazards: HazardSteps, games: number) {
  const random = seedrandom('place');
  const place = createEdgePlace(BREAK_EVEN);
  for (let game = 0; game < games; game++)
    place.observe({ first: 1, last: drawRugTick(hazards, random), rugged: true });
  return place;
}

describe('the explanations of the place', () => {
  it('weigh 1 together', () => {
    expect(RANGES.reduce((sum, range) => sum + range.weight, 0)).toBeCloseTo(1, 12);
  });

  it('reach only start ticks whose window is above break-even, and not those without an affected tick', () => {
    RANGES.forEach((range, i) => {
      const { first, last } = REACHES[i]!;
      if (last < first) return;
      for (const tick of [first, Math.floor((first + last) / 2), last]) {
        expect(windowWin(range, tick)).toBeGreaterThan(BREAK_EVEN.winProbability);
        expect(tick + 40).toBeGreaterThanOrEqual(range.firstTick);
        expect(tick + 1).toBeLessThan(range.endTick);
      }
    });
  });

  it('keep their edge when the true boundaries lie elsewhere within the outermost steps', () => {
    const pick = fc.integer({ min: 0, max: RANGES.length - 1 }).filter((i) => REACHES[i]!.last >= REACHES[i]!.first);
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(pick, share, share, share, (i, at, late, early) => {
        const range = RANGES[i]!;
        const tick = Math.round(REACHES[i]!.first + at * (REACHES[i]!.last - REACHES[i]!.first));
        // The range's own intensity is kept, but squeezed into fewer ticks of its first and of its last step.
        const start = Math.round(range.firstTick + late * Math.max(0, range.coreFirst - 1 - range.firstTick));
        const end = Math.round(range.endTick - early * Math.max(0, range.endTick - range.coreEnd - 1));
        const intensity = (t: number) => {
          if (t < start || t >= end) return 0.75 * intensityOf(0.005);
          const own = intensityOf(range.hazard);
          if (range.firstTick > 1 && t < range.coreFirst)
            return (own * (range.coreFirst - range.firstTick)) / (range.coreFirst - start);
          if (t >= range.coreEnd) return (own * (range.endTick - range.coreEnd)) / (end - range.coreEnd);
          return own;
        };
        fc.pre(start < range.coreEnd && end > range.coreFirst && range.coreFirst < range.coreEnd);
        let sum = 0;
        for (let t = tick + 1; t <= tick + 40; t++) sum += intensity(t);
        expect(-Math.expm1(-sum)).toBeGreaterThan(BREAK_EVEN.winProbability - 1e-12);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the edge place', () => {
  it('gives probabilities, and bounds above break-even exactly where they reach the level', () => {
    const worlds = fc.constantFrom<HazardSteps>(
      [[1, 0.005]],
      [[1, 0.009]],
      [
        [1, 0.05],
        [10, 0.005],
      ],
      [
        [1, 0.005],
        [150, 0.015],
      ],
    );
    fc.assert(
      fc.property(worlds, fc.integer({ min: 0, max: 150 }), (hazards, games) => {
        const place = play(hazards, games);
        for (let tick = 0; tick < 700; tick += 13) {
          const probability = place.probability(tick);
          expect(probability).toBeGreaterThanOrEqual(0);
          expect(probability).toBeLessThanOrEqual(1);
          if (probability < 0.99) continue;
          expect(place.lowerWinProbability(tick, 0.99)).toBeGreaterThan(BREAK_EVEN.winProbability);
          expect(place.leading(tick)).not.toBeNull();
        }
      }),
      { numRuns: 25 },
    );
  });

  it('finds the affected ticks and no others', () => {
    const place = play(
      [
        [1, 0.005],
        [150, 0.015],
      ],
      400,
    );
    for (const tick of [150, 200, 300]) expect(place.probability(tick)).toBeGreaterThan(0.99);
    for (const tick of [0, 50, 90]) expect(place.probability(tick)).toBeLessThan(0.01);
    expect(place.lowerWinProbability(200, 0.99)).toBeGreaterThan(0.3);
    expect(place.lowerWinProbability(200, 0.99)).toBeLessThan(1 - 0.985 ** 40);
  });

  it('lets go within 300 games of an effect that has ended', () => {
    const random = seedrandom('ended');
    const place = createEdgePlace(BREAK_EVEN);
    const games = (hazard: number, count: number) => {
      for (let game = 0; game < count; game++) {
        place.observe({ first: 1, last: drawRugTick([[1, hazard]], random), rugged: true });
      }
    };
    games(0.009, 1_000);
    expect(place.probability(40)).toBeGreaterThan(0.99);
    games(0.005, 300);
    expect(place.probability(40)).toBeLessThan(0.99);
  });

  it('continues from its state bit for bit', () => {
    const place = play([[1, 0.009]], 60);
    const resumed = createEdgePlace(BREAK_EVEN, JSON.parse(JSON.stringify(place.serialize())));
    for (const last of [3, 700, 41]) {
      place.observe({ first: 1, last, rugged: true });
      resumed.observe({ first: 1, last, rugged: true });
    }
    expect(resumed.serialize()).toEqual(place.serialize());
    expect(resumed.probability(10)).toBe(place.probability(10));
  });
});
