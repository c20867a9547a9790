// The key by which TimescaleDB partitions ticks. The function is plain PL/pgSQL, so that it is tested on any PostgreSQL.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { CREATE_TICKS_KEY, dayOfTicksKey, TICKS_KEY_STEP, ticksKeyOfDay } from '@/db/timescale/tick-key';
import { toArrayLiteral } from '@/server/store/insert-rows';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();

beforeAll(async () => {
  await database().sql.unsafe(CREATE_TICKS_KEY);
});

async function keysInOrder(ids: readonly string[]): Promise<{ id: string; key: number }[]> {
  const rows = await database().sql`
    select id, ticks_key(id)::float8 as key from unnest(${toArrayLiteral(ids)}::text[]) as id order by id collate "C"`;
  return rows as unknown as { id: string; key: number }[];
}

describe('the key of a game id', () => {
  it('is the same here and in the database', async () => {
    const days = ['2000-01-01', '2025-12-07', '2026-02-28', '2099-12-31'];
    const ids = days.flatMap((day) => [day.replaceAll('-', ''), `${day.replaceAll('-', '')}-00000000000000aa`]);
    const keys = await keysInOrder(ids);
    expect(keys.map(({ key }) => key)).toEqual(days.flatMap((day) => [ticksKeyOfDay(day), ticksKeyOfDay(day) + 1]));
    expect(keys.map(({ key }) => dayOfTicksKey(key - (key % TICKS_KEY_STEP)))).toEqual(days.flatMap((d) => [d, d]));
  });

  it('never falls while ids rise, whatever the ids', async () => {
    const digits = fc.stringMatching(/^\d{0,9}$/);
    const near = fc
      .tuple(digits, fc.constantFrom('', '-', '-a', '.', '/', ':', 'a', '~', 'é', '-00000000000000ff'))
      .map((parts) => parts.join(''));
    const text = fc.string({ maxLength: 12 }).map((value) => value.replaceAll('\0', ''));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(near, text), { minLength: 2, maxLength: 60 }), async (ids) => {
        const keys = (await keysInOrder(ids)).map(({ key }) => key);
        expect(keys).toEqual(keys.toSorted((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });

  it('leaves room below and above it within its day’s chunk', async () => {
    const [{ key } = { key: NaN }] = await keysInOrder(['20251207-00000000000000aa']);
    expect(key).toBeGreaterThan(ticksKeyOfDay('2025-12-07'));
    expect(key).toBeLessThan(ticksKeyOfDay('2025-12-07') + TICKS_KEY_STEP - 1);
  });

  it('of what is no day is refused, and no chunk of it has a day', () => {
    for (const text of ['2025-02-30', '20251207', '', '2025-12-7']) {
      expect(() => ticksKeyOfDay(text)).toThrow(RangeError);
    }
    for (const key of [-TICKS_KEY_STEP, 0, 20250230 * TICKS_KEY_STEP, 99999999 * TICKS_KEY_STEP]) {
      expect(dayOfTicksKey(key)).toBeNull();
    }
  });
});
