// The day partitions of `ticks`: a day's rows lie in a table of their own, so that dropping a day costs nothing. Partitions
// are made ahead of time; rows of a day that has none lie in `ticks_default`. Works beside the batch writer: moving rows
// takes its turn with it, and no reader waits longer than LOCK_LIMIT_MS. Called by retention and by imports.
import { transact, type RawSql } from '@/db/connect';
import { WRITER_LOCK } from '@/db/locks';
import { isDay } from '@/db/timescale/day';
import { hasTickChunks } from '@/db/timescale/relations';
import { dropTickChunk, listTickChunks } from '@/db/timescale/tick-chunks';

export type TickPartition = {
  /** YYYY-MM-DD; null for what lies in no day's own. */
  readonly day: string | null;
  readonly name: string;
  readonly bytes: number;
};

export type TickPartitions = {
  /** Sees to it that each of these days (YYYY-MM-DD) has its partition, with its rows in it. Safe to repeat. */
  ensure(sql: RawSql, days: readonly string[]): Promise<{ readonly created: readonly string[] }>;
  /** Oldest first, the one without a day last. */
  list(sql: RawSql): Promise<TickPartition[]>;
  /**
   * True when there was one; its rows are gone. In a transaction of the caller's that holds WRITER_LOCK, in which it has
   * made sure that they may go.
   */
  drop(sql: RawSql, day: string): Promise<boolean>;
};

/** Those of a database whose `ticks` are a partitioned table, or TimescaleDB's chunks, whichever it has. */
export async function findTickPartitions(sql: RawSql): Promise<TickPartitions> {
  return (await hasTickChunks(sql)) ? TICK_CHUNKS : NATIVE_PARTITIONS;
}

/** An ALTER that waits makes every later reader wait behind it: better to give up and come back. */
const LOCK_LIMIT_MS = 200;
const LOCK_TRIES = 10;
const LOCK_PAUSE_S = 0.1;

export const NATIVE_PARTITIONS: TickPartitions = {
  async ensure(sql, days) {
    const created: string[] = [];
    for (const day of days) if (await ensureDay(sql, day)) created.push(day);
    return { created };
  },

  async list(sql) {
    const rows = await sql`
      select c.relname as name, pg_total_relation_size(c.oid)::float8 as bytes
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = to_regclass('ticks') order by c.relname`;
    return rows.map(({ name, bytes }) => ({ day: dayOfName(name), name, bytes }));
  },

  async drop(sql, day) {
    if (!(await isPartition(sql, nameOfDay(day)))) return false;
    await withoutWaiting(sql, `drop table ${nameOfDay(day)}`);
    return true;
  },
};

/** Chunks come by themselves with their first row. */
const TICK_CHUNKS: TickPartitions = {
  ensure: async () => ({ created: [] }),
  list: listTickChunks,
  drop: dropTickChunk,
};

/** One transaction: whoever looks sees the rows in the one place or in the other. */
async function ensureDay(sql: RawSql, day: string): Promise<boolean> {
  const name = nameOfDay(day);
  if (await isPartition(sql, name)) return false;
  return transact(sql, async () => {
    await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`;
    if (await isPartition(sql, name)) return false;
    const { from, to } = boundsOfDay(day);
    await sql.unsafe(`create table ${name} (like ticks including all)`);
    await sql.unsafe(
      `insert into ${name} select * from ticks_default where game_id >= '${from}' and game_id < '${to}'`,
    );
    await sql.unsafe(`delete from ticks_default where game_id >= '${from}' and game_id < '${to}'`);
    await withoutWaiting(sql, `alter table ticks attach partition ${name} for values from ('${from}') to ('${to}')`);
    return true;
  });
}

/** Inside a transaction. Throws what PostgreSQL says (55P03) when the table stays in use. */
async function withoutWaiting(sql: RawSql, statement: string): Promise<void> {
  await sql.unsafe(`set local lock_timeout = '${LOCK_LIMIT_MS}ms'`);
  for (let tries = 1; ; tries++) {
    await sql`savepoint before_lock`;
    try {
      await sql.unsafe(statement);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== '55P03' || tries === LOCK_TRIES) throw error;
      await sql`rollback to savepoint before_lock`;
      await sql`select pg_sleep(${LOCK_PAUSE_S})`;
    }
  }
}

async function isPartition(sql: RawSql, name: string): Promise<boolean> {
  const rows = await sql`
    select from pg_inherits where inhparent = to_regclass('ticks') and inhrelid = to_regclass(${name})`;
  return rows.length > 0;
}

/** Game ids begin with the UTC date and compare as bytes. */
export function boundsOfDay(day: string): { from: string; to: string } {
  if (!isDay(day)) throw new RangeError(`${day} is no day`);
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return { from: day.replaceAll('-', ''), to: next.replaceAll('-', '') };
}

function nameOfDay(day: string): string {
  return `ticks_${boundsOfDay(day).from}`;
}

function dayOfName(name: string): string | null {
  const [, year, month, date] = /^ticks_(\d{4})(\d\d)(\d\d)$/.exec(name) ?? [];
  return year === undefined ? null : `${year}-${month}-${date}`;
}
