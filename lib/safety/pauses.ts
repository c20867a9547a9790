// How long protections last and wait, and when a reality check is due. Pure; time is the server's, so that a browser's
// clock changes nothing.
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import type { SafetyState } from '@/lib/safety/safety';
import { spanAfterEvery } from '@/lib/safety/words';
import { epochMs, type EpochMs } from '@/lib/units/time';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A night's sleep lies between wanting a higher limit and having it. */
export const RAISE_WAITS_MS = DAY_MS;

export const COOLING_OFF_MS_MIN = HOUR_MS;
export const COOLING_OFF_MS_MAX = 30 * DAY_MS;
export const EXCLUSION_MS_MIN = 30 * DAY_MS;
/** Five years of 365.25 days; longer is for good. */
export const EXCLUSION_MS_MAX = 5 * 365.25 * DAY_MS;
/** Every clock and column here can hold it, and nobody outlives it. */
export const FOR_GOOD: EpochMs = epochMs(Date.UTC(9999, 0, 1));

export const REALITY_CHECK_MS_MIN = HOUR_MS / 4;
export const REALITY_CHECK_MS_MAX = 4 * HOUR_MS;

/** `bettingSince`: when the oldest of the running sessions began, null when none runs: time away does not count. */
export function isRealityCheckDue(
  { realityCheckMs, realityCheckedAt }: SafetyState,
  now: EpochMs,
  bettingSince: EpochMs | null,
): boolean {
  if (realityCheckMs === null || bettingSince === null) return false;
  return now - Math.max(realityCheckedAt ?? -Infinity, bettingSince) >= realityCheckMs;
}

export function realityCheckStop({ realityCheckMs }: SafetyState): BetProblem {
  return betProblem(
    'reality-check',
    `You asked to be shown your time and result every ${spanAfterEvery(realityCheckMs ?? 0)}. Look at them and choose to go on: then the next bet can be placed. Nothing was staked.`,
  );
}
