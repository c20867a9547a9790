// What a simulated world says of every tick: the published hazard, steady timing.
import { assess, type Assessment } from '@/lib/decision/assess';
import { createPublishedModel } from '@/lib/hazard/published';
import { createTimingEstimator } from '@/lib/timing/tick-timing';
import { DEFAULT_PAYOUT_MULTIPLE } from '@/lib/game/rules';

export const SIM_ASSESSMENT: Assessment = assess({
  tick: 0,
  payout: DEFAULT_PAYOUT_MULTIPLE,
  model: createPublishedModel(),
  timing: createTimingEstimator().current(),
});
