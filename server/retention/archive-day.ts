// Puts a day's rows of one kind into the archive. The file is whole, read back and verified before its row in the ledger
// says so; a kill before that leaves the rows where they are, and at most a file that the next try replaces.
import { transact, type RawSql } from '@/db/connect';
import { WRITER_LOCK } from '@/db/locks';
import type { EpochMs } from '@/lib/units/time';
import { appendEvents } from '@/server/event-log/append-events';
import type { Archive } from '@/server/archive/archive';
import { putFile, ROWS_PER_PIECE } from '@/server/archive/archive-file';
import { isOfDay, type Kind } from '@/server/retention/kinds';
import { insertLedgerFile, readLedger } from '@/server/retention/ledger';

/** Returns the rows in the file. */
export async function archiveDay(
  sql: RawSql,
  { kind, day, archive, now }: { kind: Kind; day: string; archive: Archive; now: EpochMs },
): Promise<number> {
  const parts = (await readLedger(sql, { kind: kind.name, day })).length;
  const location = `${kind.name}/${day}${parts > 0 ? `.${parts + 1}` : ''}.jsonl.gz`;
  const { archivedAt, ...file } = await readSnapshot(sql, async (archivedAt) => {
    const rows = readRows(sql, kind, day);
    return { archivedAt, ...(await putFile(archive, location, { kind: kind.name, day, rows })) };
  });
  await transact(sql, async () => {
    await insertLedgerFile(sql, { kind: kind.name, day, location, archivedAt, ...file });
    const payload = { kind: kind.name, day, location, rows: file.rows, sha256: file.sha256.toString('hex') };
    const event = { stream: 'retention', expectedVersion: 'any', type: 'archived', payload, occurredAt: now } as const;
    await appendEvents(sql, [event], { recordedAt: now });
  });
  return file.rows;
}

/**
 * One moment's rows, and that moment. It is taken while nobody writes: whatever the writer changes from then on has a later
 * time, and whatever he changed before is in the snapshot.
 */
async function readSnapshot<T>(sql: RawSql, work: (at: string) => Promise<T>): Promise<T> {
  await sql`select pg_advisory_lock(${WRITER_LOCK})`;
  let locked = true;
  const unlock = async () => {
    if (locked) await sql`select pg_advisory_unlock(${WRITER_LOCK})`;
    locked = false;
  };
  try {
    return await transact(sql, async () => {
      await sql`set transaction isolation level repeatable read, read only`;
      await sql`set local timezone = 'UTC'`;
      const [row] = await sql`select date_trunc('milliseconds', clock_timestamp())::text as at`;
      await unlock();
      return work(row!.at);
    });
  } finally {
    await unlock().catch(() => {});
  }
}

async function* readRows(sql: RawSql, kind: Kind, day: string): AsyncGenerator<readonly string[]> {
  const query = sql.unsafe(`
    select row_to_json(r)::text as row from ${kind.name} r where ${isOfDay(kind, day)} order by ${kind.key.join(', ')}`);
  for await (const piece of query.cursor(ROWS_PER_PIECE)) yield piece.map(({ row }) => row as string);
}
