// Gives new events their places in the log and in their streams, and links them to the chain. Pure: the head and the
// streams' versions are read before and the events written after, in one transaction, by server/event-log.
import type { LogHead, NewEvent, StoredEvent } from '@/lib/event-log/event';
import { hashEvent } from '@/lib/event-log/hash-event';
import { portableSha256, type Sha256 } from '@/lib/event-log/sha256';
import { err, ok, type Result } from '@/lib/units/result';
import { epochMs, type EpochMs } from '@/lib/units/time';

export type VersionConflict = { readonly stream: string; readonly expected: number; readonly actual: number };

export function sealEvents(
  events: readonly NewEvent[],
  {
    head,
    versions,
    recordedAt,
    sha256 = portableSha256,
  }: {
    head: LogHead;
    /** Last version of each stream concerned; one that is not there has none. */
    versions: ReadonlyMap<string, number>;
    recordedAt: EpochMs;
    sha256?: Sha256;
  },
): Result<StoredEvent[], VersionConflict> {
  const last = new Map(versions);
  const sealed: StoredEvent[] = [];
  let { position, hash } = head;
  for (const { stream, expectedVersion, type, payload, metadata = {}, occurredAt } of events) {
    const actual = last.get(stream) ?? 0;
    if (expectedVersion !== 'any' && expectedVersion !== actual) {
      return err({ stream, expected: expectedVersion, actual });
    }
    position++;
    const unsealed = {
      position,
      stream,
      version: actual + 1,
      type,
      payload: JSON.stringify(payload),
      metadata: JSON.stringify(metadata),
      // The table keeps whole milliseconds, and what is sealed must be what is kept.
      occurredAt: epochMs(Math.trunc(occurredAt)),
      recordedAt: epochMs(Math.trunc(recordedAt)),
      previousHash: hash,
    };
    hash = hashEvent(unsealed, sha256);
    sealed.push({ ...unsealed, hash });
    last.set(stream, actual + 1);
  }
  return ok(sealed);
}
