// How long every history endpoint takes with 10,000 and with 100,000 games (20 million ticks) on record, answer written out as
// JSON, and how much longer with the tenfold record. The promises: p95 under 50 ms, growth under 2. PostgreSQL servers of
// their own, in temporary folders; BENCH_GAMES=1000,10000 tries it out in a minute.
import { withDatabase } from '@/bench/support/with-database';
import { queryCases, type QueryCase } from '@/bench/support/query-cases';
import { connectRaw, type RawSql } from '@/db/connect';
import { percentile, round } from '@/lib/math/percentile';
import { gameId } from '@/lib/units/game-id';
import { epochMs } from '@/lib/units/time';
import { createAnalyticsHistory } from '@/server/history/analytics-history';
import { createGamesHistory } from '@/server/history/games-history';
import { createQualityHistory } from '@/server/quality/quality-history';
import { rollUpStale } from '@/server/rollups/roll-up';
import { seedGames, SEED_UNTIL } from '@/server/seed/seed-games';
import { createReader } from '@/server/store/reader';
import { formatCursor } from '@/server/store/games-cursor';

const GAMES = [10_000, 100_000];
const ASKED = 60;
/** The first questions prepare statements and read pages of the database into memory. */
const WARM_UP = 5;
const SAMPLE = 200;
const P95_PROMISE_MS = 50;
const GROWTH_PROMISE = 2;
const STATEMENT_LIMIT_MS = 900_000;

type Times = Readonly<Record<string, readonly number[]>>;

export async function run() {
  const sizes = process.env.BENCH_GAMES?.split(',').map(Number) ?? GAMES;
  const measured: { games: number; ticks: number; seedSeconds: number; rollupSeconds: number; times: Times }[] = [];
  for (const games of sizes) measured.push(await measureAt(games));
  const [small, large] = [measured[0]!, measured.at(-1)!];
  const endpoints = Object.fromEntries(
    Object.keys(large.times).map((name) => [name, toFigures(small.times[name]!, large.times[name]!)]),
  );
  const all = Object.entries(endpoints);
  return {
    records: measured.map(({ times: _, ...record }) => record),
    asked: ASKED,
    endpoints,
    slowest: all.reduce((slow, one) => (one[1].p95Ms > slow[1].p95Ms ? one : slow))[0],
    slowestP95Ms: Math.max(...all.map(([, { p95Ms }]) => p95Ms)),
    overP95Promise: all.filter(([, { p95Ms }]) => p95Ms >= P95_PROMISE_MS).map(([name]) => name),
    overGrowthPromise: all.filter(([, { growth }]) => growth >= GROWTH_PROMISE).map(([name]) => name),
  };
}

/** Growth is of the medians: the slowest few of so short answers tell of the machine. */
function toFigures(small: readonly number[], large: readonly number[]) {
  return {
    p50Ms: round(percentile(large, 0.5), 2),
    p95Ms: round(percentile(large, 0.95), 2),
    smallP50Ms: round(percentile(small, 0.5), 2),
    smallP95Ms: round(percentile(small, 0.95), 2),
    growth: round(percentile(large, 0.5) / percentile(small, 0.5), 2),
  };
}

async function measureAt(games: number) {
  return withDatabase(({ databaseUrl }) => measure(databaseUrl, games));
}

async function measure(databaseUrl: string, games: number) {
  const { sql, destroy } = connectRaw({ databaseUrl, statementLimitMs: STATEMENT_LIMIT_MS });
  const reader = createReader({ databaseUrl });
  try {
    const started = performance.now();
    const { ticks } = await seedGames({ sql, games, detail: 'full' });
    const seeded = performance.now();
    while ((await rollUpStale(sql)).done > 0);
    const rolledUp = performance.now();
    await sql`vacuum analyze`;
    const now = epochMs(SEED_UNTIL + 60_000);
    const world = {
      games: createGamesHistory(reader),
      analytics: createAnalyticsHistory(reader),
      quality: createQualityHistory({ read: reader.read, clock: () => now }),
      now,
      ...(await sampleGames(sql)),
    };
    await world.quality.keepWarm('simulator');
    const times: Record<string, number[]> = {};
    for (const one of queryCases(world)) times[one.name] = await timesOf(one);
    const seconds = (from: number, to: number) => round((to - from) / 1_000, 1);
    return { games, ticks, seedSeconds: seconds(started, seeded), rollupSeconds: seconds(seeded, rolledUp), times };
  } finally {
    await reader.end();
    await destroy();
  }
}

async function timesOf({ name, ask }: QueryCase): Promise<number[]> {
  const times: number[] = [];
  for (let turn = -WARM_UP; turn < ASKED; turn++) {
    const started = performance.now();
    const answer = await ask(turn + WARM_UP);
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
    JSON.stringify(answer.value);
    if (turn >= 0) times.push(performance.now() - started);
  }
  return times;
}

/** Spread evenly over the record. */
async function sampleGames(sql: RawSql) {
  const rows = await sql.unsafe(`
    select game_id, (extract(epoch from listed_at) * 1000)::float8 as listed_ms from (
      select game_id, listed_at, row_number() over (order by listed_at) as place, count(*) over () as games from games
    ) placed
    where place % greatest(1, games / ${SAMPLE}) = 0`);
  const sample = rows.map((row) => gameId(row.game_id as string));
  const cursors = rows.map((row) =>
    formatCursor({ listedAt: epochMs(row.listed_ms as number), gameId: gameId(row.game_id as string) }),
  );
  return { sample, cursors };
}
