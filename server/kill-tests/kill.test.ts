// A process and its database killed at random points while games pass at full speed. The same test at 10,000 games is
// `npm run -s bench -- kill`. Every run draws another seed; a failure names it.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startEmbedded } from '@/db/embedded';
import { acquireDataDirLock } from '@/db/embedded/data-dir-lock';
import { migrateDatabase } from '@/db/migrate';
import { compareRecord } from '@/server/kill-tests/compare-record';
import { createLeanUpstream } from '@/server/kill-tests/lean-upstream';
import { runKillTest } from '@/server/kill-tests/run-kill-test';
import { createRecordDatabase } from '@/server/store/record-database';

const GAMES = 150;
const LIMIT_MS = 240_000;
/** KILL_SEED repeats a run as far as its plan goes; where exactly a signal lands is up to the machine. */
const seed = process.env.KILL_SEED ?? randomBytes(4).toString('hex');

it(`SIGKILL of the process and of PostgreSQL costs no game (KILL_SEED=${seed})`, { timeout: LIMIT_MS }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fortytick-kill-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const lock = acquireDataDirLock(folder);
  onTestFinished(() => lock.release());
  const server = await startEmbedded({ lock, log: { debug: () => {}, warn: () => {} } });
  onTestFinished(() => server.stop());
  const { databaseUrl } = server;
  await migrateDatabase({ databaseUrl });
  const killed = await runKillTest({
    database: server,
    dataDir: folder,
    seed,
    games: GAMES,
    processKills: 4,
    databaseKills: 2,
  });
  expect(killed.processKills).toBeGreaterThan(0);
  expect(killed.databaseKills).toBeGreaterThan(0);
  const database = createRecordDatabase({ databaseUrl });
  onTestFinished(() => database.end());
  const { differences, games } = await compareRecord(database, { seed, games: GAMES });
  expect(differences, `KILL_SEED=${seed}`).toEqual([]);
  expect(games).toBe(GAMES);
  // A comparison that finds nothing must be one that could: a tick less, and another peak.
  const upstream = createLeanUpstream(seed);
  const [first, second] = [upstream.course(0).gameId, upstream.course(1).gameId];
  await database.use((sql) => sql`delete from ticks where game_id = ${first} and tick = 0`);
  await database.use((sql) => sql`update games set peak = peak + 1 where game_id = ${second}`);
  const damaged = await compareRecord(database, { seed, games: GAMES });
  expect(damaged.differences).toEqual(
    expect.arrayContaining([
      expect.stringContaining(`${first}: the list of ticks`),
      expect.stringContaining(`${second}: the peak`),
      expect.stringContaining(`Game ${second} fails its integrity checks`),
    ]),
  );
});
