// The checks before anything is recommended: an assessment that says the impossible is refused, naming the field, and so
// is one strategy registered twice. Pure; called by recommend.
import type { Assessment } from '@/lib/decision/assess';
import { PHASE_ORDER } from '@/lib/game/rules';
import { checkCount, checkNumber, checkOneOf, inputError, type InputError } from '@/lib/risk/input-error';
import { validateProfile, type Profile } from '@/lib/risk/profile';
import { checkVenue, type Conditions } from '@/lib/risk/venue';
import { PAYOUT_MAX } from '@/lib/strategy/insurance';
import type { Strategy, Tuning } from '@/lib/strategy/strategy';

const SHARE = { low: 0, high: 1 };
const FEED_STATUSES = ['connected', 'stale', 'down'];

export function checkRecommendInput({
  assessment,
  profile,
  conditions,
  strategies,
  now,
  tuning,
}: {
  assessment: Assessment;
  profile: Profile;
  conditions: Conditions;
  strategies: readonly Strategy[];
  now: number;
  tuning: Tuning;
}): InputError | null {
  const validated = validateProfile(profile);
  return (
    (validated.ok ? null : validated.error) ??
    checkAssessment(assessment) ??
    checkVenue(conditions.venue) ??
    checkOneOf('phase', conditions.phase, Object.keys(PHASE_ORDER)) ??
    checkOneOf('feed.status', conditions.feed.status, FEED_STATUSES) ??
    checkNumber('now', now, { low: 0, high: Number.MAX_SAFE_INTEGER }) ??
    checkTuning(tuning) ??
    checkStrategies(strategies)
  );
}

/** Stakes only ever scaled down and thresholds only ever raised. */
export function checkTuning({ stakeScale, extraEdge }: Tuning): InputError | null {
  return (
    checkNumber('tuning.stakeScale', stakeScale, { ...SHARE, exclusiveLow: true }) ??
    checkNumber('tuning.extraEdge', extraEdge, SHARE)
  );
}

/** Break-even may differ from 1 / payout by double noise only. */
const BREAK_EVEN_TOLERANCE = 1e-9;

export function checkAssessment(assessment: Assessment): InputError | null {
  const { winProbability: win, timing, payout } = assessment;
  return (
    checkCount('assessment.tick', assessment.tick, { low: 0, high: Number.MAX_SAFE_INTEGER }) ??
    checkNumber('assessment.payout', payout, { low: 1, high: PAYOUT_MAX, exclusiveLow: true }) ??
    checkNumber('assessment.winProbability.value', win.value, SHARE) ??
    checkNumber('assessment.winProbability.lower', win.lower, { low: 0, high: win.value }) ??
    checkNumber('assessment.winProbability.upper', win.upper, { low: win.value, high: 1 }) ??
    checkNumber('assessment.winProbability.level', win.level, { ...SHARE, exclusiveLow: true }) ??
    checkNumber('assessment.hazard', assessment.hazard, SHARE) ??
    checkNumber('assessment.breakEven', assessment.breakEven, {
      low: 1 / payout - BREAK_EVEN_TOLERANCE,
      high: 1 / payout + BREAK_EVEN_TOLERANCE,
    }) ??
    checkNumber('assessment.timing.reliability', timing.reliability, SHARE) ??
    checkNumber('assessment.timing.intervalMs', timing.intervalMs, { low: 0, high: Number.MAX_SAFE_INTEGER })
  );
}

/** Far more than anybody reads; bounds what the ranker and the outlook cache hold. */
export const STRATEGIES_MAX = 64;

function checkStrategies(strategies: readonly Strategy[]): InputError | null {
  if (strategies.length > STRATEGIES_MAX) {
    return inputError(
      'out-of-range',
      'strategies',
      `There are ${strategies.length} strategies, at most ${STRATEGIES_MAX}.`,
    );
  }
  const seen = new Set<string>();
  for (const { id } of strategies) {
    if (seen.has(id)) return inputError('contradiction', 'strategies', `The strategy "${id}" is registered twice.`);
    seen.add(id);
  }
  return null;
}
