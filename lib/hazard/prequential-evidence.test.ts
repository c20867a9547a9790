import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { createPrequentialEvidence, logNotStarted, logStartWeight } from '@/lib/hazard/prequential-evidence';

const gains = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 60 });

describe('prequential evidence', () => {
  it('is the mixture over starting games that it claims to be', () => {
    fc.assert(
      fc.property(gains, (nats) => {
        const evidence = createPrequentialEvidence();
        for (const each of nats) evidence.add(each);
        let mixture = Math.exp(logNotStarted(nats.length));
        nats.forEach((_, start) => {
          const product = Math.exp(nats.slice(start).reduce((sum, each) => sum + each, 0));
          mixture += Math.exp(logStartWeight(start + 1)) * product;
        });
        expect(evidence.logEValue()).toBeCloseTo(Math.log(mixture), 8);
        expect(evidence.gainPerGame()).toBeCloseTo(nats.reduce((a, b) => a + b) / nats.length, 10);
      }),
    );
  });

  it('gives all starts together a weight of one', () => {
    let weight = 0;
    for (let game = 1; game <= 500; game++) weight += Math.exp(logStartWeight(game));
    expect(weight + Math.exp(logNotStarted(500))).toBeCloseTo(1, 10);
    expect(createPrequentialEvidence().logEValue()).toBeCloseTo(0, 12);
  });

  it('passes 100 in at most 1 of 100 runs in which the challenger knows nothing', () => {
    const runs = 2_000;
    let alarms = 0;
    for (let run = 0; run < runs; run++) {
      const random = seedrandom(`null ${run}`);
      const evidence = createPrequentialEvidence();
      for (let game = 0; game < 400; game++) {
        // A fair coin, and a challenger that claims 60 %.
        evidence.add(Math.log((random() < 0.5 ? 0.6 : 0.4) / 0.5));
        if (evidence.logEValue() <= Math.log(100)) continue;
        alarms++;
        break;
      }
    }
    expect(alarms / runs).toBeLessThanOrEqual(0.01);
  });

  it('loses no more than its stake: long years without an advantage do not hide a later one', () => {
    const evidence = createPrequentialEvidence();
    for (let game = 0; game < 5_000; game++) evidence.add(-0.5);
    expect(evidence.logEValue()).toBeGreaterThan(-3.5);
    let games = 0;
    while (evidence.logEValue() < Math.log(100)) {
      evidence.add(0.5);
      games++;
    }
    expect(games).toBeLessThan(40);
  });

  it('says the same after a save and a restore, before its first game too', () => {
    for (const nats of [[], [0.3, -0.1]]) {
      const evidence = createPrequentialEvidence();
      for (const each of nats) evidence.add(each);
      const restored = createPrequentialEvidence();
      restored.restore(JSON.parse(JSON.stringify(evidence.serialize())));
      for (const each of [evidence, restored]) each.add(0.7);
      expect(restored.logEValue()).toBeCloseTo(evidence.logEValue(), 12);
    }
  });
});
