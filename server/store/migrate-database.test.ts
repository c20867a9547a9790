import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getTableColumns, getTableName } from 'drizzle-orm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { migrateDatabase } from '@/db/migrate';
import * as accounts from '@/db/schema/accounts';
import * as bets from '@/db/schema/bets';
import * as decisions from '@/db/schema/decisions';
import * as events from '@/db/schema/events';
import * as metrics from '@/db/schema/metrics';
import * as record from '@/db/schema/record';
import * as retention from '@/db/schema/retention';
import { useTestDatabase } from '@/server/test-kit/postgres';

const schema = { ...record, ...decisions, ...events, ...metrics, ...retention, ...accounts, ...bets };
const TABLES = Object.values(schema).map((table) => getTableName(table));

const database = useTestDatabase({ migrated: false });

const migrations = JSON.parse(readFileSync('db/migrations/meta/_journal.json', 'utf8')) as { entries: object[] };

async function tableNames(): Promise<string[]> {
  const rows = await database().sql`select table_name from information_schema.tables where table_schema = 'public'`;
  return rows.map((row) => row.table_name).sort();
}

/** The real migrations and one more, which makes a table and then does what it is told. */
async function withBadMigration(statement: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fortytick-migrations-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp('db/migrations', folder, { recursive: true });
  const journal = join(folder, 'meta', '_journal.json');
  const content = JSON.parse(await readFile(journal, 'utf8')) as { entries: object[] };
  content.entries.push({ idx: 99, version: '7', when: 9_999_999_999_999, tag: '0099_bad', breakpoints: true });
  await writeFile(journal, JSON.stringify(content));
  await writeFile(
    join(folder, '0099_bad.sql'),
    `create table half_done (n int);\n--> statement-breakpoint\n${statement};`,
  );
  return folder;
}

describe('migrating', () => {
  it('makes the tables once, whoever else does the same at the same time', async () => {
    await Promise.all([1, 2, 3].map(() => migrateDatabase(database())));
    expect(await tableNames()).toEqual([...TABLES, 'ticks_default'].sort());
    const applied = await database().sql`select count(*)::int as count from drizzle.__drizzle_migrations`;
    expect(applied[0]!.count).toBe(migrations.entries.length);
  });

  it('that fails leaves the database as it was, and says why', async () => {
    const folder = await withBadMigration('alter table no_such_table add column n int');
    await expect(migrateDatabase({ ...database(), folder })).rejects.toThrow('no_such_table');
    expect(await tableNames()).not.toContain('half_done');
    await migrateDatabase(database());
  });

  it('gives the tables that the schema describes', async () => {
    const rows = await database().sql`
      select table_name, column_name, is_nullable, data_type, collation_name
      from information_schema.columns where table_schema = 'public' and table_name <> 'ticks_default'`;
    const found = rows.map((row) => `${row.table_name}.${row.column_name} ${row.data_type} ${row.is_nullable}`);
    const described = Object.values(schema).flatMap((table) =>
      Object.values(getTableColumns(table)).map((column) => {
        const type = column
          .getSQLType()
          .replace(/timestamp \(3\)/, 'timestamp')
          .replace('bigserial', 'bigint')
          .replace(/ collate "C"/, '')
          .replace(/^.*\[\]$/, 'ARRAY');
        return `${getTableName(table)}.${column.name} ${type} ${column.notNull ? 'NO' : 'YES'}`;
      }),
    );
    expect(found.sort()).toEqual(described.sort());
    const ids = rows.filter((row) => row.column_name === 'game_id');
    expect(new Set(ids.map((row) => row.collation_name))).toEqual(new Set(['C']));
  });

  it('leaves ticks ready for partitions of days', async () => {
    const { sql } = database();
    await sql`create table ticks_20990101 partition of ticks for values from ('20990101') to ('20990102')`;
    await sql`insert into ticks (game_id, tick, price, source) values ('20990101-ffffffffffffffff', 0, 1, 'frame')`;
    const [row] =
      await sql`select tableoid::regclass::text as name from ticks where game_id = '20990101-ffffffffffffffff'`;
    expect(row!.name).toBe('ticks_20990101');
    await sql`drop table ticks_20990101`;
  });
});

describe('the checks of the tables', () => {
  it.each([
    ['a tick below 0', tick(`-1, 1, 'frame'`), 'ticks_tick_check'],
    ['a price that is no number', tick(`1, 'NaN', 'frame'`), 'ticks_price_check'],
    ['a price without end', tick(`1, 'Infinity', 'frame'`), 'ticks_price_check'],
    ['a source of no kind', tick(`1, 1, 'guess'`), 'ticks_source_check'],
    ['a phase of no kind', game(`'paused', null, null`), 'games_phase_check'],
    ['a rug below tick 0', game(`'active', -1, null`), 'games_rug_tick_check'],
    ['a confirmed game without its seed', game(`'active', null, now()`), 'games_confirmed_check'],
    ['a bet of nothing', bet(`0, 40, 0`), 'side_bets_stake_check'],
    ['a bet that ends where it starts', bet(`5, 5, 1`), 'side_bets_end_tick_check'],
  ])('refuse %s', async (_, statement, constraint) => {
    await expect(database().sql.unsafe(statement)).rejects.toThrow(constraint);
  });
});

function tick(values: string): string {
  return `insert into ticks (game_id, tick, price, source) values ('g', ${values})`;
}

function game(values: string): string {
  return `insert into games (game_id, phase, rug_tick, confirmed_at, listed_at, complete, ticks_repaired, ticks_corrected)
    select 'g', column1, column2::int, column3::timestamptz, now(), false, 0, 0 from (values (${values})) v`;
}

function bet(values: string): string {
  return `insert into side_bets (game_id, player_id, start_tick, end_tick, stake_lamports, payout_multiple, coin_address,
    confirmed) select 'g', 'p', v.*, 5, 'c', false from (values (${values})) v`;
}
