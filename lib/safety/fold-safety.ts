// The state of a player's protection from its events, and nothing else: the same fold makes the projection, rebuilds it and
// checks it. Time alone also changes it, when a raise has waited long enough: applyDueRaises says how, for whoever reads.
import { assertNever } from '@/lib/units/result';
import { isTighter, LIMIT_FIELDS } from '@/lib/safety/limit-fields';
import type { PendingRaise, SafetyLimits, SafetyState } from '@/lib/safety/safety';
import type { SafetyEvent } from '@/lib/safety/safety-event';
import { limitsFromJson, limitValueFromJson, safetyFromJson } from '@/lib/safety/safety-json';
import { lamports } from '@/lib/units/lamports';
import { epochMs, type EpochMs } from '@/lib/units/time';

/** Null before `opened`. Throws for a log that cannot be: a change of what was never opened. */
export function foldSafety(state: SafetyState | null, event: SafetyEvent): SafetyState | null {
  if (event.type === 'opened') return safetyFromJson(event.payload.safety);
  if (!state) throw new Error(`the event ${event.type} comes before its account is opened`);
  return change(state, event);
}

function change(state: SafetyState, event: Exclude<SafetyEvent, { type: 'opened' }>): SafetyState {
  switch (event.type) {
    case 'limits-lowered':
      return { ...state, limits: { ...state.limits, ...limitsFromJson(event.payload.limits) } };
    case 'raise-scheduled': {
      const { field, value, effectiveAt } = event.payload;
      const raise: PendingRaise = { field, value, effectiveAt: epochMs(effectiveAt) };
      return { ...state, pending: [...without(state, field), raise] };
    }
    case 'raise-withdrawn':
      return { ...state, pending: without(state, event.payload.field) };
    case 'raised': {
      const { field, value } = event.payload;
      return { ...state, limits: raise(state.limits, { field, value }), pending: without(state, field) };
    }
    case 'cooling-off-began':
      return { ...state, coolingOffUntil: epochMs(event.payload.until) };
    case 'excluded':
      return { ...state, excludedUntil: epochMs(event.payload.until) };
    case 'stopped':
      return { ...state, stoppedSince: epochMs(event.payload.at) };
    case 'resumed':
      return { ...state, stoppedSince: null };
    case 'reality-check-set': {
      const { intervalMs, at } = event.payload;
      // Where none ran, time begins to count now.
      const realityCheckedAt = state.realityCheckMs === null ? epochMs(at) : state.realityCheckedAt;
      return { ...state, realityCheckMs: intervalMs, realityCheckedAt };
    }
    case 'reality-checked':
      return { ...state, realityCheckedAt: epochMs(event.payload.at) };
    case 'high-risk-set':
      return { ...state, highRiskLamports: lamports(BigInt(event.payload.lamports)) };
    case 'odds-accepted':
    case 'player-linked':
    case 'player-unlinked':
    case 'deleted':
      return state;
    default:
      return assertNever(event);
  }
}

/** The state at `now`, and the events that say what became of it since it was last written. */
export function applyDueRaises(
  state: SafetyState,
  now: EpochMs,
): { readonly safety: SafetyState; readonly events: readonly SafetyEvent[] } {
  const due = state.pending.filter(({ effectiveAt }) => effectiveAt <= now);
  if (due.length === 0) return { safety: state, events: [] };
  const inOrder = [...due].sort((a, b) => a.effectiveAt - b.effectiveAt || orderOf(a) - orderOf(b));
  const events = inOrder.map(({ field, value, effectiveAt }): SafetyEvent => ({
    type: 'raised',
    payload: { field, value, at: effectiveAt },
  }));
  return { safety: events.reduce((before, event) => foldSafety(before, event)!, state), events };
}

/**
 * Only ever looser than what stands: a limit that was lowered meanwhile has withdrawn its raise. The loss in a game stays
 * within that of a session, whichever of the two comes first.
 */
function raise(limits: SafetyLimits, { field, value }: Pick<PendingRaise, 'field' | 'value'>): SafetyLimits {
  const wished = limitValueFromJson(field, value);
  if (!isTighter(field, limits[field], wished)) return limits;
  const raised: SafetyLimits = { ...limits, [field]: wished };
  const isWithin = raised.perGameLossLamports <= raised.perSessionLossLamports;
  return isWithin ? raised : { ...raised, perGameLossLamports: raised.perSessionLossLamports };
}

function without({ pending }: SafetyState, field: PendingRaise['field']): readonly PendingRaise[] {
  return pending.filter((one) => one.field !== field);
}

function orderOf({ field }: PendingRaise): number {
  return LIMIT_FIELDS.indexOf(field);
}
