// When a check becomes an alert and when that is over. A pure state machine, one table of transitions: single readings,
// good or bad, change nothing that anybody is told. Called by the alert desk once for every check of every report.
//   quiet ─bad→ pending ─bad × raiseAfter→ raised ─good→ recovering ─good × resolveAfter→ resolved ─bad→ pending
// A reading `between` the limits is neither: it ends a row of bad ones and a row of good ones. `unmeasured` moves
// nothing: what cannot be seen has neither broken nor healed.

export type AlertPhase = 'quiet' | 'pending' | 'raised' | 'recovering' | 'resolved';
export type AlertReading = 'bad' | 'between' | 'good' | 'unmeasured';
export type AlertState = {
  readonly phase: AlertPhase;
  /** Readings in a row that led here: bad ones while pending, good ones while recovering. */
  readonly row: number;
};
export type AlertChange = 'raised' | 'resolved' | null;
export type Patience = { readonly raiseAfter: number; readonly resolveAfter: number };

type Move = 'stay' | 'count-bad' | 'count-good' | 'calm' | 'relapse';

const TRANSITIONS: Record<AlertPhase, Record<AlertReading, Move>> = {
  quiet: { bad: 'count-bad', between: 'stay', good: 'stay', unmeasured: 'stay' },
  pending: { bad: 'count-bad', between: 'calm', good: 'calm', unmeasured: 'stay' },
  raised: { bad: 'stay', between: 'stay', good: 'count-good', unmeasured: 'stay' },
  recovering: { bad: 'relapse', between: 'relapse', good: 'count-good', unmeasured: 'stay' },
  resolved: { bad: 'count-bad', between: 'stay', good: 'stay', unmeasured: 'stay' },
};

export const QUIET: AlertState = { phase: 'quiet', row: 0 };

export function nextAlertState(
  state: AlertState,
  reading: AlertReading,
  patience: Patience,
): { readonly state: AlertState; readonly change: AlertChange } {
  const row = state.row + 1;
  switch (TRANSITIONS[state.phase][reading]) {
    case 'stay':
      return { state, change: null };
    case 'calm':
      return { state: QUIET, change: null };
    case 'relapse':
      return { state: { phase: 'raised', row: 0 }, change: null };
    case 'count-bad':
      if (row >= patience.raiseAfter) return { state: { phase: 'raised', row: 0 }, change: 'raised' };
      return { state: { phase: 'pending', row }, change: null };
    case 'count-good':
      if (row >= patience.resolveAfter) return { state: { phase: 'resolved', row: 0 }, change: 'resolved' };
      return { state: { phase: 'recovering', row }, change: null };
  }
}
