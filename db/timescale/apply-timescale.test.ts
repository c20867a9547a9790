// Becoming a TimescaleDB record, staying one over later migrations, and staying plain where it cannot be one.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { describe, expect, it, onTestFinished } from 'vitest';
import { transact, type RawSql } from '@/db/connect';
import { migrateDatabase } from '@/db/migrate';
import { applyTimescale } from '@/db/timescale/apply-timescale';
import { readRelationKind } from '@/db/timescale/relations';
import { compressTickChunks, listTickChunks } from '@/db/timescale/tick-chunks';
import { SKIPPED, TIMESCALE_URL, useTimescaleDatabase } from '@/db/timescale/test-kit/timescale-database';
import { useTestDatabase } from '@/server/test-kit/postgres';

let migrationsMade = 0;
const HOURS = ['2025-07-01T10:00:00Z', '2026-01-31T10:00:00Z', '2026-01-31T11:00:00Z'];

describe('a server without TimescaleDB', () => {
  const database = useTestDatabase();

  it('keeps the tables that the migrations made', async () => {
    const { sql } = database();
    expect(await transact(sql, () => applyTimescale(sql))).toEqual({ kind: 'absent' });
    expect(await kinds(sql)).toEqual(['partitioned', 'table', 'table', 'table', 'table']);
  });
});

describe.skipIf(!TIMESCALE_URL)(`a record from before TimescaleDB (${SKIPPED})`, () => {
  const database = useTimescaleDatabase({ migrated: false });

  it('becomes one of TimescaleDB with all it holds, also what no minute stands behind any more', async () => {
    const { sql, databaseUrl } = database();
    await migratePlainly(sql);
    await fill(sql);
    const before = await everything(sql);
    expect(await migrateDatabase({ databaseUrl })).toMatchObject({ kind: 'usable' });
    expect(await kinds(sql)).toEqual(['table', 'table', 'view', 'view', 'view']);
    expect(await everything(sql)).toEqual(before);
    expect((await listTickChunks(sql)).map(({ day }) => day)).toEqual(['2025-12-07', '2025-12-08']);
  });

  it('is left alone by the next start', async () => {
    const { sql, databaseUrl } = database();
    const before = [await everything(sql), await objects(sql)];
    await migrateDatabase({ databaseUrl });
    expect([await everything(sql), await objects(sql)]).toEqual(before);
  });

  it('takes later migrations, which are written for tables, with its ticks compressed', async () => {
    const { sql, databaseUrl } = database();
    expect(await compressTickChunks(sql, '2025-12-09')).toBe(2);
    const before = await everything(sql);
    const folder = await withMigration([
      'alter table metrics_minute add column extras integer default 0 not null',
      'alter table metrics_five_minutes add column extras integer default 0 not null',
      'alter table metrics_hourly add column extras integer default 0 not null',
      'alter table metrics_daily add column extras integer default 0 not null',
      'alter table ticks add column note text',
      `alter table ticks add constraint ticks_note_check check (note <> '')`,
    ]);
    await migrateDatabase({ databaseUrl, folder });
    expect(await kinds(sql)).toEqual(['table', 'table', 'view', 'view', 'view']);
    const after = await everything(sql);
    expect(after.levels.map((rows) => rows.map((row) => row.extras))).toEqual(
      before.levels.map((rows) => rows.map(() => 0)),
    );
    expect(after.ticks.map(({ note: _note, ...row }) => row)).toEqual(before.ticks);
    await expect(sql`update ticks set note = '' where tick = 0`).rejects.toMatchObject({ code: '23514' });
    expect(await compressTickChunks(sql, '2025-12-09')).toBe(2);
  });

  it('stays as it was when a migration fails', async () => {
    const { sql, databaseUrl } = database();
    const before = [await everything(sql), await objects(sql)];
    const folder = await withMigration(['alter table metrics_daily add column half integer', 'select 1 / 0']);
    await expect(migrateDatabase({ databaseUrl, folder })).rejects.toThrow('division by zero');
    expect([await everything(sql), await objects(sql)]).toEqual(before);
  });
});

