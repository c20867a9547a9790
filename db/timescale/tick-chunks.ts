// The day chunks of `ticks` on TimescaleDB: the counterpart of db/partitions, which calls this where ticks are a
// hypertable. Chunks come by themselves with their first row, so there is nothing to create ahead of time.
import type { RawSql } from '@/db/connect';
import { dayOfTicksKey, TICKS_KEY_STEP, ticksKeyOfDay } from '@/db/timescale/tick-key';

export type TickChunk = {
  /** YYYY-MM-DD; null for game ids that begin with no date, which are never dropped. */
  readonly day: string | null;
  readonly name: string;
  readonly compressed: boolean;
  readonly bytes: number;
};

/** Oldest first, what has no day last. */
export async function listTickChunks(sql: RawSql): Promise<TickChunk[]> {
  const rows = await sql`
    select c.range_start_integer::float8 as key, c.is_compressed as compressed, d.total_bytes::float8 as bytes,
      format('%I.%I', c.chunk_schema, c.chunk_name) as name
    from timescaledb_information.chunks c
    join chunks_detailed_size('ticks') d on d.chunk_schema = c.chunk_schema and d.chunk_name = c.chunk_name
    where c.hypertable_schema = current_schema() and c.hypertable_name = 'ticks'
    order by c.range_start_integer`;
  const chunks = rows.map(({ key, name, compressed, bytes }) => ({ day: dayOfTicksKey(key), name, compressed, bytes }));
  return [...chunks.filter(({ day }) => day !== null), ...chunks.filter(({ day }) => day === null)];
}

/** True when there was one. In a transaction of the caller's that holds WRITER_LOCK. */
export async function dropTickChunk(sql: RawSql, day: string): Promise<boolean> {
  const key = ticksKeyOfDay(day);
  const dropped = await sql.unsafe(`
    select drop_chunks('ticks', newer_than => ${key}::bigint, older_than => ${key + TICKS_KEY_STEP}::bigint)`);
  return dropped.length > 0;
}

/** Compresses every day before this one, as the job in the database does two days later. Returns how many chunks. */
export async function compressTickChunks(sql: RawSql, before: string): Promise<number> {
  const done = await sql.unsafe(`
    select compress_chunk(chunk, if_not_compressed => true)
    from show_chunks('ticks', older_than => ${ticksKeyOfDay(before)}::bigint) as chunk`);
  return done.length;
}
