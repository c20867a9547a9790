import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '@/lib/decision/assess';
import { createEvidence } from '@/lib/decision/create-evidence';
import { createDecisionLoop } from '@/lib/decision/loop';
import { computeZone } from '@/lib/decision/zone';
import { createModelSet } from '@/lib/hazard/model-set';
import { createPublishedModel } from '@/lib/hazard/published';
import { createTimingEstimator } from '@/lib/timing/tick-timing';
import { gameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';

const timing = createTimingEstimator().current();
const GAME = gameId('20260101-0000000000000001');

describe('an assessment under the published rules', () => {
  const assessment = assess({ tick: 10, payout: 5, model: createPublishedModel(), timing });

  it('wins 18.17 % of the time, needs 20 % and loses 9 % of every stake', () => {
    expect(assessment.winProbability.value).toBeCloseTo(0.18168, 5);
    expect(assessment.breakEven).toBe(0.2);
    expect(assessment.expectedValue).toBeCloseTo(-0.0916, 4);
    expect(assessment.zone).toBe('negative');
  });

  it('breaks even exactly where the payout says', () => {
    fc.assert(
      fc.property(fc.double({ min: 1.01, max: 100, noNaN: true }), (payout) => {
        const { breakEven, expectedValue, winProbability } = assess({
          tick: 0,
          payout,
          model: createPublishedModel(),
          timing,
        });
        expect(expectedValue > 0).toBe(winProbability.value > breakEven);
      }),
    );
  });
});

describe('the zone', () => {
  it('is positive only when the whole interval clears break-even', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(probability, probability, probability), probability, (three, breakEven) => {
        const [lower, value, upper] = three.toSorted((a, b) => a - b) as [number, number, number];
        const zone = computeZone({ lower, value, upper }, breakEven);
        expect(zone === 'positive').toBe(lower > breakEven);
        expect(zone === 'negative' || zone === 'deep-negative').toBe(upper < breakEven);
      }),
    );
  });
});

describe('the decision loop', () => {
  const createLoop = () => createDecisionLoop({ models: createModelSet(), evidence: createEvidence() });
  const live = { type: 'tick', gameId: GAME, price: 1, source: 'frame', live: true } as const;
  const sideBet = {
    gameId: GAME,
    playerId: 'p',
    username: null,
    stakeLamports: lamports(1n),
    coinAddress: 'c',
    startTick: 0,
    endTick: 40,
    placedAt: null,
  };

  it('assesses presale as tick 0 and every live tick, and claims nothing once the game has rugged', () => {
    const loop = createLoop();
    const at = epochMs(0);
    expect(loop.take({ type: 'phase', gameId: GAME, phase: 'cooldown', at })).toBeNull();
    expect(loop.take({ type: 'phase', gameId: GAME, phase: 'presale', at })?.tick).toBe(0);
    expect(loop.take({ ...live, tick: 7, at })?.tick).toBe(7);
    expect(loop.take({ ...live, tick: 3, at: null, live: false })).toBeNull();
    expect(loop.current()?.tick).toBe(7);
    loop.take({ type: 'phase', gameId: GAME, phase: 'rugged', at });
    expect(loop.take({ ...live, tick: 8, at })).toBeNull();
    expect(loop.current()).toBeNull();
  });

  it('believes a new payout only when three bets in a row name it', () => {
    const loop = createLoop();
    const bet = (payoutMultiple: number) =>
      loop.take({ type: 'side-bet', at: epochMs(0), sideBet: { ...sideBet, payoutMultiple } });
    const payoutNow = () => loop.take({ ...live, tick: 1, at: epochMs(0) })!.payout;
    [6, 5, 6, 6].forEach(bet);
    expect(payoutNow()).toBe(5);
    bet(6);
    expect(payoutNow()).toBe(6);
    [1, 1, 1].forEach(bet);
    expect(payoutNow()).toBe(6);
  });
});
