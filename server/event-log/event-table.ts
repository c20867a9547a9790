// The columns of `events` as they are written and read. Payload and metadata are read as the text they were sealed as, and
// times in a form that also shows what no event should hold, so that a damaged row reads as such and fails its hash.
import type { StoredEvent } from '@/lib/event-log/event';
import { epochMs } from '@/lib/units/time';
import { toInstant, type Table } from '@/server/store/insert-rows';

export const EVENTS: Table<StoredEvent> = {
  name: 'events',
  key: ['position'],
  columns: [
    { name: 'position', type: 'bigint', of: (row) => row.position },
    { name: 'stream', type: 'text', of: (row) => row.stream },
    { name: 'version', type: 'integer', of: (row) => row.version },
    { name: 'type', type: 'text', of: (row) => row.type },
    { name: 'payload', type: 'json', of: (row) => row.payload },
    { name: 'metadata', type: 'json', of: (row) => row.metadata },
    { name: 'occurred_at', type: 'timestamptz', of: (row) => toInstant(row.occurredAt) },
    { name: 'recorded_at', type: 'timestamptz', of: (row) => toInstant(row.recordedAt) },
    { name: 'previous_hash', type: 'bytea', of: (row) => `\\x${row.previousHash}` },
    { name: 'hash', type: 'bytea', of: (row) => `\\x${row.hash}` },
  ],
};

/** What `toStoredEvent` takes; for `select ${EVENT_COLUMNS} from events`. */
export const EVENT_COLUMNS = `position, stream, version, type, payload::text, metadata::text,
  extract(epoch from occurred_at) * 1000 as occurred_ms, extract(epoch from recorded_at) * 1000 as recorded_ms,
  previous_hash, hash`;

export type EventRow = {
  readonly position: string;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly payload: string;
  readonly metadata: string;
  readonly occurred_ms: string;
  readonly recorded_ms: string;
  readonly previous_hash: Buffer;
  readonly hash: Buffer;
};

export function toStoredEvent(row: EventRow): StoredEvent {
  return {
    position: Number(row.position),
    stream: row.stream,
    version: row.version,
    type: row.type,
    payload: row.payload,
    metadata: row.metadata,
    occurredAt: epochMs(Number(row.occurred_ms)),
    recordedAt: epochMs(Number(row.recorded_ms)),
    previousHash: row.previous_hash.toString('hex'),
    hash: row.hash.toString('hex'),
  };
}
