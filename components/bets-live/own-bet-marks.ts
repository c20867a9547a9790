// The window of the player's own bet, for whoever draws it: a slot of a few bytes, so that the chart need not load the
// ticket. Only the ticket's room writes it.

export type OwnBetMarks = {
  readonly gameId: string;
  readonly startTick: number;
  readonly endTick: number;
  readonly outcome: 'running' | 'won' | 'lost';
};

let marks: OwnBetMarks | null = null;
const listeners = new Set<() => void>();

export function getOwnBetMarks(): OwnBetMarks | null {
  return marks;
}

/** The same marks again redraw nothing. */
export function setOwnBetMarks(next: OwnBetMarks | null): void {
  if (isSame(marks, next)) return;
  marks = next;
  for (const listener of listeners) listener();
}

export function onOwnBetMarks(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isSame(a: OwnBetMarks | null, b: OwnBetMarks | null): boolean {
  if (a === null || b === null) return a === b;
  return a.gameId === b.gameId && a.startTick === b.startTick && a.endTick === b.endTick && a.outcome === b.outcome;
}
