// How long what is kept, and what has gone to the archive. Only server/ and db/ import this file.
import { sql } from 'drizzle-orm';
import { bigint, check, date, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { bytea, instant } from '@/db/schema/columns';

/**
 * One row per kind of data; an operator may change the numbers. Days count from the day the data is of; null is for ever.
 * Hot: as written. Warm: compacted (ticks into game paths). Then archived to files, then deleted here.
 */
export const retentionPolicies = pgTable(
  'retention_policies',
  {
    kind: text('kind').primaryKey(),
    hotDays: integer('hot_days').notNull(),
    archiveAfterDays: integer('archive_after_days'),
    deleteAfterDays: integer('delete_after_days'),
  },
  (table) => [
    check('retention_policies_hot_check', sql`${table.hotDays} >= 1`),
    check('retention_policies_archive_check', sql`${table.archiveAfterDays} >= ${table.hotDays}`),
    check(
      'retention_policies_delete_check',
      sql`${table.deleteAfterDays} >= coalesce(${table.archiveAfterDays}, ${table.hotDays})`,
    ),
  ],
);

/** What lies in the archive: one file per kind and day. A row is written once its file is whole and read back. */
export const archiveLedger = pgTable(
  'archive_ledger',
  {
    archiveId: bigint('archive_id', { mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
    kind: text('kind').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    location: text('location').notNull(),
    rows: integer('rows').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    sha256: bytea('sha256').notNull(),
    archivedAt: instant('archived_at').notNull(),
    /** When the rows were deleted from the database; null while they are in both. */
    deletedAt: instant('deleted_at'),
  },
  (table) => [
    unique('archive_ledger_location_key').on(table.location),
    check('archive_ledger_rows_check', sql`${table.rows} >= 0 and ${table.bytes} >= 0`),
    check('archive_ledger_sha256_check', sql`length(${table.sha256}) = 32`),
  ],
);
