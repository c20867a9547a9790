import { expect, it } from 'vitest';
import { assess } from '@/lib/decision/assess';
import { publishedLossShare } from '@/lib/decision/published-loss';
import { createPublishedModel } from '@/lib/hazard/published';
import { createTimingEstimator } from '@/lib/timing/tick-timing';

it('loses 1 − 5 × (1 − 0.995^40) of every stake at a payout of 5', () => {
  expect(publishedLossShare(5)).toBeCloseTo(1 - 5 * (1 - 0.995 ** 40), 12);
});

it('is the published assessment’s expected value with the sign turned', () => {
  const timing = createTimingEstimator().current();
  for (const payout of [2, 5, 5.5, 6]) {
    const { expectedValue } = assess({ tick: 316, payout, model: createPublishedModel(), timing });
    expect(publishedLossShare(payout)).toBeCloseTo(-expectedValue, 12);
  }
});
