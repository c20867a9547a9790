// The books of the archive: a row for every file, written once the file is whole and read back, in one transaction with its
// event. A day of a kind may have several files: what changed after the first, and what was still there.
import type { RawSql } from '@/db/connect';
import { toArrayLiteral } from '@/server/store/insert-rows';

export type LedgerFile = {
  readonly archiveId: number;
  readonly kind: string;
  readonly day: string;
  readonly location: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: Buffer;
  readonly archivedAt: Date;
  /** Null while its rows are in the database too. */
  readonly deletedAt: Date | null;
};

/** Oldest first. Of all kinds, or of one, or of one day of it. */
export async function readLedger(
  sql: RawSql,
  { kind = null, day = null }: { kind?: string | null; day?: string | null } = {},
): Promise<LedgerFile[]> {
  const rows = await sql`
    select archive_id, kind, day::text as day, location, rows, bytes, sha256, archived_at, deleted_at
    from archive_ledger
    where (${kind}::text is null or kind = ${kind}) and (${day}::text is null or day = ${day}::text::date)
    order by archive_id`;
  return rows.map((row) => ({
    archiveId: Number(row.archive_id),
    kind: row.kind,
    day: row.day,
    location: row.location,
    rows: row.rows,
    bytes: Number(row.bytes),
    sha256: row.sha256,
    archivedAt: row.archived_at,
    deletedAt: row.deleted_at,
  }));
}

export async function insertLedgerFile(
  sql: RawSql,
  file: Omit<LedgerFile, 'archiveId' | 'deletedAt' | 'archivedAt'> & { readonly archivedAt: string },
): Promise<void> {
  await sql`
    insert into archive_ledger (kind, day, location, rows, bytes, sha256, archived_at)
    values (${file.kind}, ${file.day}, ${file.location}, ${file.rows}, ${file.bytes}, ${file.sha256},
      ${file.archivedAt}::text::timestamptz)`;
}

export async function markDeleted(sql: RawSql, archiveIds: readonly number[]): Promise<void> {
  await sql`
    update archive_ledger set deleted_at = now()
    where archive_id = any(${toArrayLiteral(archiveIds)}::bigint[]) and deleted_at is null`;
}

export async function markRestored(sql: RawSql, { kind, day }: { kind: string; day: string }): Promise<void> {
  await sql`update archive_ledger set deleted_at = null where kind = ${kind} and day = ${day}::text::date`;
}
