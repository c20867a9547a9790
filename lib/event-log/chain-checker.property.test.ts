// Laws: a sealed log is whole; whatever is changed, taken out, put in or swapped is found, and found where it is.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeBreak } from '@/lib/event-log/chain-break';
import { GENESIS, verifyChain } from '@/lib/event-log/chain-checker';
import type { LogHead, StoredEvent } from '@/lib/event-log/event';
import { hashEvent } from '@/lib/event-log/hash-event';
import { arbitraryLog } from '@/lib/event-log/test-kit/logs';
import { epochMs } from '@/lib/units/time';

const log = arbitraryLog({ minLength: 1 });
const longerLog = arbitraryLog({ minLength: 2 });

/** A log and one place in it; `before` leaves that many events after it. */
function placed(events: fc.Arbitrary<StoredEvent[]>, before = 0) {
  return events.chain((all) => fc.tuple(fc.constant(all), fc.nat({ max: all.length - 1 - before })));
}

function headOf(events: readonly StoredEvent[]): LogHead {
  const last = events.at(-1);
  return last ? { position: last.position, hash: last.hash } : GENESIS;
}

function replaceAt(events: readonly StoredEvent[], i: number, changes: Partial<StoredEvent>): StoredEvent[] {
  return events.map((event, n) => (n === i ? { ...event, ...changes } : event));
}

/** As the database would give them back. */
function inOrder(events: readonly StoredEvent[]): StoredEvent[] {
  return [...events].sort((a, b) => a.position - b.position);
}

const textColumns = ['stream', 'type', 'payload', 'metadata', 'previousHash', 'hash'] as const;
const numberColumns = ['version', 'occurredAt', 'recordedAt'] as const;

/** One character of a text becomes its neighbour. */
function nudge(text: string, at: number): string {
  const i = at % text.length;
  return text.slice(0, i) + String.fromCharCode(text.charCodeAt(i) ^ 1) + text.slice(i + 1);
}

describe('a chain of events', () => {
  it('is whole as it was sealed, and ends in its last event', () => {
    fc.assert(
      fc.property(log, (events) => {
        const expected = headOf(events);
        expect(verifyChain(events, { expected })).toEqual({ count: events.length, head: expected, broken: null });
      }),
    );
  });

  it('is broken where one character of a column was changed', () => {
    fc.assert(
      fc.property(placed(log), fc.constantFrom(...textColumns), fc.nat(), ([events, i], column, at) => {
        const changed = replaceAt(events, i, { [column]: nudge(events[i]![column], at) });
        const { broken, count } = verifyChain(changed);
        expect(broken).toMatchObject({ kind: 'changed', position: i + 1 });
        expect(count).toBe(i);
        if (column === 'previousHash') expect(broken).toMatchObject({ field: 'previous hash' });
        else if (column === 'hash' && i + 1 < events.length) expect(broken).toMatchObject({ field: 'hash' });
        else expect(broken).toMatchObject({ field: 'content' });
      }),
    );
  });

  it('is broken where a number or a time was changed', () => {
    fc.assert(
      fc.property(placed(log), fc.constantFrom(...numberColumns), fc.integer({ min: 1 }), ([events, i], column, by) => {
        const changed = replaceAt(events, i, { [column]: epochMs(events[i]![column] + by) });
        const field = column === 'version' ? 'version' : 'content';
        expect(verifyChain(changed).broken).toEqual({ kind: 'changed', position: i + 1, field });
      }),
    );
  });

  it('is broken where a position was changed to a free one', () => {
    fc.assert(
      fc.property(placed(log), fc.nat({ max: 50 }), ([events, i], by) => {
        const position = events.length + 1 + by;
        const expected = headOf(events);
        const { broken } = verifyChain(inOrder(replaceAt(events, i, { position })), { expected });
        if (i === events.length - 1 && by === 0) expect(broken).toMatchObject({ position: i + 1, field: 'position' });
        else expect(broken!.position).toBe(i + 1);
      }),
    );
  });

  it('is broken where an event was taken out, whether or not the rest was renumbered', () => {
    fc.assert(
      fc.property(placed(longerLog, 1), fc.boolean(), ([events, i], renumbered) => {
        const rest = events.filter((_, n) => n !== i);
        const left = renumbered ? rest.map((event, n) => ({ ...event, position: n + 1 })) : rest;
        const kind = renumbered ? { kind: 'moved', sealedPosition: i + 2 } : { kind: 'missing', lastPosition: i + 1 };
        expect(verifyChain(left).broken).toEqual({ position: i + 1, ...kind });
      }),
    );
  });

  it('is broken where an event was put in, however well it was forged', () => {
    fc.assert(
      fc.property(placed(log), fc.boolean(), ([events, i], sealed) => {
        const last = events[i]!;
        const forged = { ...last, stream: 'quality', version: 1, position: i + 1, payload: '{"forged":true}' };
        const hash = sealed ? hashEvent(forged) : last.hash;
        const after = events.slice(i).map((event) => ({ ...event, position: event.position + 1 }));
        const { broken } = verifyChain([...events.slice(0, i), { ...forged, hash }, ...after]);
        expect(broken).toMatchObject(
          sealed ? { kind: 'moved', position: i + 2, sealedPosition: i + 1 } : { kind: 'changed', position: i + 1 },
        );
      }),
    );
  });

  it('is broken at the first of two events that were swapped', () => {
    fc.assert(
      fc.property(placed(longerLog, 1), fc.nat(), ([events, i], by) => {
        const j = i + 1 + (by % (events.length - 1 - i));
        const swapped = replaceAt(events, i, { ...events[j]!, position: i + 1 });
        const both = replaceAt(swapped, j, { ...events[i]!, position: j + 1 });
        expect(verifyChain(both).broken).toEqual({ kind: 'moved', position: i + 1, sealedPosition: j + 1 });
      }),
    );
  });

  it('is broken after an event that was changed and sealed again, and at its end against a head written down', () => {
    fc.assert(
      fc.property(placed(log), ([events, i]) => {
        const forged = { ...events[i]!, payload: '{"forged":true}' };
        const resealed = replaceAt(events, i, { ...forged, hash: hashEvent(forged) });
        const isLast = i === events.length - 1;
        const broken = isLast ? { kind: 'other-head', position: i + 1 } : { kind: 'unlinked', position: i + 2 };
        expect(verifyChain(resealed, { expected: headOf(events) }).broken).toEqual(broken);
      }),
    );
  });

  it('lacks its tail when it ends before a head that was written down', () => {
    fc.assert(
      fc.property(placed(longerLog, 1), ([events, i]) => {
        const expected = headOf(events);
        const { broken } = verifyChain(events.slice(0, i + 1), { expected });
        expect(broken).toEqual({ kind: 'missing-tail', position: i + 2, expectedPosition: expected.position });
      }),
    );
  });

  it('can be checked from any of its events on', () => {
    fc.assert(
      fc.property(placed(log), ([events, i]) => {
        const after = headOf(events.slice(0, i));
        const report = verifyChain(events.slice(i), { after, expected: headOf(events) });
        expect(report).toEqual({ count: events.length - i, head: headOf(events), broken: null });
      }),
    );
  });
});

describe('a break in words', () => {
  it('names the place and what was done', () => {
    expect(describeBreak({ kind: 'changed', position: 7, field: 'version' })).toBe(
      'position 7: the version was changed after the event was sealed',
    );
    expect(describeBreak({ kind: 'missing', position: 3, lastPosition: 5 })).toBe(
      'positions 3 to 5: the events are missing',
    );
  });
});
