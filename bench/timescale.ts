// TimescaleDB against plain PostgreSQL, both on the server that TEST_TIMESCALE_URL names: COPY of ticks into the hypertable
// and into a partitioned twin, what compression saves, how fast a game is read from either, and one hour's rollup. Rounds
// alternate and medians are compared, because machines are noisy. The databases are made for it and dropped again.
import { randomBytes } from 'node:crypto';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import seedrandom from 'seedrandom';
import { connectRaw, transact, type RawSql } from '@/db/connect';
import { migrateDatabase } from '@/db/migrate';
import { compressTickChunks, listTickChunks } from '@/db/timescale/tick-chunks';
import { percentile, round } from '@/lib/math/percentile';
import { rollUpStale } from '@/server/rollups/roll-up';
import { worldGames, writeWorld } from '@/server/rollups/test-kit/record-world';

const TICKS_PER_GAME = 200;
const GAMES_PER_ROUND = 500;
const ROUNDS = 5;
const READS = 200;
const HOURS = 10;
const GAMES_PER_HOUR = 55;
const STATEMENT_LIMIT_MS = 300_000;
const START = Date.UTC(2026, 0, 5, 8);

type Sides<T> = { readonly plain: T; readonly timescale: T };

export async function run() {
  const server = process.env.TEST_TIMESCALE_URL;
  if (!server) throw new Error('TEST_TIMESCALE_URL must name a TimescaleDB server to make databases on');
  return withDatabase(server, async (timescaleUrl) => {
    const state = await migrateDatabase({ databaseUrl: timescaleUrl });
    if (state.kind !== 'usable') throw new Error(`not a TimescaleDB server: ${JSON.stringify(state)}`);
    return withDatabase(server, async (plainUrl) => {
      const [timescale, plain] = [timescaleUrl, plainUrl].map((databaseUrl) =>
        connectRaw({ databaseUrl, statementLimitMs: STATEMENT_LIMIT_MS }),
      );
      try {
        await migratePlainly(plain!.sql);
        return { version: state.version, ...(await measure({ plain: plain!.sql, timescale: timescale!.sql })) };
      } finally {
        await Promise.all([plain!.destroy(), timescale!.destroy()]);
      }
    });
  });
}

async function measure(sides: Sides<RawSql>) {
  const copied = await measureCopy(sides);
  const reads = { plain: await readGames(sides.plain), timescale: await readGames(sides.timescale) };
  const bytesBefore = await tickBytes(sides.timescale);
  const start = performance.now();
  await compressTickChunks(sides.timescale, '2026-12-31');
  const compressMs = performance.now() - start;
  const bytesAfter = await tickBytes(sides.timescale);
  const compressedReads = await readGames(sides.timescale);
  return {
    copyTicksPerSecond: copied,
    readGameMs: { ...reads, compressed: compressedReads },
    ticks: ROUNDS * GAMES_PER_ROUND * TICKS_PER_GAME,
    bytesPerTick: {
      written: round(bytesBefore / (ROUNDS * GAMES_PER_ROUND * TICKS_PER_GAME), 1),
      compressed: round(bytesAfter / (ROUNDS * GAMES_PER_ROUND * TICKS_PER_GAME), 1),
    },
    compressTicksPerSecond: round((ROUNDS * GAMES_PER_ROUND * TICKS_PER_GAME) / (compressMs / 1_000), 0),
    rollUpHourMs: { plain: await rollUpHours(sides.plain), timescale: await rollUpHours(sides.timescale) },
  };
}

async function measureCopy({ plain, timescale }: Sides<RawSql>) {
  const rates: { plain: number[]; timescale: number[] } = { plain: [], timescale: [] };
  for (let index = 0; index < ROUNDS; index++) {
    const lines = createLines(index);
    const sides: ['plain' | 'timescale', RawSql][] = [
      ['plain', plain],
      ['timescale', timescale],
    ];
    for (const [side, sql] of index % 2 === 0 ? sides : sides.toReversed()) {
      const start = performance.now();
      await copy(sql, lines);
      rates[side].push((lines.length / (performance.now() - start)) * 1_000);
    }
  }
  return { plain: round(percentile(rates.plain, 0.5), 0), timescale: round(percentile(rates.timescale, 0.5), 0) };
}

