import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '@/lib/decision/assess';
import { createPublishedModel } from '@/lib/hazard/published';
import { TICK_PUSH_BYTES_MAX, tickPushSchema, type GameView } from '@/lib/protocol/push';
import { fromTickPush, toTickPush } from '@/lib/protocol/tick-push';
import { createTimingEstimator } from '@/lib/timing/tick-timing';

const GAME: GameView = {
  gameId: '20260101-ffffffffffffffff',
  phase: 'active',
  tick: 4_999,
  price: 1234.5678901234567,
  peak: 12345.678901234567,
  rugTick: null,
  serverSeedHash: 'f'.repeat(64),
  version: 'v3',
  cooldownMs: null,
  connectedPlayers: 123_456,
  tradeCount: 1_234_567,
  startedAt: 1_767_225_600_000,
  ruggedAt: null,
};
const published = assess({
  tick: 4_999,
  payout: 5,
  model: createPublishedModel(),
  timing: createTimingEstimator().current(),
});
const probability = fc.double({ min: 0, max: 1, noNaN: true });

describe('a tick message', () => {
  it('stays under its size limit with the longest numbers any tick can have', () => {
    fc.assert(
      fc.property(probability, probability, fc.double({ min: 0, max: 1e12, noNaN: true }), (p, q, price) => {
        const winProbability = { value: p, lower: q, upper: p, level: 0.95, samples: 1_000_000 };
        const claim = { points: -12.345678, claimedPoints: -12.345678, gainNatsPerGame: 0, eValue: 1, applied: true };
        const adjustments = { timing: claim, market: claim, volatility: claim };
        const evidence = { lower: q, upper: p, level: 0.99 };
        const assessment = { ...published, winProbability, hazard: q, adjustments, evidence };
        const push = toTickPush({ ...GAME, price, peak: price }, assessment, 1_767_225_600_000);
        expect(JSON.stringify(['game', push]).length).toBeLessThan(TICK_PUSH_BYTES_MAX);
        expect(tickPushSchema.safeParse(push).success).toBe(true);
      }),
    );
  });

  it('unpacks to the assessment it packed, to a ten-thousandth of a point', () => {
    const unpacked = fromTickPush(toTickPush(GAME, published, 0));
    expect(unpacked).toMatchObject({
      tick: 4_999,
      zone: published.zone,
      payout: 5,
      breakEven: 0.2,
      model: published.model,
    });
    expect(unpacked.winProbability.value).toBeCloseTo(published.winProbability.value, 6);
    expect(unpacked.winProbability.samples).toBeNull();
    expect(unpacked.expectedValue).toBeCloseTo(published.expectedValue, 5);
    expect(unpacked.timing.windowMs.expected).toBeCloseTo(published.timing.windowMs.expected, 0);
  });
});
