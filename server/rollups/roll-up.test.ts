import seedrandom from 'seedrandom';
import { afterEach, describe, expect, it } from 'vitest';
import { connectRaw, transact } from '@/db/connect';
import { BUCKET_MS, bucketsOf, bucketStart, RESOLUTIONS } from '@/lib/metrics/buckets';
import { createMetricsRepository } from '@/server/history/metrics-repository';
import { queryRaw } from '@/server/rollups/query';
import { rebuildMetrics } from '@/server/rollups/rebuild-metrics';
import { rollUpStale } from '@/server/rollups/roll-up';
import { expectMetrics, expectSums } from '@/server/rollups/test-kit/expect-metrics';
import { deleteWorld, worldGame, worldGames, writeWorld, type WorldGame } from '@/server/rollups/test-kit/record-world';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
/** Before midnight, so that the games lie in two days. */
const START = Date.UTC(2026, 0, 31, 22, 30, 10);
const EMPTIED = [
  'games, predictions, recommendations, side_bets, trades, service_minutes, stale_minutes, game_paths, game_checks',
  'tick_intervals, metrics_minute, metrics_five_minutes, metrics_hourly, metrics_daily, strategy_hourly',
  'strategy_performance',
];

afterEach(async () => {
  await database().sql.unsafe(`truncate ${EMPTIED.join(', ')}`);
});

const repository = () => createMetricsRepository(queryRaw(database().sql));

async function rollUpAll(minutesMax?: number) {
  for (;;) {
    const { more } = await rollUpStale(database().sql, minutesMax === undefined ? {} : { minutesMax });
    if (!more) return;
  }
}

/** Every row of every level against the games that ended in its bucket. */
async function expectRollups(games: readonly WorldGame[], source: WorldGame['source'] = 'live') {
  const own = games.filter((game) => game.source === source);
  for (const resolution of RESOLUTIONS) {
    const rows = await repository().read({ resolution, from: 0, to: 2 * START, source });
    const buckets = bucketsOf(
      own.map(({ endedAt }) => endedAt),
      resolution,
    );
    expect(rows.map(({ bucket }) => bucket)).toEqual(buckets);
    for (const { bucket, metrics } of rows) {
      const inside = own.filter(({ endedAt }) => bucketStart(endedAt, resolution) === bucket);
      expect(metrics).toMatchObject(expectMetrics(inside));
      for (const [column, sum] of Object.entries(expectSums(inside))) {
        expect(metrics[column as 'peakSum']).toBeCloseTo(sum, 6);
      }
    }
  }
}

async function strategyRows(table: 'strategy_hourly' | 'strategy_performance') {
  return database().sql.unsafe(`select * from ${table} order by 1, source, strategy_id`);
}

