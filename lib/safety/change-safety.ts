// How a player's protection changes: a wish is decided into events, or into words why not. The law: what protects more acts
// at once; what protects less waits 24 hours from the request for exactly that; a pause or an exclusion is never
// shortened. Pure; the server calls it inside the transaction that writes the events. lib/safety/fold-safety.ts makes
// states of the events.
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import { smallest } from '@/lib/risk/amounts';
import { checkSafetyLimits } from '@/lib/safety/check-limits';
import { isTighter, LIMIT_FIELDS, type LimitField } from '@/lib/safety/limit-fields';
import {
  isRealityCheckDue,
  realityCheckStop,
  COOLING_OFF_MS_MAX,
  COOLING_OFF_MS_MIN,
  EXCLUSION_MS_MAX,
  EXCLUSION_MS_MIN,
  FOR_GOOD,
  RAISE_WAITS_MS,
  REALITY_CHECK_MS_MAX,
  REALITY_CHECK_MS_MIN,
} from '@/lib/safety/pauses';
import type { SafetyLimits, SafetyState } from '@/lib/safety/safety';
import type { SafetyEvent } from '@/lib/safety/safety-event';
import { limitsToJson, limitValueToJson, limitValueFromJson } from '@/lib/safety/safety-json';
import { span, when } from '@/lib/safety/words';
import { LAMPORTS_MAX, type Lamports } from '@/lib/units/lamports';
import { err, ok, type Result } from '@/lib/units/result';
import { epochMs, type EpochMs } from '@/lib/units/time';

export type SafetyWish =
  | { readonly type: 'limits'; readonly limits: Partial<SafetyLimits> }
  | { readonly type: 'withdraw'; readonly fields: readonly LimitField[] }
  | { readonly type: 'cooling-off'; readonly durationMs: number }
  /** Null: for good. */
  | { readonly type: 'exclusion'; readonly durationMs: number | null }
  | { readonly type: 'stop' }
  | { readonly type: 'resume' }
  | { readonly type: 'reality-check-interval'; readonly intervalMs: number | null }
  | { readonly type: 'reality-checked' }
  | { readonly type: 'high-risk'; readonly lamports: Lamports };

type Decision = Result<readonly SafetyEvent[], BetProblem>;

/** `safety` has its due raises applied (applyDueRaises). No events: what was wished is so already. */
export function changeSafety(
  safety: SafetyState,
  wish: SafetyWish,
  { now, bettingSince }: { now: EpochMs; bettingSince: EpochMs | null },
): Decision {
  switch (wish.type) {
    case 'limits':
      return changeLimits(safety, wish.limits, now);
    case 'withdraw':
      return ok(withdrawals(safety, wish.fields));
    case 'cooling-off':
      return beginCoolingOff(safety, wish.durationMs, now);
    case 'exclusion':
      return exclude(safety, wish.durationMs, now);
    case 'stop':
      return ok(safety.stoppedSince === null ? [{ type: 'stopped', payload: { at: now } }] : []);
    case 'resume':
      return ok(safety.stoppedSince === null ? [] : [{ type: 'resumed', payload: {} }]);
    case 'reality-check-interval':
      return setRealityCheck(safety, wish, { now, bettingSince });
    case 'reality-checked':
      // Answering before being asked is no answer: it would put off a check that nobody has seen.
      return ok(
        isRealityCheckDue(safety, now, bettingSince) ? [{ type: 'reality-checked', payload: { at: now } }] : [],
      );
    case 'high-risk':
      return setHighRisk(safety, wish.lamports);
  }
}

/** Fields that are not named stay. One that is named as it stands withdraws a raise of it that waits. */
function changeLimits(safety: SafetyState, wished: Partial<SafetyLimits>, now: EpochMs): Decision {
  const problem = checkSafetyLimits(wishedAltogether(safety, wished));
  if (problem) return err(betProblem('bad-request', problem.message));
  const events: SafetyEvent[] = [];
  let lowered: Partial<SafetyLimits> = {};
  for (const field of LIMIT_FIELDS) {
    const value = wished[field];
    if (value === undefined) continue;
    const pending = safety.pending.find((one) => one.field === field);
    if (isTighter(field, safety.limits[field], value)) {
      // A second request for the same value began to wait with the first.
      if (pending && limitValueFromJson(field, pending.value) === value) continue;
      const effectiveAt = epochMs(now + RAISE_WAITS_MS);
      events.push({ type: 'raise-scheduled', payload: { field, value: limitValueToJson(value), effectiveAt } });
      continue;
    }
    if (pending) events.push({ type: 'raise-withdrawn', payload: { field } });
    if (value !== safety.limits[field]) lowered = { ...lowered, [field]: value };
  }
  // A game cannot be allowed to lose more than the session it is in.
  const session = lowered.perSessionLossLamports;
  if (session !== undefined && (lowered.perGameLossLamports ?? safety.limits.perGameLossLamports) > session) {
    lowered = { ...lowered, perGameLossLamports: session };
  }
  if (Object.keys(lowered).length > 0) {
    events.unshift({ type: 'limits-lowered', payload: { limits: limitsToJson(lowered) } });
  }
  return ok(events);
}

