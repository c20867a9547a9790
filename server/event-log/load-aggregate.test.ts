import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transact } from '@/db/connect';
import { epochMs } from '@/lib/units/time';
import { appendEvents } from '@/server/event-log/append-events';
import { loadAggregate, type Aggregate } from '@/server/event-log/load-aggregate';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const AT = epochMs(1_767_225_600_000);
const EVERY = 4;

type Sum = { readonly sum: number; readonly count: number };

/** Order counts, so that an event left out or folded twice shows. */
const sums: Aggregate<Sum> = {
  schemaVersion: 1,
  initial: { sum: 0, count: 0 },
  apply: ({ sum, count }, { payload }) => ({
    sum: sum * 3 + (JSON.parse(payload) as { n: number }).n,
    count: count + 1,
  }),
  encode: (state) => state,
  decode: (encoded) => ('sum' in (encoded as object) ? (encoded as Sum) : null),
};

async function append(stream: string, numbers: readonly number[]) {
  const { sql } = database();
  const events = numbers.map((n) => ({
    stream,
    expectedVersion: 'any' as const,
    type: 'added',
    payload: { n },
    occurredAt: AT,
  }));
  await transact(sql, () => appendEvents(sql, events, { recordedAt: AT }));
}

function load(stream: string, aggregate = sums, takenAt: typeof AT | null = AT) {
  return loadAggregate(database().sql, { stream, aggregate, takenAt, snapshotEvery: EVERY });
}

function foldAll(numbers: readonly number[]): Sum {
  return numbers.reduce<Sum>(({ sum, count }, n) => ({ sum: sum * 3 + n, count: count + 1 }), sums.initial);
}

describe('the state of a stream', () => {
  it('is the same with snapshots as without, however events and loads interleave', async () => {
    let streams = 0;
    const steps = fc.array(fc.array(fc.nat({ max: 2 }), { maxLength: 6 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(steps, async (appends) => {
        const stream = `quality:${streams++}`;
        const all: number[] = [];
        for (const numbers of appends) {
          await append(stream, numbers);
          all.push(...numbers);
          const loaded = await load(stream);
          expect(loaded).toMatchObject({ state: foldAll(all), version: all.length });
          expect(loaded.folded).toBeLessThan(EVERY + 6);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is folded from the snapshot on, and one snapshot is kept', async () => {
    await append('alert:one', [1, 2, 0, 1, 2]);
    expect(await load('alert:one', sums, null)).toMatchObject({ folded: 5 });
    expect(await load('alert:one')).toMatchObject({ folded: 5 });
    expect(await load('alert:one')).toMatchObject({ state: foldAll([1, 2, 0, 1, 2]), version: 5, folded: 0 });
    await append('alert:one', [1, 1, 1, 1]);
    expect(await load('alert:one')).toMatchObject({ version: 9, folded: 4 });
    const rows = await database().sql`select version from snapshots where stream = 'alert:one'`;
    expect(rows.map((row) => row.version)).toEqual([9]);
  });

  it.each([
    ['of another shape', `update snapshots set schema_version = 2`],
    ['with another state', `update snapshots set state = replace(state::text, '"count":4', '"count":5')::json`],
    ['that is no state', `update snapshots set state = '{"eventHash":1}'`],
    [
      'of another history',
      `update snapshots set state = replace(state::text, '"eventHash":"', '"eventHash":"0')::json`,
    ],
    ['ahead of the stream', `update snapshots set version = version + 1`],
  ])('is folded from the beginning when the snapshot is one %s', async (name, damage) => {
    const stream = `alert:${name}`;
    await append(stream, [1, 2, 0, 1]);
    await load(stream);
    await database().sql.unsafe(`${damage} where stream = '${stream}'`);
    expect(await load(stream, sums, null)).toMatchObject({ state: foldAll([1, 2, 0, 1]), version: 4, folded: 4 });
  });
});
