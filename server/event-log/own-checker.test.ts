// The checker that docs/record/event-log.md gives to anyone, run as it stands there.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { transact } from '@/db/connect';
import { epochMs } from '@/lib/units/time';
import { appendEvents } from '@/server/event-log/append-events';
import { tamper } from '@/server/event-log/test-kit/record-games';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const [, CHECKER] = /```sql\n([^`]+)```/.exec(readFileSync('docs/record/event-log.md', 'utf8'))!;

beforeAll(async () => {
  const { sql } = database();
  const events = ['é🎲', 'a "quoted" \\ text', '\u0000'].map((text, i) => ({
    stream: `alert:${i}`,
    expectedVersion: 0,
    type: 'raised',
    payload: { text },
    metadata: { causationId: 'retention@1' },
    occurredAt: epochMs(1_767_225_600_001 + i),
  }));
  await transact(sql, () => appendEvents(sql, events, { recordedAt: epochMs(1_767_225_600_123) }));
});

async function check(): Promise<number[]> {
  const rows = await database().sql.unsafe(CHECKER!);
  return rows.map((row) => Number(row.position));
}

describe('the checker of the documentation', () => {
  it('finds nothing wrong with a log that is whole', async () => {
    expect(await check()).toEqual([]);
  });

  it.each([
    [`update events set type = 'Raised' where position = 2`, [2]],
    [`update events set occurred_at = occurred_at + interval '1 ms' where position = 1`, [1]],
    [`update events set position = 9 where position = 2`, [3, 9]],
  ])('finds %s', async (change, positions) => {
    const { sql } = database();
    await sql.unsafe('create temp table kept as select * from events');
    await tamper(sql, change);
    expect(await check()).toEqual(positions);
    await tamper(sql, 'delete from events');
    await tamper(sql, 'insert into events select * from kept');
    await sql.unsafe('drop table kept');
    expect(await check()).toEqual([]);
  });
});
