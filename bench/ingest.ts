// Ticks per second made durable by the store, against raw COPY of the same rows into a table like the store's, in the
// same run: rounds alternate, and medians are compared, because machines are noisy. A PostgreSQL of its own, in a
// temporary folder, with its durability on.
import { withDatabase } from '@/bench/support/with-database';
import seedrandom from 'seedrandom';
import { connectRaw, transact, type RawSql } from '@/db/connect';
import type { TickFact } from '@/lib/game/events';
import { gameId } from '@/lib/units/game-id';
import { epochMs } from '@/lib/units/time';
import { createStore, type PostgresStore } from '@/server/store/create-store';
import { percentile, round } from '@/lib/math/percentile';

/** About a second a round here: each side is measured over more than five, fsyncs and checkpoints included. */
const GAMES_PER_ROUND = 1_000;
const TICKS_PER_GAME = 200;
const ROUNDS = 7;
const STATEMENT_LIMIT_MS = 120_000;
/** Facts between two looks at whether there is room: what a burst of a hundred frames would bring. */
const BURST = 500;
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export async function run() {
  return withDatabase(measure);
}

async function measure({ databaseUrl, folder }: { databaseUrl: string; folder: string }) {
  const raw = connectRaw({ databaseUrl, statementLimitMs: STATEMENT_LIMIT_MS });
  const store = await createStore({ databaseUrl, dataDir: folder, clock: () => epochMs(0), log: SILENT });
  const storeRates: number[] = [];
  const copyRates: number[] = [];
  try {
    await createTwin(raw.sql);
    for (let index = -1; index < ROUNDS; index++) {
      const facts = createFacts(index + 1);
      const [copyRate, storeRate] = await measureRound({ index, facts, sql: raw.sql, store });
      // The first round of each warms up: connections, statements, compiled code, files.
      if (index < 0) continue;
      copyRates.push(copyRate);
      storeRates.push(storeRate);
    }
    await assertSame(raw.sql);
  } finally {
    await store.stop();
    await raw.destroy();
  }
  const [ticksPerSecond, copyTicksPerSecond] = [percentile(storeRates, 0.5), percentile(copyRates, 0.5)];
  return {
    ticksPerSecond: round(ticksPerSecond, 0),
    copyTicksPerSecond: round(copyTicksPerSecond, 0),
    ratio: round(ticksPerSecond / copyTicksPerSecond),
    lowestTicksPerSecond: round(Math.min(...storeRates), 0),
    lowestCopyTicksPerSecond: round(Math.min(...copyRates), 0),
    ticksPerRound: GAMES_PER_ROUND * TICKS_PER_GAME,
    rounds: ROUNDS,
  };
}

/** Which side goes first alternates, so that neither always meets the other's leftovers. */
async function measureRound({
  index,
  facts,
  sql,
  store,
}: {
  index: number;
  facts: readonly TickFact[];
  sql: RawSql;
  store: PostgresStore;
}): Promise<[number, number]> {
  const copy = () => rate(facts, () => copyRows(sql, facts));
  const write = () => rate(facts, () => writeFacts(store, facts));
  if (index % 2 === 0) return [await copy(), await write()];
  const storeRate = await write();
  return [await copy(), storeRate];
}

async function rate(facts: readonly TickFact[], work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (facts.length / (performance.now() - start)) * 1_000;
}

/** As fast as the store takes them; measured until all are durable. */
async function writeFacts(store: PostgresStore, facts: readonly TickFact[]): Promise<void> {
  for (let i = 0; i < facts.length; i++) {
    if (i % BURST === 0) await store.ready();
    store.write(facts[i]!);
  }
  await store.flush();
  const { dropped, spooled } = store.health();
  if (dropped > 0 || spooled > 0) throw new Error(`not a clean run: ${dropped} dropped, ${spooled} spooled`);
}

/** One COPY, one commit, the plainest encoding: what PostgreSQL takes at best from this process. */
async function copyRows(sql: RawSql, facts: readonly TickFact[]): Promise<void> {
  await transact(sql, async () => {
    const stream = await sql`copy ticks_twin (game_id, tick, price, received_at, source) from stdin`.writable();
    let piece = '';
    for (let i = 0; i < facts.length; i++) {
      const { gameId, tick, price, at, source } = facts[i]!;
      piece += `${gameId}\t${tick}\t${price}\t${new Date(at!).toISOString()}\t${source}\n`;
      if ((i + 1) % 1_000 > 0 && i + 1 < facts.length) continue;
      const text = piece;
      piece = '';
      await new Promise<void>((resolve) => stream.write(text, () => resolve()));
    }
    await new Promise<void>((resolve, reject) => stream.on('error', reject).end(resolve));
  });
}

/** Same columns, checks, key and partitioning. */
async function createTwin(sql: RawSql): Promise<void> {
  await sql`create table ticks_twin (like ticks including all) partition by range (game_id)`;
  await sql`create table ticks_twin_default partition of ticks_twin default`;
}

async function assertSame(sql: RawSql): Promise<void> {
  const [row] = await sql`
    select (select count(*) from ticks) as stored, (select count(*) from ticks_twin) as copied,
      (select count(*) from (select * from ticks except select * from ticks_twin) difference) as different`;
  const expected = String((ROUNDS + 1) * GAMES_PER_ROUND * TICKS_PER_GAME);
  if (row!.stored !== expected || row!.copied !== expected || row!.different !== '0') {
    throw new Error(`the tables differ: ${JSON.stringify(row)}, expected ${expected}`);
  }
}

/** Live-like ticks: prices with all their digits, one every 250 ms, games one after the other. */
function createFacts(round: number): TickFact[] {
  const random = seedrandom(`bench-ingest-${round}`);
  const facts: TickFact[] = [];
  for (let game = 0; game < GAMES_PER_ROUND; game++) {
    const number = round * GAMES_PER_ROUND + game;
    const id = gameId(`20260101-${number.toString(16).padStart(16, '0')}`);
    let price = 1;
    for (let tick = 0; tick < TICKS_PER_GAME; tick++) {
      const at = epochMs(1_767_225_600_000 + number * 70_000 + tick * 250);
      facts.push({ type: 'tick', gameId: id, tick, price, at, source: 'frame', live: true });
      price *= 0.98 + random() * 0.05;
    }
  }
  return facts;
}
