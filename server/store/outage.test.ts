// The database goes away, or the process does, at the worst moments: nothing that was taken is lost, nothing is there
// twice, and whoever writes never waits.
import { spawn } from 'node:child_process';
import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectRaw, type RawSql } from '@/db/connect';
import { startEmbedded, type EmbeddedPostgres } from '@/db/embedded';
import { acquireDataDirLock } from '@/db/embedded/data-dir-lock';
import { migrateDatabase } from '@/db/migrate';
import type { GameFact } from '@/lib/game/events';
import { gameId } from '@/lib/units/game-id';
import { epochMs } from '@/lib/units/time';
import { arbitraryGame } from '@/server/store/test-kit/facts';
import { createProxy } from '@/server/store/test-kit/proxy';
import { createTestFolder, openTestStore } from '@/server/store/test-kit/store';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const empty = useTestDatabase({ migrated: false });
let nextGame = 1;

function newGameId(): string {
  return `20260303-${(nextGame++).toString(16).padStart(16, '0')}`;
}

function ticksOf(id: string, count: number, from = 0): GameFact[] {
  return Array.from({ length: count }, (_, i) => ({
    type: 'tick' as const,
    gameId: gameId(id),
    tick: from + i,
    price: (from + i) / 3,
    at: epochMs((from + i) * 250),
    source: 'frame' as const,
    live: true,
  }));
}

