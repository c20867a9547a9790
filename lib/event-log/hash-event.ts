// The bytes of an event that are hashed, and the hash. Nine fields in a fixed order after the name of this form, each as
// its length in bytes, a colon, its UTF-8 text and a comma, so that no two events share their bytes:
//
//   fortytick-event-1 LF
//   position, previous hash (64 hex digits), stream, version, type, payload, metadata, occurred at, recorded at (ms)
//
// docs/record/event-log.md shows the same as one SQL expression. Pure; the server, `verify-log` and browsers call it.
import type { StoredEvent } from '@/lib/event-log/event';
import { portableSha256, type Sha256 } from '@/lib/event-log/sha256';

export type UnsealedEvent = Omit<StoredEvent, 'hash'>;

/** The previous hash of the first event: SHA-256 of "fortytick event log, genesis". */
export const GENESIS_HASH = '675b69f3b9e02d5ffdda2a4eebd3292a470897591577653175613e2a54921ed1';

const FORM = 'fortytick-event-1\n';

export function hashEvent(event: UnsealedEvent, sha256: Sha256 = portableSha256): string {
  return sha256(canonicalText(event));
}

export function canonicalText(event: UnsealedEvent): string {
  const { position, previousHash, stream, version, type, payload, metadata, occurredAt, recordedAt } = event;
  const figures = `${ascii(String(occurredAt))}${ascii(String(recordedAt))}`;
  return (
    `${FORM}${ascii(String(position))}${ascii(previousHash)}${field(stream)}${ascii(String(version))}` +
    `${field(type)}${field(payload)}${field(metadata)}${figures}`
  );
}

function ascii(text: string): string {
  return `${text.length}:${text},`;
}

function field(text: string): string {
  return `${utf8Length(text)}:${text},`;
}

/** Half a surrogate pair counts as the three bytes of the replacement character, which is what it is encoded as. */
function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    if (code < 0x800) {
      bytes += 1;
      continue;
    }
    // A pair is two of JavaScript's characters and four bytes; anything else here is one character and three bytes.
    bytes += 2;
    const isPair = code >= 0xd800 && code < 0xdc00 && isLowSurrogate(text.charCodeAt(i + 1));
    if (isPair) i++;
  }
  return bytes;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}
