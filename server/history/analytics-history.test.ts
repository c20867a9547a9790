import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectForReading, type ReadConnection } from '@/db/connect';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/metrics/buckets';
import { calibrationSchema, patternsSchema, performanceSchema, trendsSchema } from '@/lib/protocol/analytics';
import { epochMs } from '@/lib/units/time';
import { createAnalyticsHistory, type AnalyticsHistory } from '@/server/history/analytics-history';
import {
  getCalibration,
  getPatterns,
  getPerformance,
  getTrends,
  type AnalyticsRequest,
} from '@/server/history/get-analytics';
import { rollUpStale } from '@/server/rollups/roll-up';
import { expectMetrics } from '@/server/rollups/test-kit/expect-metrics';
import { hasWon, worldGames, writeWorld, type WorldGame } from '@/server/rollups/test-kit/record-world';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const START = Date.UTC(2026, 1, 3, 4, 5, 6);
const EMPTIED = [
  'games, predictions, recommendations, side_bets, trades, service_minutes, stale_minutes, game_paths, game_checks',
  'tick_intervals, metrics_minute, metrics_five_minutes, metrics_hourly, metrics_daily, strategy_hourly',
  'strategy_performance',
];
let reading: ReadConnection;
let history: AnalyticsHistory;

beforeEach(() => {
  reading = connectForReading({ databaseUrl: database().databaseUrl });
  history = createAnalyticsHistory({ read: (ask) => ask(reading.db) });
});
afterEach(async () => {
  await reading.end();
  await database().sql.unsafe(`truncate ${EMPTIED.join(', ')}`);
});

async function rollUpAll() {
  while ((await rollUpStale(database().sql)).more);
}

function request(query: string, now: number, source: AnalyticsRequest['source'] = 'live'): AnalyticsRequest {
  return { history, query: new URLSearchParams(query), source, now: epochMs(now) };
}

