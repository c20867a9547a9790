// The event log: what happened, in order, each event sealed by the hash of the one before. Rows are only ever added; a
// trigger of the migration refuses the rest. Only server/ and db/ import this file.
import { sql } from 'drizzle-orm';
import { bigint, check, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { bytea, bytewiseText, exactJson, instant } from '@/db/schema/columns';

export const events = pgTable(
  'events',
  {
    /** Without a gap from 1: the order in which events were recorded, and the links of the chain. */
    position: bigint('position', { mode: 'number' }).primaryKey(),
    /** "kind:id", such as "game:20251207-1e01ac417e8043ca". */
    stream: bytewiseText('stream').notNull(),
    /** Without a gap from 1 within the stream: who appends says which it expects. */
    version: integer('version').notNull(),
    type: text('type').notNull(),
    payload: exactJson('payload').notNull(),
    /** {correlationId, causationId}: what it belongs to, and what it followed from. */
    metadata: exactJson('metadata').notNull(),
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    previousHash: bytea('previous_hash').notNull(),
    /** SHA-256 of everything else in the row; lib/event-log says over which bytes. */
    hash: bytea('hash').notNull(),
  },
  (table) => [
    unique('events_stream_key').on(table.stream, table.version),
    check('events_position_check', sql`${table.position} >= 1`),
    check('events_version_check', sql`${table.version} >= 1`),
    check('events_hash_check', sql`length(${table.hash}) = 32 and length(${table.previousHash}) = 32`),
  ],
);

/** The state of a stream after an event, so that a long one need not be read from its beginning. Can be dropped. */
export const snapshots = pgTable(
  'snapshots',
  {
    stream: bytewiseText('stream').notNull(),
    version: integer('version').notNull(),
    /** Shape of the state; another shape is as good as none. */
    schemaVersion: integer('schema_version').notNull(),
    state: exactJson('state').notNull(),
    takenAt: instant('taken_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'snapshots_pkey', columns: [table.stream, table.version] }),
    check('snapshots_version_check', sql`${table.version} >= 1`),
  ],
);