/**
 * The limits as they will be once everything that waits has come. A session's loss may be lowered below that of a game,
 * which then goes down with it; only a game asked to lose more than its session is a contradiction.
 */
function wishedAltogether({ limits, pending }: SafetyState, wished: Partial<SafetyLimits>): SafetyLimits {
  const soFar = pending.reduce<SafetyLimits>(
    (so, { field, value }) => ({ ...so, [field]: limitValueFromJson(field, value) }),
    limits,
  );
  const all = { ...soFar, ...wished };
  const isAsked = wished.perGameLossLamports !== undefined;
  return isAsked ? all : { ...all, perGameLossLamports: smallest(all.perGameLossLamports, all.perSessionLossLamports) };
}

function withdrawals({ pending }: SafetyState, fields: readonly LimitField[]): readonly SafetyEvent[] {
  return pending
    .filter(({ field }) => fields.includes(field))
    .map(({ field }) => ({ type: 'raise-withdrawn', payload: { field } }));
}

function beginCoolingOff({ coolingOffUntil }: SafetyState, durationMs: number, now: EpochMs): Decision {
  if (!(durationMs >= COOLING_OFF_MS_MIN && durationMs <= COOLING_OFF_MS_MAX)) {
    const range = `${span(COOLING_OFF_MS_MIN)} to ${span(COOLING_OFF_MS_MAX)}`;
    return err(betProblem('bad-request', `A cooling-off takes ${range}.`));
  }
  const until = epochMs(now + Math.round(durationMs));
  if (coolingOffUntil !== null && until < coolingOffUntil) return err(notShortened('cooling-off', coolingOffUntil));
  return ok(until === coolingOffUntil ? [] : [{ type: 'cooling-off-began', payload: { until } }]);
}

function exclude({ excludedUntil }: SafetyState, durationMs: number | null, now: EpochMs): Decision {
  if (durationMs !== null && !(durationMs >= EXCLUSION_MS_MIN && durationMs <= EXCLUSION_MS_MAX)) {
    const range = `${span(EXCLUSION_MS_MIN)} to ${span(EXCLUSION_MS_MAX)}, or is for good`;
    return err(betProblem('bad-request', `An exclusion takes ${range}.`));
  }
  const until = durationMs === null ? FOR_GOOD : epochMs(now + Math.round(durationMs));
  if (excludedUntil !== null && until < excludedUntil) return err(notShortened('exclusion', excludedUntil));
  return ok(until === excludedUntil ? [] : [{ type: 'excluded', payload: { until } }]);
}

function notShortened(what: 'cooling-off' | 'exclusion', until: EpochMs): BetProblem {
  const runs = until >= FOR_GOOD ? 'is for good' : `runs until ${when(until)}`;
  return betProblem(
    'limit-not-lowered',
    `Your ${what} ${runs}. It can be made longer, but not shorter, by you or by anybody else. Nothing has changed.`,
  );
}

/** A check that is due is looked at first: changing the interval is no way around it. */
function setRealityCheck(
  safety: SafetyState,
  { intervalMs }: Extract<SafetyWish, { type: 'reality-check-interval' }>,
  { now, bettingSince }: { now: EpochMs; bettingSince: EpochMs | null },
): Decision {
  const { realityCheckMs } = safety;
  if (intervalMs !== null && !(intervalMs >= REALITY_CHECK_MS_MIN && intervalMs <= REALITY_CHECK_MS_MAX)) {
    const range = `${span(REALITY_CHECK_MS_MIN)} to ${span(REALITY_CHECK_MS_MAX)}, or never`;
    return err(betProblem('bad-request', `A reality check comes every ${range}.`));
  }
  if (intervalMs === realityCheckMs) return ok([]);
  const isRarer = intervalMs === null || (realityCheckMs !== null && intervalMs > realityCheckMs);
  if (isRarer && isRealityCheckDue(safety, now, bettingSince)) return err(realityCheckStop(safety));
  return ok([{ type: 'reality-check-set', payload: { intervalMs, at: now } }]);
}

function setHighRisk({ highRiskLamports }: SafetyState, amount: Lamports): Decision {
  if (amount < 0n || amount > LAMPORTS_MAX) {
    return err(betProblem('bad-request', 'The amount above which a bet asks twice is 0 SOL or more.'));
  }
  return ok(amount === highRiskLamports ? [] : [{ type: 'high-risk-set', payload: { lamports: amount.toString() } }]);
}