describe('the rollups', () => {
  it('say at every level what a slow count of the games says', async () => {
    const games = worldGames({ seed: 'levels', count: 150, from: START });
    await writeWorld(database().sql, games);
    await rollUpAll();
    await expectRollups(games);
    expect(await database().sql`select * from stale_minutes`).toEqual([]);
  });

  it('keep the real game and the simulator apart', async () => {
    const live = worldGames({ seed: 'live', count: 20, from: START });
    const simulated = worldGames({ seed: 'simulated', count: 30, from: START, source: 'simulator' });
    await writeWorld(database().sql, [...live, ...simulated]);
    await rollUpAll();
    await expectRollups([...live, ...simulated], 'live');
    await expectRollups([...live, ...simulated], 'simulator');
  });

  it('are the same however the games arrive: late, in pieces, in any order', async () => {
    const games = worldGames({ seed: 'late', count: 80, from: START });
    await writeWorld(database().sql, games);
    await rollUpAll();
    const atOnce = await repository().read({ resolution: 'day', from: 0, to: 2 * START, source: 'live' });
    await deleteWorld(database().sql, games);
    await rollUpAll();
    expect(await repository().read({ resolution: 'day', from: 0, to: 2 * START, source: 'live' })).toEqual([]);

    const random = seedrandom('order');
    const shuffled = games.map((game) => [random(), game] as const).sort(([a], [b]) => a - b);
    for (let first = 0; first < shuffled.length; first += 9) {
      await writeWorld(
        database().sql,
        shuffled.slice(first, first + 9).map(([, game]) => game),
      );
      await rollUpAll(4);
    }
    await expectRollups(games);
    // To the last bit: sums do not depend on the order.
    expect(await repository().read({ resolution: 'day', from: 0, to: 2 * START, source: 'live' })).toEqual(atOnce);
  });

  it('follow a game that changes, and lose one that goes', async () => {
    const games = worldGames({ seed: 'change', count: 12, from: START });
    await writeWorld(database().sql, games);
    await rollUpAll();
    const [changed, ...rest] = games;
    await deleteWorld(database().sql, [changed!]);
    await rollUpAll();
    await expectRollups(rest);
    const other = worldGame(seedrandom('other'), { index: 999, endedAt: changed!.endedAt });
    await writeWorld(database().sql, [other]);
    await rollUpAll();
    await expectRollups([...rest, other]);
  });

  it('count games that are not confirmed, and outcomes that are not known, nowhere', async () => {
    const games = worldGames({ seed: 'unconfirmed', count: 10, from: START });
    await writeWorld(database().sql, games);
    await database().sql`update games set confirmed_at = null where game_id = ${games[0]!.gameId}`;
    await rollUpAll();
    await expectRollups(games.slice(1));
  });

  it('count again a minute that changes while it is being rolled up', async () => {
    const { sql, databaseUrl } = database();
    const [first, second] = worldGames({ seed: 'race', count: 2, from: START, everyMs: 1_000 });
    await writeWorld(sql, [first!]);
    const other = connectRaw({ databaseUrl, statementLimitMs: 10_000 });
    try {
      // Another transaction has written a game of the same minute, and commits when the rollup has counted.
      await transact(other.sql, async () => {
        await writeWorld(other.sql, [second!]);
        expect(await rollUpStale(sql)).toEqual({ done: 1, more: false });
      });
      await expectRollups([first!]);
      expect(await sql`select changes from stale_minutes`).toEqual([{ changes: 2 }]);
      await rollUpAll();
      await expectRollups([first!, second!]);
    } finally {
      await other.destroy();
    }
  });

  it('are right with two processes at once, one of which leaves the work to the other', async () => {
    const { sql, databaseUrl } = database();
    const games = worldGames({ seed: 'two', count: 60, from: START });
    const other = connectRaw({ databaseUrl, statementLimitMs: 10_000 });
    try {
      let written = 0;
      while (written < games.length) {
        await writeWorld(sql, games.slice(written, (written += 10)));
        await Promise.all([rollUpStale(sql, { minutesMax: 7 }), rollUpStale(other.sql, { minutesMax: 7 })]);
      }
      await transact(other.sql, async () => {
        await other.sql`select pg_advisory_xact_lock(4040003)`;
        expect(await rollUpStale(sql)).toEqual({ done: 0, more: false });
      });
      await rollUpAll();
      await expectRollups(games);
    } finally {
      await other.destroy();
    }
  });

  it('work off the newest minutes first, so many at a time', async () => {
    const games = worldGames({ seed: 'newest', count: 10, from: START });
    await writeWorld(database().sql, games);
    expect(await rollUpStale(database().sql, { minutesMax: 3 })).toEqual({ done: 3, more: true });
    await expectRollups(games.slice(-3));
  });
});

describe('late news about an hour whose minutes are deleted', () => {
  it('leave the rest of the hour as it was, with what only the rollups still know', async () => {
    const { sql } = database();
    const games = worldGames({ seed: 'thinned', count: 40, from: START });
    await writeWorld(sql, games);
    await sql`insert into service_minutes values (${new Date(START - 10_000).toISOString()}, 'live', 200, 190, 1, 2, 3, '{0,5,6}', null)`;
    await rollUpAll();
    const hours = await repository().read({ resolution: 'hour', from: 0, to: 2 * START, source: 'live' });
    await sql`truncate metrics_minute, metrics_five_minutes, service_minutes, trades`;
    const late = worldGame(seedrandom('late'), { index: 500, endedAt: games[0]!.endedAt + 30_000, trades: [] });
    await writeWorld(sql, [late]);
    await rollUpAll();
    const after = await repository().read({ resolution: 'hour', from: 0, to: 2 * START, source: 'live' });
    const [before, now] = [hours[0]!.metrics, after[0]!.metrics];
    expect(now.games).toBe(before.games + 1);
    expect(now).toMatchObject({
      lengthSum: before.lengthSum + late.rugTick,
      trades: before.trades,
      tradedLamports: before.tradedLamports,
      frames: 200,
      disconnects: 2,
      serviceMinutes: 1,
      latencyCounts: [0, 5, 6],
    });
    expect(after.slice(1)).toEqual(hours.slice(1));
    const [day] = await repository().read({ resolution: 'day', from: 0, to: 2 * START, source: 'live' });
    expect(day!.metrics.frames).toBe(200);
  });
});

