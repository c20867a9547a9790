// What the record promises of its ticks and rollups, held to by plain PostgreSQL and by TimescaleDB: the same suite runs
// on both, and then the two are compared row by row. The plain side always runs; set TEST_TIMESCALE_URL for the other.
import { afterEach, describe, expect, it } from 'vitest';
import { findTickPartitions } from '@/db/partitions';
import { transact, type RawSql } from '@/db/connect';
import { WRITER_LOCK } from '@/db/locks';
import { dropRollupDay, hasDayChunks } from '@/db/timescale/drop-rollup-day';
import { hasContinuousAggregates, hasTickChunks } from '@/db/timescale/relations';
import { SKIPPED, TIMESCALE_URL, useTimescaleDatabase } from '@/db/timescale/test-kit/timescale-database';
import { bucketsOf, bucketStart, RESOLUTIONS, type Resolution } from '@/lib/metrics/buckets';
import { gameId } from '@/lib/units/game-id';
import { epochMs } from '@/lib/units/time';
import { createMetricsRepository } from '@/server/history/metrics-repository';
import { queryRaw } from '@/server/rollups/query';
import { rebuildMetrics } from '@/server/rollups/rebuild-metrics';
import { rollUpStale } from '@/server/rollups/roll-up';
import { expectMetrics } from '@/server/rollups/test-kit/expect-metrics';
import { deleteWorld, worldGames, writeWorld, type WorldGame } from '@/server/rollups/test-kit/record-world';
import { copyTicks } from '@/server/store/copy-ticks';
import { insertRows, toArrayLiteral } from '@/server/store/insert-rows';
import { TICKS, type KeyedTick } from '@/server/store/table-columns';
import { useTestDatabase } from '@/server/test-kit/postgres';

type Database = () => { readonly databaseUrl: string; readonly sql: RawSql };

/** Before midnight at the end of a month, so that games lie in two days. */
const START = Date.UTC(2026, 0, 31, 22, 30, 10);
const WRITTEN = [
  'games, predictions, recommendations, side_bets, trades, service_minutes, stale_minutes, game_paths, game_checks',
  'tick_intervals, strategy_hourly, strategy_performance, ticks',
];

describe('plain PostgreSQL', () => {
  const database = useTestDatabase();
  it('keeps ticks in partitions and rollups in tables', async () => {
    const { sql } = database();
    expect([await hasTickChunks(sql), await hasContinuousAggregates(sql)]).toEqual([false, false]);
  });
  holdToContract(database);
});

describe.skipIf(!TIMESCALE_URL)(`TimescaleDB (${SKIPPED})`, () => {
  const database = useTimescaleDatabase();
  it('keeps ticks in chunks and rollups in continuous aggregates', async () => {
    const { sql } = database();
    expect([await hasTickChunks(sql), await hasContinuousAggregates(sql)]).toEqual([true, true]);
  });
  holdToContract(database);
});

describe.skipIf(!TIMESCALE_URL)(`plain PostgreSQL and TimescaleDB beside each other (${SKIPPED})`, () => {
  const databases = [useTestDatabase(), useTimescaleDatabase()];

  const games = worldGames({ seed: 'beside', count: 120, from: START });
  const simulated = worldGames({ seed: 'beside too', count: 40, from: START, source: 'simulator' });

  afterEach(async () => {
    for (const database of databases) await emptyRecord(database().sql);
  });

  async function onBoth(step: (sql: RawSql) => Promise<unknown>, levels: readonly Resolution[] = RESOLUTIONS) {
    for (const database of databases) {
      await step(database().sql);
      await rollUpAll(database().sql, 50);
    }
    const [plain, timescale] = await Promise.all(databases.map((database) => allRows(database().sql, levels)));
    expect(timescale).toEqual(plain);
    expect(plain!.length).toBeGreaterThan(0);
  }

  it('have the same rows at every level after games that come late, change and go', async () => {
    await onBoth((sql) => writeWorld(sql, games.slice(0, 60)));
    await onBoth((sql) => writeWorld(sql, [...games.slice(70), ...simulated]));
    await onBoth((sql) => writeWorld(sql, games.slice(60, 70)));
    await onBoth((sql) => deleteWorld(sql, games.slice(20, 30)));
    await onBoth((sql) => writeWorld(sql, games.slice(20, 25)));
  });

  it('have the same rows above the minute when news of one source comes after both lost their minutes', async () => {
    await onBoth((sql) => writeWorld(sql, [...games, ...simulated]));
    await onBoth((sql) => dropDayOfRollup(sql, 'metrics_minute', '2026-01-31'));
    // Where minutes are counted again, TimescaleDB has those of both sources back, the tables those of one.
    await onBoth((sql) => deleteWorld(sql, games.slice(25, 27)), ['five-minutes', 'hour', 'day']);
  });
});

