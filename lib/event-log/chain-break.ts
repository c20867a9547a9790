// The ways in which a chain of events can be broken, and each in words. Closed: every reader switches over them.

export type ChainBreak =
  /** No event stands at these positions, though later ones do. */
  | { readonly kind: 'missing'; readonly position: number; readonly lastPosition: number }
  /** The log ends before the event it is known to have had. */
  | { readonly kind: 'missing-tail'; readonly position: number; readonly expectedPosition: number }
  /** An event that does not come after the one before it. */
  | { readonly kind: 'out-of-order'; readonly position: number; readonly after: number }
  /** Its hash is not that of what the row says; `field` is what was changed, as far as the hashes can tell. */
  | { readonly kind: 'changed'; readonly position: number; readonly field: ChangedField }
  /** What stands here was sealed for another place. */
  | { readonly kind: 'moved'; readonly position: number; readonly sealedPosition: number }
  /** Sealed in itself, but after another event than the one before it. */
  | { readonly kind: 'unlinked'; readonly position: number }
  /** Its version does not follow the last one of its stream. */
  | { readonly kind: 'version-gap'; readonly position: number; readonly version: number; readonly expected: number }
  /** Another event stands where the expected head was. */
  | { readonly kind: 'other-head'; readonly position: number };

/** `content`: stream, type, payload, metadata or a time; the hash covers them together. */
export type ChangedField = 'content' | 'position' | 'version' | 'previous hash' | 'hash';

export function describeBreak(broken: ChainBreak): string {
  const at = `position ${broken.position}`;
  switch (broken.kind) {
    case 'missing':
      return broken.lastPosition === broken.position
        ? `${at}: the event is missing`
        : `positions ${broken.position} to ${broken.lastPosition}: the events are missing`;
    case 'missing-tail':
      return `${at}: the log ends before it, but once reached position ${broken.expectedPosition}`;
    case 'out-of-order':
      return `${at}: the event comes after position ${broken.after}`;
    case 'changed':
      return broken.field === 'content'
        ? `${at}: the stream, type, payload, metadata or a time was changed after the event was sealed`
        : `${at}: the ${broken.field} was changed after the event was sealed`;
    case 'moved':
      return `${at}: what stands here was sealed as position ${broken.sealedPosition}`;
    case 'unlinked':
      return `${at}: the event was sealed after another one than that at position ${broken.position - 1}`;
    case 'version-gap':
      return `${at}: the event has version ${broken.version} of its stream, which was at ${broken.expected - 1}`;
    case 'other-head':
      return `${at}: this is not the event that stood here when its hash was written down`;
  }
}
