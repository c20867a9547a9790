// Generators of sealed logs: a few streams that interleave, payloads of any JSON, times of any order.
import fc from 'fast-check';
import type { NewEvent, StoredEvent } from '@/lib/event-log/event';
import { GENESIS } from '@/lib/event-log/chain-checker';
import { sealEvents } from '@/lib/event-log/seal-events';
import { epochMs } from '@/lib/units/time';

const instant = fc.integer({ min: 0, max: 4_000_000_000_000 }).map(epochMs);

const newEvent: fc.Arbitrary<NewEvent> = fc.record({
  stream: fc.constantFrom('game:20260101-0000000000000001', 'game:20260101-0000000000000002', 'alert:b', 'retention'),
  expectedVersion: fc.constant('any' as const),
  type: fc.constantFrom('announced', 'finished', 'checked'),
  payload: fc.dictionary(fc.string({ unit: 'binary', maxLength: 5 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 4 }),
  metadata: fc.constantFrom({}, { correlationId: 'retention@2' }),
  occurredAt: instant,
});

export function arbitraryLog({ minLength, maxLength = 12 }: { minLength: number; maxLength?: number }) {
  const events = fc.array(newEvent, { minLength, maxLength });
  return fc.tuple(events, instant).map(([drafts, recordedAt]): StoredEvent[] => {
    const sealed = sealEvents(drafts, { head: GENESIS, versions: new Map(), recordedAt });
    if (!sealed.ok) throw new Error('no version was expected');
    return sealed.value;
  });
}
