// An event of the log, as it is stored and as it is asked for. Payload and metadata of a stored event are JSON text, byte
// for byte as it was sealed: parsing and writing it again would be another event. Pure; read in browsers too.
import type { EpochMs } from '@/lib/units/time';

/** What an event belongs to and what it followed from, each "stream@version". Absent: its own stream, and the feed. */
export type EventMetadata = {
  readonly correlationId?: string;
  readonly causationId?: string;
};

export type StoredEvent = {
  /** Without a gap from 1: its place in the whole log. */
  readonly position: number;
  /** "kind:id", such as "game:20251207-1e01ac417e8043ca". */
  readonly stream: string;
  /** Without a gap from 1: its place in its stream. */
  readonly version: number;
  readonly type: string;
  readonly payload: string;
  readonly metadata: string;
  readonly occurredAt: EpochMs;
  readonly recordedAt: EpochMs;
  /** 64 hex digits, as are all hashes here. */
  readonly previousHash: string;
  readonly hash: string;
};

export type NewEvent = {
  readonly stream: string;
  /** Version of the stream's last event, 0 for none; `any` where whoever appends holds the writer's lock anyway. */
  readonly expectedVersion: number | 'any';
  readonly type: string;
  readonly payload: object;
  readonly metadata?: EventMetadata;
  readonly occurredAt: EpochMs;
};

/** What is to be written down elsewhere to notice later that the log was rewritten. */
export type LogHead = { readonly position: number; readonly hash: string };
