// Puts together what every strategy decides from, once per tick and profile. Limits that adaptation has tightened
// replace the player's own here, so that neither a strategy nor the risk manager can see looser ones.
import type { Assessment } from '@/lib/decision/assess';
import type { Profile } from '@/lib/risk/profile';
import { computeStakeCeiling } from '@/lib/risk/risk-manager';
import type { Conditions } from '@/lib/risk/venue';
import { computeEdge } from '@/lib/strategy/edge';
import { NEUTRAL_TUNING, type StrategyContext, type Tuning } from '@/lib/strategy/strategy';
import type { EpochMs } from '@/lib/units/time';

export function createContext({
  assessment,
  profile,
  conditions,
  now,
  tuning = NEUTRAL_TUNING,
}: {
  assessment: Assessment;
  profile: Profile;
  conditions: Conditions;
  now: EpochMs;
  tuning?: Tuning;
}): StrategyContext {
  return {
    assessment,
    profile,
    conditions,
    now,
    tuning,
    edge: computeEdge(assessment, tuning.extraEdge),
    ceilingLamports: computeStakeCeiling({ assessment, profile, conditions, now }),
  };
}
