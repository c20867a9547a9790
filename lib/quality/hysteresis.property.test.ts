// Laws of the alerts: raised and resolved alternate, each after its row of readings, and no sequence makes them flap.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextAlertState, QUIET, type AlertChange, type AlertReading, type Patience } from '@/lib/quality/hysteresis';

const reading = fc.constantFrom<AlertReading>('bad', 'between', 'good', 'unmeasured');
const readings = fc.array(reading, { maxLength: 300 });
const patience = fc.record({
  raiseAfter: fc.integer({ min: 1, max: 5 }),
  resolveAfter: fc.integer({ min: 1, max: 6 }),
});

function play(sequence: readonly AlertReading[], how: Patience) {
  let state = QUIET;
  const changes: { at: number; change: NonNullable<AlertChange> }[] = [];
  sequence.forEach((each, at) => {
    const next = nextAlertState(state, each, how);
    state = next.state;
    if (next.change) changes.push({ at, change: next.change });
  });
  return { state, changes };
}

/** Readings in a row of `kind` that end at `at`, the unmeasured left out. */
function rowBefore(sequence: readonly AlertReading[], at: number, kind: AlertReading): number {
  let row = 0;
  for (let i = at; i >= 0; i--) {
    if (sequence[i] === kind) row++;
    else if (sequence[i] !== 'unmeasured') break;
  }
  return row;
}

describe('an alert', () => {
  it('is raised and resolved in turn, raised first', () => {
    fc.assert(
      fc.property(readings, patience, (sequence, how) => {
        const { changes } = play(sequence, how);
        changes.forEach(({ change }, i) => expect(change).toBe(i % 2 === 0 ? 'raised' : 'resolved'));
      }),
    );
  });

  it('changes only at the end of a full row of readings that agree', () => {
    fc.assert(
      fc.property(readings, patience, (sequence, how) => {
        for (const { at, change } of play(sequence, how).changes) {
          const [kind, needed] =
            change === 'raised' ? ['bad' as const, how.raiseAfter] : ['good' as const, how.resolveAfter];
          expect(rowBefore(sequence, at, kind)).toBeGreaterThanOrEqual(needed);
        }
      }),
    );
  });

  it('never speaks more often than the rows it needs fit into the readings', () => {
    fc.assert(
      fc.property(readings, patience, (sequence, how) => {
        const { changes } = play(sequence, how);
        const pairs = Math.floor(changes.length / 2);
        expect(pairs * (how.raiseAfter + how.resolveAfter)).toBeLessThanOrEqual(sequence.length);
      }),
    );
  });

  it('is raised by any full row of bad readings and resolved by any full row of good ones', () => {
    fc.assert(
      fc.property(readings, patience, (sequence, how) => {
        const bad = [...sequence, ...new Array<AlertReading>(how.raiseAfter).fill('bad')];
        expect(play(bad, how).state.phase).toBe('raised');
        const good = [...bad, ...new Array<AlertReading>(how.resolveAfter).fill('good')];
        expect(play(good, how).state.phase).toBe('resolved');
      }),
    );
  });

  it('says nothing however long good and bad take turns', () => {
    const turns = Array.from({ length: 1_000 }, (_, i): AlertReading => (i % 2 === 0 ? 'bad' : 'good'));
    expect(play(turns, { raiseAfter: 2, resolveAfter: 2 }).changes).toEqual([]);
  });

  it('stays as it is while nothing can be measured', () => {
    const { state } = play(['bad', 'bad'], { raiseAfter: 3, resolveAfter: 3 });
    expect(nextAlertState(state, 'unmeasured', { raiseAfter: 3, resolveAfter: 3 }).state).toEqual(state);
  });
});