async function copy(sql: RawSql, lines: readonly string[]): Promise<void> {
  await transact(sql, async () => {
    const stream =
      await sql`copy ticks (game_id, tick, price, received_at, source, assessment, model) from stdin`.writable();
    for (let i = 0; i < lines.length; i += 1_000) {
      await new Promise<void>((resolve) => stream.write(lines.slice(i, i + 1_000).join(''), () => resolve()));
    }
    await new Promise<void>((resolve, reject) => stream.on('error', reject).end(resolve));
  });
}

/** Live-like rows, each with an assessment whose figures move from tick to tick as the real ones do. */
function createLines(index: number): string[] {
  const random = seedrandom(`bench-timescale-${index}`);
  const lines: string[] = [];
  for (let game = 0; game < GAMES_PER_ROUND; game++) {
    const number = index * GAMES_PER_ROUND + game;
    const id = gameIdOf(number);
    let price = 1;
    for (let tick = 0; tick < TICKS_PER_GAME; tick++) {
      const at = new Date(START + number * 70_000 + tick * 250 + Math.floor(random() * 20)).toISOString();
      const win = (0.18 + random() * 0.002).toFixed(6);
      const interval = (248 + random() * 4).toFixed(1);
      const figures = [5, win, 0.177777, 0.191111, tick, 0.005, 2, interval, 0.95, 10_000, 9_800, 10_250, 0.995];
      const more = ['NaN', 'NaN', random().toFixed(2), 0, 0, 0];
      lines.push(`${id}\t${tick}\t${price}\t${at}\tframe\t{${[...figures, ...more].join(',')}}\tpublished@1\n`);
      price *= 0.98 + random() * 0.05;
    }
  }
  return lines;
}

/** Ids as the feed has them: the day, then digits without order. */
function gameIdOf(number: number): string {
  const day = new Date(START + number * 70_000).toISOString().slice(0, 10).replaceAll('-', '');
  const random = seedrandom(`game ${number}`);
  return `${day}-${Array.from({ length: 16 }, () => Math.floor(random() * 16).toString(16)).join('')}`;
}

async function readGames(sql: RawSql) {
  const random = seedrandom('reads');
  const times: number[] = [];
  for (let i = 0; i < READS; i++) {
    const id = gameIdOf(Math.floor(random() * ROUNDS * GAMES_PER_ROUND));
    const start = performance.now();
    const rows = await sql`select tick, price, assessment from ticks where game_id = ${id} order by tick`;
    times.push(performance.now() - start);
    if (rows.length !== TICKS_PER_GAME) throw new Error(`${id} has ${rows.length} ticks`);
  }
  return { p50: round(percentile(times, 0.5), 2), p95: round(percentile(times, 0.95), 2) };
}

async function tickBytes(sql: RawSql): Promise<number> {
  return (await listTickChunks(sql)).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** One new hour of games at a time: minutes, and all that is built from them. */
async function rollUpHours(sql: RawSql) {
  const times: number[] = [];
  const everyMs = 3_600_000 / GAMES_PER_HOUR;
  const games = worldGames({ seed: 'hours', count: HOURS * GAMES_PER_HOUR, from: START, everyMs });
  for (let hour = 0; hour < HOURS; hour++) {
    await writeWorld(sql, games.slice(hour * GAMES_PER_HOUR, (hour + 1) * GAMES_PER_HOUR));
    const start = performance.now();
    await rollUpStale(sql);
    times.push(performance.now() - start);
  }
  return { p50: round(percentile(times, 0.5), 1), max: round(Math.max(...times), 1) };
}

/** The SQL migrations alone, as a server without TimescaleDB has them, with the partitions of the days that are used. */
async function migratePlainly(sql: RawSql): Promise<void> {
  for (const migration of readMigrationFiles({ migrationsFolder: 'db/migrations' })) {
    for (const statement of migration.sql) await sql.unsafe(statement);
  }
  for (let day = 5; day < 9; day++) {
    await sql.unsafe(
      `create table ticks_2026010${day} partition of ticks for values from ('2026010${day}') to ('2026010${day + 1}')`,
    );
  }
}

async function withDatabase<T>(server: string, work: (databaseUrl: string) => Promise<T>): Promise<T> {
  const admin = connectRaw({ databaseUrl: server, statementLimitMs: STATEMENT_LIMIT_MS });
  const name = `bench_${randomBytes(6).toString('hex')}`;
  try {
    await admin.sql.unsafe(`create database ${name}`);
    try {
      return await work(Object.assign(new URL(server), { pathname: name }).href);
    } finally {
      await admin.sql.unsafe(`drop database ${name} with (force)`);
    }
  } finally {
    await admin.destroy();
  }
}
