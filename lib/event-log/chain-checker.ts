// Walks a chain of events in order of position and stops at the first broken link, saying where it is and, as far as hashes
// can tell, what was done. Holds the head, one event and a bounded memory of versions, however long the log. Pure; fed
// page by page by `npm run verify-log`, by tests, and by whoever has an export in a browser.
import type { ChainBreak } from '@/lib/event-log/chain-break';
import type { LogHead, StoredEvent } from '@/lib/event-log/event';
import { GENESIS_HASH, hashEvent } from '@/lib/event-log/hash-event';
import { portableSha256, type Sha256 } from '@/lib/event-log/sha256';

export type ChainReport = {
  /** Events that fit; the head is the last of them. */
  readonly count: number;
  readonly head: LogHead;
  readonly broken: ChainBreak | null;
};

export type ChainChecker = {
  /** False once the chain is known to be broken: what follows is not looked at. */
  take(event: StoredEvent): boolean;
  /** `expected`: a head written down earlier, at or after the beginning of the walk. */
  finish(): ChainReport;
};

export const GENESIS: LogHead = { position: 0, hash: GENESIS_HASH };

/**
 * Streams whose last version is remembered. The one longest without an event is forgotten: should it go on, its next
 * version is taken as it comes. Games are over long before that many others have begun.
 */
const STREAMS_MAX = 20_000;
/** How far an event that was moved is looked for. */
const MOVED_MAX = 1_000;

export function createChainChecker({
  after = GENESIS,
  expected = null,
  sha256 = portableSha256,
}: {
  /** The event before the first one taken; by default there is none. */
  after?: LogHead;
  expected?: LogHead | null;
  sha256?: Sha256;
} = {}): ChainChecker {
  let head = after;
  let count = 0;
  let broken: ChainBreak | null = null;
  /** An event whose hash does not fit, and what its hash should be: the next event tells which of the two was changed. */
  let doubted: { readonly event: StoredEvent; readonly hash: string } | null = null;
  const versions = new Map<string, number>();
  const fromGenesis = after.position === 0;

  function judge(event: StoredEvent): ChainBreak | null {
    const { position, version } = event;
    if (position <= head.position) return { kind: 'out-of-order', position, after: head.position };
    const inPlace = { ...event, position: head.position + 1, previousHash: head.hash };
    if (position > inPlace.position) {
      if (hashEvent(inPlace, sha256) === event.hash) {
        return { kind: 'changed', position: inPlace.position, field: 'position' };
      }
      return { kind: 'missing', position: inPlace.position, lastPosition: position - 1 };
    }
    const expectedVersion = nextVersion(event);
    const hash = hashEvent(event, sha256);
    if (hash !== event.hash) return judgeMisfit({ event, hash, expectedVersion });
    if (event.previousHash !== head.hash) return { kind: 'unlinked', position };
    if (version !== expectedVersion) return { kind: 'version-gap', position, version, expected: expectedVersion };
    return expected?.position === position && expected.hash !== hash ? { kind: 'other-head', position } : null;
  }

  function judgeMisfit({
    event,
    hash,
    expectedVersion,
  }: {
    event: StoredEvent;
    hash: string;
    expectedVersion: number;
  }): ChainBreak | null {
    const { position } = event;
    const seals = (changes: Partial<StoredEvent>) => hashEvent({ ...event, ...changes }, sha256) === event.hash;
    if (seals({ previousHash: head.hash })) return { kind: 'changed', position, field: 'previous hash' };
    if (seals({ version: expectedVersion })) return { kind: 'changed', position, field: 'version' };
    for (let distance = 1; distance <= MOVED_MAX; distance++) {
      for (const sealedPosition of [position - distance, position + distance]) {
        if (seals({ position: sealedPosition })) return { kind: 'moved', position, sealedPosition };
      }
    }
    doubted = { event, hash };
    return null;
  }

  function settleDoubt(next: StoredEvent | null): ChainBreak {
    const { event, hash } = doubted!;
    const isLinked = event.previousHash === head.hash;
    const field = isLinked && next?.previousHash === hash ? 'hash' : 'content';
    return { kind: 'changed', position: event.position, field };
  }

  function nextVersion({ stream, version }: StoredEvent): number {
    const known = versions.get(stream);
    if (known !== undefined) return known + 1;
    return fromGenesis && versions.size < STREAMS_MAX ? 1 : version;
  }

  function accept({ position, stream, version, hash }: StoredEvent): void {
    head = { position, hash };
    count++;
    versions.delete(stream);
    versions.set(stream, version);
    if (versions.size > STREAMS_MAX) versions.delete(versions.keys().next().value!);
  }

  return {
    take(event) {
      if (broken) return false;
      broken = doubted ? settleDoubt(event) : judge(event);
      if (!broken && !doubted) accept(event);
      return broken === null;
    },
    finish() {
      if (!broken && doubted) broken = settleDoubt(null);
      if (!broken && expected && head.position < expected.position) {
        broken = { kind: 'missing-tail', position: head.position + 1, expectedPosition: expected.position };
      }
      return { count, head, broken };
    },
  };
}

/** The whole chain at once. */
export function verifyChain(
  events: Iterable<StoredEvent>,
  options: Parameters<typeof createChainChecker>[0] = {},
): ChainReport {
  const checker = createChainChecker(options);
  for (const event of events) if (!checker.take(event)) break;
  return checker.finish();
}
