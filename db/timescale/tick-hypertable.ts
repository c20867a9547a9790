// Turns `ticks` into a hypertable: one chunk a day, by the date its game ids begin with, compressed two days later. The
// columns, checks and the key stay those of the migrations; only PARTITION BY goes, which TimescaleDB cannot take over,
// so the rows are copied into a table of the same shape. Runs inside the migrations' transaction; called by apply only.
import type { RawSql } from '@/db/connect';
import { readRelationKind } from '@/db/timescale/relations';
import { CREATE_COMPRESS_SETTLED_TICKS, CREATE_TICKS_KEY, TICKS_KEY_STEP } from '@/db/timescale/tick-key';

export async function convertTicks(sql: RawSql): Promise<void> {
  const kind = await readRelationKind(sql, 'ticks');
  if (kind === 'partitioned') await swapForHypertable(sql);
  if (kind === 'partitioned' || (kind === 'table' && !(await isCompressing(sql)))) await startCompressing(sql);
}

/** Before a migration may change `ticks`: a compressed hypertable refuses most changes. Done again afterwards. */
export async function stopCompressing(sql: RawSql): Promise<void> {
  if ((await readRelationKind(sql, 'ticks')) !== 'table' || !(await isCompressing(sql))) return;
  await sql`
    select delete_job(job_id) from timescaledb_information.jobs
    where proc_schema = current_schema() and proc_name = 'compress_settled_ticks'`;
  await sql`select decompress_chunk(chunk, if_compressed => true) from show_chunks('ticks') as chunk`;
  await sql`alter table ticks set (timescaledb.compress = false)`;
}

async function swapForHypertable(sql: RawSql): Promise<void> {
  await sql.unsafe(CREATE_TICKS_KEY);
  await sql`alter table ticks rename to ticks_partitioned`;
  // Frees the name that the new table's key takes.
  await sql`alter table ticks_partitioned rename constraint ticks_pkey to ticks_partitioned_pkey`;
  await sql`create table ticks (like ticks_partitioned including all)`;
  await sql.unsafe(`
    select create_hypertable('ticks', by_range('game_id', ${TICKS_KEY_STEP}::bigint, 'ticks_key'),
      create_default_indexes => false)`);
  await sql`insert into ticks select * from ticks_partitioned`;
  await sql`drop table ticks_partitioned`;
}

/** By a job of our own: TimescaleDB's compression policy knows times and integers, but no partitioning by text. */
async function startCompressing(sql: RawSql): Promise<void> {
  await sql.unsafe(CREATE_COMPRESS_SETTLED_TICKS);
  await sql`
    alter table ticks set (timescaledb.compress, timescaledb.compress_segmentby = 'game_id',
      timescaledb.compress_orderby = 'tick')`;
  await sql`select add_job('compress_settled_ticks', interval '1 hour')`;
}

async function isCompressing(sql: RawSql): Promise<boolean> {
  const [row] = await sql`
    select compression_enabled as enabled from timescaledb_information.hypertables
    where hypertable_schema = current_schema() and hypertable_name = 'ticks'`;
  return row?.enabled === true;
}