async function answered<T>(answer: Promise<{ ok: true; value: T } | { ok: false; error: unknown }>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const inside = (games: readonly WorldGame[], from: number, to: number) =>
  games.filter(({ endedAt }) => endedAt >= from && endedAt < to);

/** Every part of the answer against a slow count of the games in its range. */
describe('performance', () => {
  it('tells of exactly the games that ended in its range, to the minute', async () => {
    const games = worldGames({ seed: 'performance', count: 600, from: START, everyMs: 526_000 });
    await writeWorld(database().sql, games);
    await rollUpAll();
    const now = START + 88 * HOUR_MS;
    for (const hours of ['1', '5', '24', '71', '200', 'all']) {
      const answer = performanceSchema.parse(await answered(getPerformance(request(`hours=${hours}`, now))));
      const { range } = answer;
      if (hours === '24') expect(range.to - range.from).toBe(DAY_MS);
      if (hours === 'all') expect(range.from).toBe(Date.UTC(2026, 1, 3));
      expect(range.to).toBeGreaterThan(now);
      expect(range.to - now).toBeLessThanOrEqual(MINUTE_MS);
      const own = inside(games, range.from, range.to);
      const expected = expectMetrics(own);
      expect(answer.games).toMatchObject({ games: own.length, verified: expected.gamesVerified });
      expect(answer.range).toMatchObject({
        source: 'live',
        at: null,
        games: own.length,
        staleMinutes: 0,
        predictions: {
          count: expected.predictions,
          live: expected.predictionsLive,
          replayed: expected.predictions - expected.predictionsLive,
        },
        recommendations: { count: own.flatMap(({ recommendations }) => recommendations).length },
      });
      expect(answer.predictions).toMatchObject({
        count: expected.predictions,
        end: { within1: { count: expected.within1 } },
      });
      expect(answer.sideBets).toMatchObject({
        bets: expected.sideBets,
        won: expected.sideBetsWon,
        stakedLamports: expected.stakedLamports.toString(),
        paidLamports: expected.paidLamports.toString(),
      });
      const flat = answer.strategies.find(({ strategyId }) => strategyId === 'flat-stake')!;
      const bets = own.flatMap(({ recommendations, rugTick }) =>
        recommendations.filter(({ bet, startTick }) => bet && startTick < rugTick).map((bet) => ({ ...bet, rugTick })),
      );
      expect(flat).toMatchObject({
        bets: bets.length,
        won: bets.filter(({ startTick, rugTick }) => hasWon(startTick, rugTick)).length,
        stakedLamports: bets.reduce((sum, { stakeLamports }) => sum + stakeLamports, 0n).toString(),
      });
    }
  });

  it('leaves out the parts that were not asked for', async () => {
    await writeWorld(database().sql, worldGames({ seed: 'parts', count: 20, from: START }));
    await rollUpAll();
    const now = START + HOUR_MS;
    const predictions = await answered(getPerformance(request('metric_type=predictions', now)));
    expect(predictions).toMatchObject({ metricType: 'predictions', sideBets: null });
    expect(predictions.predictions).not.toBeNull();
    const sideBets = await answered(getPerformance(request('metric_type=sidebets', now)));
    expect(sideBets).toMatchObject({ metricType: 'sidebets', predictions: null, strategies: [] });
  });

  it('keeps the simulator out of the real game, and says how many minutes it is behind', async () => {
    await writeWorld(database().sql, [
      ...worldGames({ seed: 'live', count: 10, from: START }),
      ...worldGames({ seed: 'simulator', count: 15, from: START, source: 'simulator' }),
    ]);
    const before = await answered(getPerformance(request('', START + HOUR_MS)));
    expect(before.range).toMatchObject({ games: 0, staleMinutes: 10 });
    await rollUpAll();
    const now = START + HOUR_MS;
    expect((await answered(getPerformance(request('', now)))).games.games).toBe(10);
    expect((await answered(getPerformance(request('', now, 'simulator')))).games.games).toBe(15);
    expect((await answered(getPerformance(request('source=simulator', now)))).range.source).toBe('simulator');
  });

  it('is an answer of nulls and zeros on an empty record', async () => {
    const now = START;
    for (const hours of ['24', 'all']) {
      const answer = performanceSchema.parse(await answered(getPerformance(request(`hours=${hours}`, now))));
      expect(answer).toMatchObject({ games: { games: 0, length: null }, predictions: null, strategies: [] });
    }
    patternsSchema.parse(await answered(getPatterns(request('', now))));
    calibrationSchema.parse(await answered(getCalibration(request('', now))));
    trendsSchema.parse(await answered(getTrends(request('', now))));
  });
});

describe('time travel', () => {
  it('counts only what was confirmed by then, also where later games fell into earlier hours', async () => {
    const games = worldGames({ seed: 'travel', count: 400, from: START, everyMs: 130_000 }).map((game, i) =>
      // Every seventh game was learnt of five hours late.
      i % 7 === 0 ? { ...game, confirmedAt: game.endedAt + 5 * HOUR_MS } : game,
    );
    await writeWorld(database().sql, games);
    await rollUpAll();
    for (const at of [START + 3 * HOUR_MS + 1_234, START + 8 * HOUR_MS, START + 11 * HOUR_MS + 59_999]) {
      const known = games.filter(({ endedAt, confirmedAt }) => endedAt < at && confirmedAt <= at);
      const own = inside(known, at - 6 * HOUR_MS, at);
      const answer = performanceSchema.parse(
        await answered(getPerformance(request(`hours=6&at=${at}`, START + 40 * HOUR_MS))),
      );
      expect(answer.range).toMatchObject({ from: at - 6 * HOUR_MS, to: at, at, games: own.length });
      const expected = expectMetrics(own);
      expect(answer.sideBets).toMatchObject({
        bets: expected.sideBets,
        stakedLamports: expected.stakedLamports.toString(),
      });
      expect(answer.predictions!.count).toBe(expected.predictions);
      const advised = own.flatMap(({ recommendations }) => recommendations).length;
      expect(answer.range.recommendations.count).toBe(advised);

      const all = await answered(getCalibration(request(`at=${at}`, START + 40 * HOUR_MS)));
      expect(all.range.games).toBe(known.length);
      const trends = trendsSchema.parse(await answered(getTrends(request(`days=10&at=${at}`, START + 40 * HOUR_MS))));
      expect(trends.points.reduce((sum, point) => sum + point.games, 0)).toBe(known.length);
      const patterns = patternsSchema.parse(await answered(getPatterns(request(`at=${at}`, START + 40 * HOUR_MS))));
      expect([patterns.range.games, patterns.dependence.games]).toEqual([known.length, known.length]);
    }
  });
});

describe('trends', () => {
  it('have a point for every hour of up to seven days, and for every day beyond', async () => {
    const games = worldGames({ seed: 'trends', count: 300, from: START, everyMs: 900_000 });
    await writeWorld(database().sql, games);
    await rollUpAll();
    const now = START + 75 * HOUR_MS + 30 * MINUTE_MS;
    for (const [days, resolution, points, bucketMs] of [
      [2, 'hour', 48, HOUR_MS],
      [7, 'hour', 168, HOUR_MS],
      [30, 'day', 30, DAY_MS],
    ] as const) {
      const answer = trendsSchema.parse(await answered(getTrends(request(`days=${days}`, now))));
      expect(answer.resolution).toBe(resolution);
      expect(answer.points).toHaveLength(points);
      expect(answer.points.at(-1)!.to).toBeGreaterThanOrEqual(now);
      let bets = 0;
      for (const point of answer.points) {
        expect(point.to - point.from).toBe(bucketMs);
        const own = inside(games, point.from, point.to);
        expect(point.games).toBe(own.length);
        expect(point.meanLength).toEqual(
          own.length === 0 ? null : expect.closeTo(own.reduce((sum, { rugTick }) => sum + rugTick, 0) / own.length, 9),
        );
        bets += own
          .flatMap((game) => game.recommendations.map((advice) => ({ ...advice, rugTick: game.rugTick })))
          .filter(({ bet, startTick, rugTick }) => bet && startTick < rugTick).length;
      }
      const flat = answer.strategies.find(({ strategyId }) => strategyId === 'flat-stake')!;
      expect(flat.points.reduce((sum, point) => sum + point.bets, 0)).toBe(bets);
      expect(answer.strategies.find(({ strategyId }) => strategyId === 'do-not-bet')!.points).toEqual([]);
    }
  });
});

describe('calibration and patterns', () => {
  it('tell the hazard and the forecasts of the games in the range', async () => {
    const games = worldGames({ seed: 'calibration', count: 500, from: START, everyMs: 120_000 });
    await writeWorld(database().sql, games);
    await rollUpAll();
    const now = START + 30 * HOUR_MS;
    const answer = calibrationSchema.parse(await answered(getCalibration(request('hours=all', now))));
    expect(answer.curves.map(({ id }) => id)).toEqual(['headline', 'documented-curve', 'published']);
    const grid = games.flatMap((game) =>
      game.predictions.filter(({ tick }) => tick % 40 === 0).map((made) => ({ ...made, rugTick: game.rugTick })),
    );
    const won = grid.filter(({ tick, rugTick }) => hasWon(tick, rugTick)).length;
    expect(answer.forecasts).toMatchObject({ count: grid.length, won: { count: won, of: grid.length } });
    for (const { from, to, atRisk, rugs } of answer.hazard.buckets) {
      expect(atRisk).toBe(games.filter(({ rugTick }) => rugTick >= from).length);
      expect(rugs).toBe(games.filter(({ rugTick }) => rugTick >= from && rugTick < (to ?? Infinity)).length);
    }
    const patterns = patternsSchema.parse(await answered(getPatterns(request('', now))));
    for (const slot of patterns.hours) {
      expect(slot.games).toBe(games.filter(({ endedAt }) => new Date(endedAt).getUTCHours() === slot.hour).length);
    }
    for (const slot of patterns.weekdays) {
      const own = games.filter(({ endedAt }) => (new Date(endedAt).getUTCDay() || 7) === slot.weekday);
      expect(slot.games).toBe(own.length);
    }
    let runs = 0;
    games.forEach(({ rugTick }, i) => (rugTick < 40 && !(games[i - 1] && games[i - 1]!.rugTick < 40) ? runs++ : 0));
    expect(patterns.shortGames.sequence).toMatchObject({ games: 500, runs });
    expect(patterns.dependence).toMatchObject({ games: 500, gamesMax: 5_000 });
  });
});

describe('a query of the analytics', () => {
  const verbs = { performance: getPerformance, trends: getTrends, patterns: getPatterns, calibration: getCalibration };

  it.each([
    ['performance', 'hours=0'],
    ['performance', 'hours=-5'],
    ['performance', 'hours=8761'],
    ['performance', 'hours=1e3'],
    ['performance', 'hours=NaN'],
    ['performance', 'hours=99999999999999999999'],
    ['performance', 'hours='],
    ['performance', 'hours=24&hours=48'],
    ['performance', 'metric_type=everything'],
    ['performance', 'source=both'],
    ['performance', 'at=tomorrow'],
    ['performance', 'days=3'],
    ['trends', 'days=0'],
    ['trends', 'days=367'],
    ['trends', 'days=all'],
    ['trends', 'days=1.5'],
    ['trends', 'hours=24'],
    ['patterns', 'hours=-1'],
    ['patterns', 'at=2025-02-30'],
    ['calibration', 'hours=Infinity'],
    ['calibration', 'at=1&at=2'],
  ] as const)('%s?%s is refused by name', async (verb, query) => {
    const untouched: AnalyticsHistory = {
      readPerformance: () => Promise.reject(new Error('asked')),
      readTrends: () => Promise.reject(new Error('asked')),
      readPatterns: () => Promise.reject(new Error('asked')),
      readCalibration: () => Promise.reject(new Error('asked')),
    };
    const answer = await verbs[verb]({ ...request(query, START), history: untouched });
    expect(answer).toMatchObject({ ok: false, error: { status: 400, title: 'Bad parameter' } });
    expect(!answer.ok && answer.error.detail).toContain(query.split('=')[0]);
  });

  it('is told when the record is away', async () => {
    const away = createAnalyticsHistory({ read: () => Promise.reject(new Error('gone')) });
    for (const verb of Object.values(verbs)) {
      expect(await verb({ ...request('', START), history: away })).toMatchObject({ error: { status: 503 } });
    }
  });
});