/** One suite, two kinds of server. */
function holdToContract(database: Database): void {
  afterEach(() => emptyRecord(database().sql));

  describe('ticks', () => {
    it('come back bit for bit, by COPY and by rows', async () => {
      const { sql } = database();
      const [copied, inserted] = [tickRows('20260131', 300), tickRows('20260201', 5)];
      await copyIn(sql, copied);
      await insertRows(sql, { table: TICKS, rows: inserted, onConflict: 'fail' });
      expect(await readTicks(sql)).toEqual([...copied, ...inserted].map(toRead));
    });

    it('have one row for each game and tick, whoever writes it again', async () => {
      const { sql } = database();
      const rows = tickRows('20260131', 80);
      await copyIn(sql, rows);
      await expect(insertRows(sql, { table: TICKS, rows: [rows[3]!], onConflict: 'fail' })).rejects.toMatchObject({
        code: '23505',
      });
      await expect(copyIn(sql, rows.slice(0, 60))).rejects.toThrow();
      const corrected = { ...rows[7]!, price: 99.25 };
      await insertRows(sql, { table: TICKS, rows: [corrected, rows[8]!], onConflict: 'replace' });
      expect(await readTicks(sql)).toEqual(rows.map((row, i) => toRead(i === 7 ? corrected : row)));
    });

    it.each(['below 0', 'of no price', 'of an unknown source'])('%s are refused', async (which) => {
      const [row] = tickRows('20260131', 1);
      const bad = {
        'below 0': { tick: -1 },
        'of no price': { price: NaN },
        'of an unknown source': { source: 'guess' },
      };
      const rows = [{ ...row!, ...bad[which as 'below 0'] } as KeyedTick];
      await expect(insertRows(database().sql, { table: TICKS, rows, onConflict: 'fail' })).rejects.toMatchObject({
        code: '23514',
      });
    });

    it('are found by their day and by ranges of days, whatever else lies beside them', async () => {
      const { sql } = database();
      const ids = [
        '',
        '2026-02',
        '20260130-b',
        '20260131',
        '20260131-a',
        '20260131-c',
        '20260201-a',
        '21000101-a',
        'odd',
      ];
      for (const id of ids) await insertBare(sql, id);
      const bounds = ['', '2026', '20260130', '20260131', '20260201', '20260202', '2027', '21000102', 'p'];
      for (const low of bounds) {
        for (const high of [...bounds, '20260131-b', '20260201.']) {
          const found = await sql`
            select game_id as id from ticks where game_id >= ${low} and game_id < ${high} order by game_id`;
          // Ids are ASCII here: JavaScript's order is that of the bytes.
          expect(found.map(({ id }) => id)).toEqual(ids.filter((id) => id >= low && id < high));
        }
      }
      for (const id of ids) {
        expect(await sql`select game_id as id from ticks where game_id = ${id}`).toEqual([{ id }]);
        const from = await sql`select game_id as id from ticks where game_id > ${id} order by game_id`;
        expect(from.map((row) => row.id)).toEqual(ids.filter((other) => other > id));
      }
      const some = ids.filter((_, i) => i % 3 === 0);
      const found =
        await sql`select game_id as id from ticks where game_id = any(${toArrayLiteral(some)}::text[]) order by game_id`;
      expect(found.map(({ id }) => id)).toEqual(some);
    });

    it('lie in days that are listed and dropped one by one', async () => {
      const { sql } = database();
      const days = ['2026-01-30', '2026-01-31', '2026-02-01'];
      const partitions = await findTickPartitions(sql);
      await partitions.ensure(sql, days);
      for (const day of days) await copyIn(sql, tickRows(day.replaceAll('-', ''), 60));
      await insertBare(sql, 'odd');
      const listed = await partitions.list(sql);
      expect(listed.map(({ day }) => day)).toEqual([...days, null]);
      expect(listed.every(({ bytes }) => bytes > 0)).toBe(true);
      expect(await dropDay(sql, '2026-01-31')).toBe(true);
      expect(await dropDay(sql, '2026-01-31')).toBe(false);
      expect((await partitions.list(sql)).map(({ day }) => day)).toEqual(['2026-01-30', '2026-02-01', null]);
      const left = await sql`select distinct left(game_id, 8) as day from ticks order by 1`;
      expect(left.map(({ day }) => day)).toEqual(['20260130', '20260201', 'odd']);
    });
  });

  describe('rollups', () => {
    it('say at every level what a slow count of the games says, also after late and lost games', async () => {
      const { sql } = database();
      const games = worldGames({ seed: 'contract', count: 90, from: START });
      await writeWorld(sql, games.slice(30));
      await rollUpAll(sql);
      await expectRollups(sql, games.slice(30));
      await writeWorld(sql, games.slice(0, 30));
      await rollUpAll(sql);
      await expectRollups(sql, games);
      await deleteWorld(sql, games.slice(10, 50));
      await rollUpAll(sql);
      await expectRollups(sql, [...games.slice(0, 10), ...games.slice(50)]);
    });

    it('keep hours and days when retention drops what they were built from', async () => {
      const { sql } = database();
      const games = worldGames({ seed: 'retained', count: 90, from: START });
      await writeWorld(sql, games);
      await rollUpAll(sql);
      const before = [await rowsOf(sql, 'hour'), await rowsOf(sql, 'day')];
      const kept = (await rowsOf(sql, 'minute')).filter(({ bucket }) => bucket >= Date.UTC(2026, 1, 1));
      await dropDayOfRollup(sql, 'metrics_minute', '2026-01-31');
      for (const day of ['2026-01-31', '2026-02-01']) await dropDayOfRollup(sql, 'metrics_five_minutes', day);
      expect(kept.length).toBeGreaterThan(0);
      expect(await rowsOf(sql, 'minute')).toEqual(kept);
      expect(await rowsOf(sql, 'five-minutes')).toEqual([]);
      expect([await rowsOf(sql, 'hour'), await rowsOf(sql, 'day')]).toEqual(before);
      // Late news of a day whose minutes are gone adds to it, and loses nothing.
      const [late] = worldGames({ seed: 'late', count: 1, from: START + 20_000 }).map((game) => ({
        ...game,
        gameId: gameId('20260131-00000000000fffff'),
        trades: [],
      }));
      await writeWorld(sql, [late!]);
      await rollUpAll(sql);
      await expectLevel(sql, 'hour', [...games, late!]);
      await expectLevel(sql, 'day', [...games, late!]);
    });
  });
}

