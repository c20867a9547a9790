import { describe, expect, it } from 'vitest';
import { transactAtOnce, type RawSql } from '@/db/connect';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();

async function openTable(): Promise<RawSql> {
  const { sql } = database();
  await sql.unsafe('create table if not exists numbers (n integer primary key)');
  await sql.unsafe('truncate numbers');
  return sql;
}

const insert = (sql: RawSql, n: number) => sql.unsafe('insert into numbers values ($1)', [n]);
const numbers = async (sql: RawSql) =>
  (await sql.unsafe('select n from numbers order by n')).map(({ n }) => n as number);
const isOpen = async (sql: RawSql) => (await sql.unsafe('select now() <> statement_timestamp() as open'))[0]!.open;

describe('a transaction in two round trips', () => {
  it('decides on what it read, writes in order and answers once it is committed', async () => {
    const sql = await openTable();
    await insert(sql, 1);
    const result = await transactAtOnce(sql, {
      read: () => numbers(sql),
      decide: (read) => ({ result: read, statements: [insert(sql, 2), sql.unsafe('update numbers set n = n * 10')] }),
    });
    expect(result).toEqual([1]);
    expect(await numbers(sql)).toEqual([10, 20]);
  });

  it('commits nothing of it when one statement fails, and tells which did', async () => {
    const sql = await openTable();
    const failing = transactAtOnce(sql, {
      read: () => numbers(sql),
      decide: () => ({ result: null, statements: [insert(sql, 1), insert(sql, 1), insert(sql, 2)] }),
    });
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    expect(await numbers(sql)).toEqual([]);
  });

  it.each([
    [
      'reading',
      (sql: RawSql) => ({ read: () => sql.unsafe('select 1 / 0'), decide: () => ({ result: 1, statements: [] }) }),
    ],
    [
      'deciding',
      (sql: RawSql) => ({
        read: () => numbers(sql),
        decide() {
          throw new Error('no');
        },
      }),
    ],
  ])('leaves nothing open when %s fails', async (_, work) => {
    const sql = await openTable();
    await expect(transactAtOnce<unknown, unknown>(sql, work(sql))).rejects.toThrow();
    expect(await isOpen(sql)).toBe(false);
    await insert(sql, 3);
    expect(await numbers(sql)).toEqual([3]);
  });
});
