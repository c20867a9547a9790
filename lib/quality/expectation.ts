// An expectation: one thing that should be true of the record, told so that a reader knows why, and a pure judgement of
// what was measured. The score and the alerts follow from the judgements; nothing here keeps state.
import type { Patience } from '@/lib/quality/hysteresis';
import type { Measurements } from '@/lib/quality/measurements';

/** `unknown`: not measured. It is never taken for good. */
export const CHECK_STATUSES = ['good', 'unknown', 'warning', 'bad'] as const;
export type CheckStatus = (typeof CHECK_STATUSES)[number];
export const CHECK_GROUPS = ['whole', 'right', 'fresh', 'plausible', 'kept'] as const;
export type CheckGroup = (typeof CHECK_GROUPS)[number];
/** `fault`: 0 where it holds, 1 where it does not. `evidence`: an e-value. */
export const CHECK_UNITS = ['ms', 'share', 'count', 'evidence', 'fault'] as const;
export type CheckUnit = (typeof CHECK_UNITS)[number];
export type AlertSeverity = 'warning' | 'critical';

export type Finding = {
  readonly status: CheckStatus;
  /** What is held against the limits; null when it was not measured. */
  readonly value: number | null;
  readonly detail: string;
};

export type Expectation = {
  readonly id: string;
  readonly group: CheckGroup;
  readonly title: string;
  /** What is the matter when it is not so: the title of its alert. */
  readonly fault: string;
  /** Why a player or an operator should care. */
  readonly why: string;
  readonly unit: CheckUnit;
  /** Good up to `good`, bad above `bad`, a warning between them. */
  readonly limits: { readonly good: number; readonly bad: number };
  /** Part in the score. */
  readonly weight: number;
  readonly severity: AlertSeverity;
  /** When it becomes an alert, and for how long; null where whoever finds the fault raises one itself. */
  readonly alert: Patience | null;
  evaluate(measured: Measurements): Finding;
};

type Limits = Expectation['limits'];

/** Readings are a minute apart: three bad ones are no hiccup, five good ones no lull. */
export const PATIENT = { raiseAfter: 3, resolveAfter: 5 } as const;
/** For what cannot be a hiccup. */
export const AT_ONCE = { raiseAfter: 1, resolveAfter: 5 } as const;

export function grade(value: number, limits: Limits): CheckStatus {
  if (Number.isNaN(value)) return 'unknown';
  if (value <= limits.good) return 'good';
  return value <= limits.bad ? 'warning' : 'bad';
}

/** A finding whose value speaks for itself. */
export function found(value: number, limits: Limits, detail: string): Finding {
  return { status: grade(value, limits), value: Number.isNaN(value) ? null : value, detail };
}

export function unmeasured(detail: string): Finding {
  return { status: 'unknown', value: null, detail };
}

/** For what is read from the database. */
export const RECORD_AWAY = unmeasured('The database does not answer.');