async function emptyRecord(sql: RawSql): Promise<void> {
  await sql.unsafe(`truncate ${WRITTEN.join(', ')}`);
  // Whatever is still in the rollups has no game behind it any more.
  await rebuildMetrics(sql);
}

async function rollUpAll(sql: RawSql, minutesMax?: number): Promise<void> {
  for (;;) {
    const { more } = await rollUpStale(sql, minutesMax === undefined ? {} : { minutesMax });
    if (!more) return;
  }
}

/** As retention does it. */
async function dropDayOfRollup(sql: RawSql, table: string, day: string): Promise<void> {
  if (await hasDayChunks(sql, table)) await dropRollupDay(sql, table, day);
  else await sql.unsafe(`delete from ${table} where (bucket at time zone 'UTC')::date = '${day}'`);
}

async function rowsOf(sql: RawSql, resolution: Resolution, source: WorldGame['source'] = 'live') {
  return createMetricsRepository(queryRaw(sql)).read({ resolution, from: 0, to: 2 * START, source });
}

async function allRows(sql: RawSql, resolutions: readonly Resolution[]) {
  const levels = [];
  for (const resolution of resolutions) {
    for (const source of ['live', 'simulator'] as const) levels.push(...(await rowsOf(sql, resolution, source)));
  }
  return levels;
}

async function expectRollups(sql: RawSql, games: readonly WorldGame[]): Promise<void> {
  for (const resolution of RESOLUTIONS) await expectLevel(sql, resolution, games);
}

async function expectLevel(sql: RawSql, resolution: Resolution, games: readonly WorldGame[]): Promise<void> {
  const rows = await rowsOf(sql, resolution);
  const ends = games.map(({ endedAt }) => endedAt);
  expect(rows.map(({ bucket }) => bucket)).toEqual(bucketsOf(ends, resolution));
  for (const { bucket, metrics } of rows) {
    const inside = games.filter(({ endedAt }) => bucketStart(endedAt, resolution) === bucket);
    expect(metrics).toMatchObject(expectMetrics(inside));
  }
}

function tickOf(id: string, tick: number): KeyedTick {
  return {
    gameId: gameId(id),
    tick,
    price: 1 / (tick + 3),
    receivedAt: tick % 2 === 0 ? epochMs(START + tick * 250) : null,
    source: tick % 2 === 0 ? 'frame' : 'path',
    assessment: null,
  };
}

/** Ids that are none, which no writer of ours would write. */
async function insertBare(sql: RawSql, id: string): Promise<void> {
  await sql`insert into ticks (game_id, tick, price, source) values (${id}, 0, 1.5, 'frame')`;
}

function tickRows(prefix: string, count: number): KeyedTick[] {
  return Array.from({ length: count }, (_, tick) => tickOf(`${prefix}-00000000000000aa`, tick));
}

async function copyIn(sql: RawSql, rows: readonly KeyedTick[]): Promise<void> {
  await transact(sql, () => copyTicks(sql, [{ gameId: rows[0]!.gameId, lastTick: null, added: rows, changed: [] }]));
}

async function dropDay(sql: RawSql, day: string): Promise<boolean> {
  const { drop } = await findTickPartitions(sql);
  return transact(sql, async () => {
    await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`;
    return drop(sql, day);
  });
}

async function readTicks(sql: RawSql) {
  const rows = await sql`select game_id, tick, price, received_at, source from ticks order by game_id, tick`;
  return rows.map(({ game_id, tick, price, received_at, source }) => [game_id, tick, price, received_at, source]);
}

function toRead({ gameId: id, tick, price, receivedAt, source }: KeyedTick) {
  return [id, tick, price, receivedAt === null ? null : new Date(receivedAt), source];
}
