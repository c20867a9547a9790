// Day partitions on a real PostgreSQL, beside writers and readers that do not stop for them.
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectRaw, transact, type RawSql } from '@/db/connect';
import { boundsOfDay, findTickPartitions, NATIVE_PARTITIONS } from '@/db/partitions';
import { gameId } from '@/lib/units/game-id';
import { epochMs } from '@/lib/units/time';
import { openTestStore } from '@/server/store/test-kit/store';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const { ensure, list, drop } = NATIVE_PARTITIONS;

function idOf(day: string, n: number): string {
  return `${day.replaceAll('-', '')}-${n.toString(16).padStart(16, '0')}`;
}

async function insertTick(sql: RawSql, id: string, tick: number): Promise<void> {
  await sql`insert into ticks (game_id, tick, price, source) values (${id}, ${tick}, 1.5, 'frame')`;
}

function connect(): RawSql {
  const { sql, destroy } = connectRaw({ databaseUrl: database().databaseUrl, statementLimitMs: 20_000 });
  onTestFinished(destroy);
  return sql;
}

async function tableOf(id: string): Promise<string[]> {
  const rows = await database()
    .sql`select tableoid::regclass::text as name from ticks where game_id = ${id} order by tick`;
  return rows.map(({ name }) => name);
}

describe('day partitions', () => {
  it('take the rows of their day, those that lay in the default with them', async () => {
    const { sql } = database();
    const [early, late, next] = [idOf('2026-02-28', 0), idOf('2026-02-28', 2 ** 48), idOf('2026-03-01', 0)];
    for (const id of [early, late, next]) await insertTick(sql, id, 0);
    expect(await ensure(sql, ['2026-02-28', '2026-02-27'])).toEqual({ created: ['2026-02-28', '2026-02-27'] });
    await insertTick(sql, early, 1);
    expect(await tableOf(early)).toEqual(['ticks_20260228', 'ticks_20260228']);
    expect(await tableOf(late)).toEqual(['ticks_20260228']);
    expect(await tableOf(next)).toEqual(['ticks_default']);
  });

  it('are made once, however often and by how many they are asked for', async () => {
    const days = ['2026-04-01', '2026-04-02', '2026-04-03'];
    const id = idOf('2026-04-02', 1);
    await insertTick(database().sql, id, 0);
    const reports = await Promise.all([1, 2, 3].map(() => ensure(connect(), days)));
    expect(reports.flatMap(({ created }) => created).sort()).toEqual(days);
    expect(await ensure(database().sql, days)).toEqual({ created: [] });
    expect(await tableOf(id)).toEqual(['ticks_20260402']);
  });

  it('keep the checks and the key of the whole', async () => {
    const { sql } = database();
    await ensure(sql, ['2026-04-10']);
    const id = idOf('2026-04-10', 1);
    await insertTick(sql, id, 0);
    await expect(insertTick(sql, id, 0)).rejects.toMatchObject({ code: '23505' });
    await expect(insertTick(sql, id, -1)).rejects.toMatchObject({ code: '23514' });
  });

  it('are listed with their day and size, and dropped with their rows', async () => {
    const { sql } = database();
    await ensure(sql, ['2026-05-01', '2026-05-02']);
    const [id, kept] = [idOf('2026-05-01', 1), idOf('2026-05-02', 1)];
    for (const one of [id, kept]) await insertTick(sql, one, 0);
    const listed = await list(sql);
    expect(listed.find(({ day }) => day === '2026-05-01')).toMatchObject({ name: 'ticks_20260501' });
    expect(listed.at(-1)).toMatchObject({ day: null, name: 'ticks_default' });
    expect(listed.every(({ bytes }) => bytes > 0)).toBe(true);
    expect(await transact(sql, () => drop(sql, '2026-05-01'))).toBe(true);
    expect(await transact(sql, () => drop(sql, '2026-05-01'))).toBe(false);
    expect(await tableOf(id)).toEqual([]);
    expect(await tableOf(kept)).toEqual(['ticks_20260502']);
  });

  it('are refused for what is no day', () => {
    expect(() => boundsOfDay('2026-02-30')).toThrow(RangeError);
    expect(() => boundsOfDay("2026-02-01'; drop table ticks")).toThrow(RangeError);
    expect(boundsOfDay('2027-12-31')).toEqual({ from: '20271231', to: '20280101' });
  });

  it('are those of a plain PostgreSQL where ticks are a partitioned table', async () => {
    expect(await findTickPartitions(database().sql)).toBe(NATIVE_PARTITIONS);
  });
});

describe('beside others', () => {
  it('the writer loses and doubles nothing while its days are made and rows move', async () => {
    const store = await openTestStore(database());
    const days = Array.from({ length: 4 }, (_, i) => `2026-06-0${i + 1}`);
    const ids = days.map((day) => gameId(idOf(day, 7)));
    let made = false;
    const ensuring = ensure(connect(), days).finally(() => (made = true));
    let ticks = 0;
    for (; !made || ticks < 50; ticks++) {
      for (const id of ids) {
        store.write({
          type: 'tick',
          gameId: id,
          tick: ticks,
          price: 1,
          at: epochMs(ticks),
          source: 'frame',
          live: true,
        });
      }
      if (ticks % 10 === 0) await store.flush();
    }
    await ensuring;
    await store.flush();
    for (const [i, id] of ids.entries()) {
      expect(await tableOf(id)).toEqual(new Array(ticks).fill(`ticks_${days[i]!.replaceAll('-', '')}`));
    }
    expect(store.logged).toEqual([]);
  });

  it('a reader that stays keeps a partition from being made for now, and nothing half done is left', async () => {
    const { sql } = database();
    const id = idOf('2026-07-01', 1);
    await insertTick(sql, id, 0);
    const reader = connect();
    await transact(reader, async () => {
      await reader`select from ticks where game_id = ${id}`;
      await expect(ensure(sql, ['2026-07-01'])).rejects.toMatchObject({ code: '55P03' });
      expect(await tableOf(id)).toEqual(['ticks_default']);
    });
    expect(await ensure(sql, ['2026-07-01'])).toEqual({ created: ['2026-07-01'] });
    expect(await tableOf(id)).toEqual(['ticks_20260701']);
  });
});