describe.skipIf(!TIMESCALE_URL)(`compressed ticks (${SKIPPED})`, () => {
  const database = useTimescaleDatabase();

  it('are read, corrected, added to and cut like any others', async () => {
    const { sql } = database();
    await sql`
      insert into ticks (game_id, tick, price, source)
      select '20251207-' || lpad(to_hex(game), 16, '0'), tick, 1 + tick / 7.0, 'frame'
      from generate_series(1, 50) as game, generate_series(0, 199) as tick`;
    const before = (await everything(sql)).ticks;
    expect(await compressTickChunks(sql, '2025-12-08')).toBe(1);
    const [chunk] = await listTickChunks(sql);
    expect(chunk!.compressed).toBe(true);
    expect((await everything(sql)).ticks).toEqual(before);
    const id = '20251207-0000000000000007';
    await sql`
      insert into ticks (game_id, tick, price, source) values (${id}, 5, 9.5, 'history'), (${id}, 200, 9.75, 'history')
      on conflict (game_id, tick) do update set price = excluded.price, source = excluded.source`;
    await expect(
      sql`insert into ticks (game_id, tick, price, source) values (${id}, 6, 1, 'frame')`,
    ).rejects.toMatchObject({ code: '23505' });
    await sql`delete from ticks where game_id = ${id} and tick > 200 or game_id = ${id} and tick between 100 and 150`;
    const rows = await sql`select tick, price from ticks where game_id = ${id} order by tick`;
    expect(rows.map(({ tick }) => tick)).toEqual([...range(0, 100), ...range(151, 201)]);
    expect([rows[5]!.price, rows.at(-1)!.price]).toEqual([9.5, 9.75]);
    expect((await everything(sql)).ticks).toHaveLength(before.length + 1 - 51);
  });

  it('are compressed by the database itself, days that are over alone', async () => {
    const { sql } = database();
    const [job] = await sql`
      select job_id as id from timescaledb_information.jobs where proc_name = 'compress_settled_ticks'`;
    const today = new Date().toISOString().slice(0, 10).replaceAll('-', '');
    await sql`
      insert into ticks (game_id, tick, price, source)
      select day || '-00000000000000aa', 0, 1, 'frame' from unnest(array['20251201', ${today}]) as day`;
    await sql.unsafe(`call run_job(${job!.id})`);
    const chunks = await listTickChunks(sql);
    expect(chunks.filter(({ compressed }) => !compressed).map(({ day }) => day?.replaceAll('-', ''))).toEqual([today]);
  });
});

async function kinds(sql: RawSql) {
  const names = ['ticks', 'metrics_minute', 'metrics_five_minutes', 'metrics_hourly', 'metrics_daily'];
  return Promise.all(names.map((name) => readRelationKind(sql, name)));
}

/** The SQL migrations and their books, as a server without TimescaleDB has them. */
async function migratePlainly(sql: RawSql): Promise<void> {
  await sql`create schema drizzle`;
  await sql`create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`;
  for (const { sql: statements, hash, folderMillis } of readMigrationFiles({ migrationsFolder: 'db/migrations' })) {
    for (const statement of statements) await sql.unsafe(statement);
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${folderMillis})`;
  }
}

/** Hours of which one has lost its minutes, and ticks of two days, one in a partition of its own. */
async function fill(sql: RawSql): Promise<void> {
  await sql`create table ticks_20251207 partition of ticks for values from ('20251207') to ('20251208')`;
  await sql`
    insert into ticks (game_id, tick, price, source, assessment, model)
    select day || '-00000000000000aa', tick, 1.1 ^ tick, 'frame', array_fill(0.25::real, array[19]), 'm'
    from unnest(array['20251207', '20251208']) as day, generate_series(0, 99) as tick`;
  for (const [i, hour] of HOURS.entries()) {
    for (const table of ['metrics_minute', 'metrics_five_minutes', 'metrics_hourly', 'metrics_daily']) {
      if (i === 0 && table !== 'metrics_hourly' && table !== 'metrics_daily') continue;
      if (i === 2 && table === 'metrics_daily') continue;
      await sql.unsafe(`
        insert into ${table} (bucket, source, games, peak_max, length_counts, forecast_sums)
        values (date_trunc('${table === 'metrics_daily' ? 'day' : 'hour'}', timestamptz '${hour}', 'UTC'), 'live',
          ${i + 1}, ${i + 0.5}, '{0,${i}}', '{0.125}')`);
    }
  }
}

async function everything(sql: RawSql) {
  const levels = [];
  for (const table of ['metrics_minute', 'metrics_five_minutes', 'metrics_hourly', 'metrics_daily']) {
    levels.push(await sql.unsafe(`select * from ${table} order by bucket, source`));
  }
  const ticks = await sql`select * from ticks order by game_id, tick`;
  return { levels: levels.map((rows) => [...rows]), ticks: [...ticks] };
}

/** Names and numbers of what we made, which would be others had it been made anew. (Compressing goes on by itself.) */
async function objects(sql: RawSql) {
  const relations = await sql`
    select oid::int, relname from pg_class where relnamespace = 'public'::regnamespace order by oid`;
  const aggregates = await sql`
    select view_name, materialization_hypertable_name from timescaledb_information.continuous_aggregates order by 1`;
  return [...relations, ...aggregates];
}

/** The repository's migrations and one more. */
async function withMigration(statements: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fortytick-migrations-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp('db/migrations', folder, { recursive: true });
  const journal = join(folder, 'meta', '_journal.json');
  const content = JSON.parse(await readFile(journal, 'utf8')) as { entries: object[] };
  // Later than any before it.
  const when = 9_000_000_000_000 + ++migrationsMade;
  content.entries.push({ idx: 99, version: '7', when, tag: '0099_more', breakpoints: true });
  await writeFile(journal, JSON.stringify(content));
  await writeFile(join(folder, '0099_more.sql'), statements.join(';\n--> statement-breakpoint\n'));
  return folder;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