async function storedTicks(sql: RawSql, id: string): Promise<number[]> {
  const rows = await sql`select tick, price from ticks where game_id = ${id} order by tick`;
  for (const { tick, price } of rows) expect(price).toBe(tick / 3);
  return rows.map((row) => row.tick);
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('a database that is away', () => {
  it('leaves facts in the spool, which drains when it is back', async () => {
    const proxy = await createProxy(database().databaseUrl);
    const store = await openTestStore(proxy);
    const id = newGameId();
    for (const fact of ticksOf(id, 10)) store.write(fact);
    await store.flush();
    await proxy.cut();
    for (const fact of ticksOf(id, 90, 10)) store.write(fact);
    await store.until(({ health }) => health().spooled === 90);
    expect(store.health()).toMatchObject({ status: 'behind', queued: 0, dropped: 0, written: 10 });
    for (const fact of ticksOf(id, 50, 100)) store.write(fact);
    await proxy.mend();
    await store.flush();
    expect(await storedTicks(database().sql, id)).toEqual(range(150));
    expect(store.health()).toEqual({ status: 'ok', queued: 0, spooled: 0, dropped: 0, written: 150 });
    expect(await readdir(join(store.dataDir, 'spool'))).toEqual([]);
    expect(store.logged).toEqual(['the database is away; facts wait in the spool', 'the database is back']);
  });

  it('at the start costs nothing; its tables are made when it comes', async () => {
    const proxy = await createProxy(empty().databaseUrl);
    await proxy.cut();
    const prepare = () => migrateDatabase({ databaseUrl: proxy.databaseUrl });
    const store = await openTestStore({ ...proxy, prepare });
    const id = newGameId();
    for (const fact of ticksOf(id, 60)) store.write(fact);
    await store.until(({ health }) => health().spooled === 60);
    await expect(store.games.listGames({ limit: 1, filter: { source: 'live' } })).rejects.toThrow();
    await proxy.mend();
    await store.flush();
    expect(await storedTicks(empty().sql, id)).toEqual(range(60));
  });

  it('until after a restart gets what the spool kept, then the new', async () => {
    const proxy = await createProxy(database().databaseUrl);
    await proxy.cut();
    const dataDir = await createTestFolder();
    const first = await openTestStore({ ...proxy, dataDir });
    const id = newGameId();
    for (const fact of ticksOf(id, 40)) first.write(fact);
    const flushed = expect(first.flush()).rejects.toThrow('40 facts wait in the spool');
    await first.stop();
    await flushed;
    await proxy.mend();
    const second = await openTestStore({ ...proxy, dataDir });
    expect(second.health()).toMatchObject({ status: 'behind', spooled: 40 });
    for (const fact of ticksOf(id, 10, 40)) second.write(fact);
    await second.flush();
    expect(await storedTicks(database().sql, id)).toEqual(range(50));
    expect(second.health()).toMatchObject({ status: 'ok', spooled: 0, written: 50 });
  });

  it('by not answering is given up, and found again', async () => {
    const proxy = await createProxy(database().databaseUrl);
    const store = await openTestStore({ ...proxy, limits: { batchLimitMs: 150 } });
    const id = newGameId();
    for (const fact of ticksOf(id, 5)) store.write(fact);
    await store.flush();
    proxy.hold();
    for (const fact of ticksOf(id, 5, 5)) store.write(fact);
    await store.until(({ health }) => health().status === 'behind');
    await proxy.cut();
    await proxy.mend();
    await store.flush();
    expect(await storedTicks(database().sql, id)).toEqual(range(10));
  });

  it('together with a disk that takes nothing leaves facts in memory', async () => {
    const proxy = await createProxy(database().databaseUrl);
    const store = await openTestStore(proxy);
    await proxy.cut();
    const spool = join(store.dataDir, 'spool');
    await rename(spool, `${spool}-gone`);
    const id = newGameId();
    for (const fact of ticksOf(id, 30)) store.write(fact);
    await store.until(() => store.logged.some((line) => line.includes('cannot be written')));
    for (const fact of ticksOf(id, 30, 30)) store.write(fact);
    await store.until(({ health }) => health().queued === 60);
    await proxy.mend();
    await store.flush();
    expect(await storedTicks(database().sql, id)).toEqual(range(60));
    expect(store.health()).toMatchObject({ status: 'ok', queued: 0, dropped: 0, written: 60 });
  });

  it('for too long costs ticks, counted; the game is whole again from its history', async () => {
    const proxy = await createProxy(database().databaseUrl);
    await proxy.cut();
    const store = await openTestStore({ ...proxy, limits: { spoolBytesMax: 4_000 } });
    const [game] = fc.sample(arbitraryGame(0x9000), { numRuns: 1, seed: 1 });
    for (const fact of ticksOf(newGameId(), 200)) store.write(fact);
    await store.until(({ health }) => health().status === 'down');
    const { dropped } = store.health();
    expect(dropped).toBeGreaterThan(0);
    for (const fact of game!.facts) store.write(fact);
    await store.until(({ health }) => health().queued === 0);
    expect(store.health().dropped).toBeGreaterThan(dropped);
    await proxy.mend();
    await store.flush();
    const found = await store.games.getGame(game!.gameId);
    expect(found!.game).toMatchObject({ complete: true, rugTick: game!.rugTick });
    expect(found!.prices).toEqual(game!.prices);
    expect(store.health()).toMatchObject({ status: 'ok', spooled: 0 });
  });
});

describe('a store without a database', () => {
  it('takes facts at once, to the bound of its queue', async () => {
    const proxy = await createProxy(database().databaseUrl);
    await proxy.cut();
    const store = await openTestStore({ ...proxy, limits: { queueWeightMax: 1_000 } });
    for (const fact of ticksOf(newGameId(), 1_500)) store.write(fact);
    expect(store.health()).toMatchObject({ status: 'down', queued: 1_000, dropped: 500 });
    await store.until(({ health }) => health().spooled === 1_000);
    expect(store.health()).toMatchObject({ status: 'behind', queued: 0, dropped: 500 });
  });

  it('drops what comes after it was stopped', async () => {
    const store = await openTestStore(database());
    await store.stop();
    for (const fact of ticksOf(newGameId(), 3)) store.write(fact);
    expect(store.health().dropped).toBe(3);
  });
});

describe('SIGKILL', () => {
  it('of the database, again and again in the middle of writing, loses nothing and doubles nothing', async () => {
    const folder = await createTestFolder();
    const lock = acquireDataDirLock(folder);
    // Nothing of the machine is killed, so that what the system has taken is as good as on disk.
    const log = { debug: () => {}, warn: () => {} };
    const server = await startEmbedded({ lock, log, settings: { fsync: 'off' } });
    onTestFinished(async () => {
      await server.stop();
      lock.release();
    });
    const { databaseUrl } = server;
    await migrateDatabase({ databaseUrl });
    const store = await openTestStore({ databaseUrl });
    const games = range(60).map(newGameId);
    const perGame = 250;
    for (const [i, id] of games.entries()) {
      for (const fact of ticksOf(id, perGame)) store.write(fact);
      if (i % 20 !== 15) continue;
      await killDatabase(server);
      for (const fact of ticksOf(id, perGame)) store.write(fact);
      await store.flush();
    }
    await store.flush();
    expect(store.logged.filter((line) => line === 'the database is back')).toHaveLength(3);
    const connection = connectRaw({ databaseUrl, statementLimitMs: 10_000 });
    onTestFinished(connection.destroy);
    for (const id of games) expect(await storedTicks(connection.sql, id)).toEqual(range(perGame));
    expect(store.health()).toMatchObject({ status: 'ok', dropped: 0, spooled: 0 });
    const [letters] = await connection.sql`select count(*)::int as count from dead_letters`;
    expect(letters!.count).toBe(0);
  });

  it.each([
    { what: 'durable', why: 'after it was told that facts are in the database' },
    { what: 'spooled', why: 'after facts were put into the spool' },
  ])('of the process $why loses none of them', async ({ what }) => {
    const dataDir = await createTestFolder();
    const id = newGameId();
    const proxy = await createProxy(database().databaseUrl);
    if (what === 'spooled') await proxy.cut();
    const told = await runUntilKilled([proxy.databaseUrl, dataDir, id, what], { reports: 25 });
    const store = await openTestStore({ ...database(), dataDir });
    if (what === 'spooled') expect(store.health().spooled).toBeGreaterThanOrEqual(told);
    await store.flush();
    const stored = await storedTicks(database().sql, id);
    expect(stored.length).toBeGreaterThanOrEqual(told);
    expect(stored).toEqual(range(stored.length));
  });
});

/** The server and, since a backend outlives it for a while and may still commit, the store's backend. */
async function killDatabase(server: EmbeddedPostgres): Promise<void> {
  const { sql, destroy } = connectRaw({ databaseUrl: server.databaseUrl, statementLimitMs: 10_000 });
  const backends = await sql`
    select pid from pg_stat_activity where application_name = 'fortytick-writer' and pid <> pg_backend_pid()`;
  // It takes connections a moment before its line that says so is read.
  await expect.poll(() => server.pid()).not.toBeNull();
  process.kill(server.pid()!, 'SIGKILL');
  for (const { pid } of backends) process.kill(pid, 'SIGKILL');
  await destroy();
}

/** Kills the writer after so many reports; returns the last number it told. */
async function runUntilKilled(args: readonly string[], { reports }: { reports: number }): Promise<number> {
  const script = join(import.meta.dirname, 'test-kit', 'writer-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let last = 0;
  let count = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    if (++count === reports) child.kill('SIGKILL');
  }
  await ended;
  expect(count).toBeGreaterThanOrEqual(reports);
  return last;
}