describe('strategies as if followed', () => {
  it('are added up by hour and day, as worked out by hand', async () => {
    const { sql } = database();
    const advice = { live: true, expectedValue: -0.0916, stakeLamports: 100_000_000n };
    const game = (index: number, rugTick: number, recommendations: WorldGame['recommendations']) =>
      worldGame(seedrandom('hand'), {
        index,
        endedAt: START + index * 3_000_000,
        rugTick,
        recommendations,
        predictions: [],
      });
    // Rugs at 30: the first bet wins. Rugs at 60: a bet at 1 loses, one at 41 wins, one that would begin at 60 is missed.
    const games = [
      game(0, 30, [
        { ...advice, strategyId: 'flat-stake', tick: 0, startTick: 1, bet: true },
        { ...advice, strategyId: 'do-not-bet', tick: 0, startTick: 1, bet: false },
      ]),
      game(1, 60, [
        { ...advice, strategyId: 'flat-stake', tick: 0, startTick: 1, bet: true },
        { ...advice, strategyId: 'flat-stake', tick: 40, startTick: 41, bet: true, live: false },
        { ...advice, strategyId: 'flat-stake', tick: 59, startTick: 60, bet: true },
        { ...advice, strategyId: 'do-not-bet', tick: 0, startTick: 1, bet: false },
        { ...advice, strategyId: 'do-not-bet', tick: 59, startTick: 60, bet: false },
      ]),
    ];
    await writeWorld(sql, games);
    await rollUpAll();
    const days = await strategyRows('strategy_performance');
    expect(days).toHaveLength(2);
    expect(days[0]).toMatchObject({
      strategy_id: 'do-not-bet',
      recommendations: 3,
      bets: 0,
      skips_right: 1,
      skips_wrong: 1,
    });
    expect(days[1]).toMatchObject({
      strategy_id: 'flat-stake',
      source: 'live',
      recommendations: 4,
      recommendations_live: 3,
      bets: 3,
      won: 2,
      missed: 1,
      staked_lamports: '300000000',
      returned_lamports: '1000000000',
      expected_profit_lamports: '-27480000',
      payable_lamports: '1500000000',
      payable_squares: 0.75,
    });
    expect((await strategyRows('strategy_hourly')).map((row) => [row.strategy_id, row.bets])).toEqual([
      ['do-not-bet', 0],
      ['flat-stake', 1],
      ['do-not-bet', 0],
      ['flat-stake', 2],
    ]);
  });
});

describe('rebuilding', () => {
  it('brings back every row from the tables, and removes rows that nothing stands behind', async () => {
    const { sql } = database();
    const games = worldGames({ seed: 'rebuild', count: 90, from: START });
    await writeWorld(sql, games);
    await rollUpAll();
    const strategies = await strategyRows('strategy_performance');
    await sql`delete from metrics_minute where bucket < ${new Date(START + 1_800_000).toISOString()}`;
    await sql`update metrics_hourly set games = games + 7`;
    await sql`insert into metrics_daily (bucket, source, games) values ('2020-01-01T00:00:00Z', 'live', 3)`;
    await sql`delete from strategy_performance`;
    const seen: number[] = [];
    await rebuildMetrics(sql, undefined, { onProgress: (minutes) => void seen.push(minutes) });
    await expectRollups(games);
    expect(await strategyRows('strategy_performance')).toEqual(strategies);
    expect(seen.at(-1)).toBeGreaterThanOrEqual(90);
  });

  it('can be kept to a range', async () => {
    const { sql } = database();
    const games = worldGames({ seed: 'range', count: 30, from: START });
    await writeWorld(sql, games, { mark: false });
    const middle = bucketStart(games[15]!.endedAt, 'hour');
    await rebuildMetrics(sql, { from: middle, to: middle + BUCKET_MS.hour });
    await expectRollups(games.filter(({ endedAt }) => bucketStart(endedAt, 'hour') === middle));
  });
});
