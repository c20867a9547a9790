import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { alarmRanges } from '@/lib/edge/alarm-ranges';
import { breakEvenOf } from '@/lib/edge/break-even';
import { createEdgeAlarm } from '@/lib/edge/edge-alarm';
import { createHazardDrift } from '@/lib/edge/hazard-drift';
import { drawRugTick } from '@/lib/edge/test-kit/edge-worlds';

const BREAK_EVEN = breakEvenOf(5);
const rugTicks = fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 30 });
const rug = (rugTick: number) => ({ first: 1, last: rugTick, rugged: true });

describe('the edge alarm', () => {
  it.each([1.5, 2, 5, 5.4])('bets all it has, and only on hazards above break-even, at a payout of %d', (payout) => {
    const breakEven = breakEvenOf(payout);
    const ranges = alarmRanges(breakEven);
    expect(ranges.reduce((sum, range) => sum + range.weight, 0)).toBeCloseTo(1, 12);
    expect(ranges.every((range) => range.hazard > breakEven.hazard && range.hazard < 1)).toBe(true);
    expect(createEdgeAlarm(breakEven).eValue()).toBeCloseTo(1, 12);
  });

  it('does not grow in expectation under any hazards up to break-even, after any games, by enumeration', () => {
    const ticks = 250;
    const curve = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(rugTicks, curve, (games, shares) => {
        const alarm = createEdgeAlarm(BREAK_EVEN);
        for (const rugTick of games) alarm.observe(rug(rugTick));
        const state = alarm.serialize();
        const next = (last: number, rugged: boolean) => {
          const copy = createEdgeAlarm(BREAK_EVEN, state);
          copy.observe({ first: 1, last, rugged });
          return copy.eValue();
        };
        let alive = 1;
        let expected = 0;
        for (let tick = 1; tick <= ticks; tick++) {
          const hazard = BREAK_EVEN.hazard * shares[tick % shares.length]!;
          expected += alive * hazard * next(tick, true);
          alive *= 1 - hazard;
        }
        expected += alive * next(ticks, false);
        expect(expected).toBeLessThanOrEqual(alarm.eValue() * (1 + 1e-9));
      }),
      { numRuns: 30 },
    );
  });

  it('is false in at most 1 of 100 runs at exactly break-even', () => {
    const runs = 1_000;
    let alarms = 0;
    for (let run = 0; run < runs; run++) {
      const random = seedrandom(`break-even ${run}`);
      const alarm = createEdgeAlarm(BREAK_EVEN);
      for (let game = 0; game < 300 && alarm.eValue() < 100; game++) {
        alarm.observe(rug(drawRugTick([[1, BREAK_EVEN.hazard]], random)));
      }
      if (alarm.eValue() >= 100) alarms++;
    }
    expect(alarms / runs).toBeLessThanOrEqual(0.01);
  });

  it('does not depend on the order of games, as far as the bets from the first game on go', () => {
    fc.assert(
      fc.property(rugTicks, (games) => {
        const forth = createEdgeAlarm(BREAK_EVEN);
        const back = createEdgeAlarm(BREAK_EVEN);
        for (const rugTick of games) forth.observe(rug(rugTick));
        for (const rugTick of [...games].reverse()) back.observe(rug(rugTick));
        forth.serialize().fromStart.forEach((value, i) => {
          expect(back.serialize().fromStart[i]! / value).toBeCloseTo(1, 9);
        });
      }),
    );
  });
});

describe('the drift', () => {
  it.each([
    ['higher', 0.007],
    ['lower', 0.0035],
  ])('sees a %s hazard and names the side', (direction, hazard) => {
    const random = seedrandom(`drift ${hazard}`);
    const drift = createHazardDrift();
    for (let game = 0; game < 400; game++) drift.observe(rug(drawRugTick([[1, hazard]], random)));
    expect(drift.eValue()).toBeGreaterThan(100);
    expect(drift.direction()).toBe(direction);
  });

  it('is false in at most 1 of 100 runs at the published hazard', () => {
    const runs = 1_000;
    let alarms = 0;
    for (let run = 0; run < runs; run++) {
      const random = seedrandom(`published ${run}`);
      const drift = createHazardDrift();
      for (let game = 0; game < 400 && drift.eValue() < 100; game++) {
        drift.observe(rug(drawRugTick([[1, 0.005]], random)));
      }
      if (drift.eValue() >= 100) alarms++;
    }
    expect(alarms / runs).toBeLessThanOrEqual(0.01);
  });
});
