// Integrity checks per second of one core's time, against the bare generator of the game on the same games in the same run: the
// checks replay every path, so that they cannot be faster. And the whole job, from the database and back into it, with side
// bets, trades and predictions; its PostgreSQL has the other core.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectRaw } from '@/db/connect';
import { startEmbedded } from '@/db/embedded';
import { acquireDataDirLock } from '@/db/embedded/data-dir-lock';
import { migrateDatabase } from '@/db/migrate';
import { replayGame } from '@/lib/game/provably-fair';
import { checkGame } from '@/lib/integrity/check-game';
import type { GameOnRecord } from '@/lib/integrity/game-on-record';
import { createSoundGame } from '@/lib/integrity/test-kit/sound-game';
import { percentile, round } from '@/lib/math/percentile';
import { epochMs } from '@/lib/units/time';
import { checkAll } from '@/server/integrity/check-all';
import { seedGames } from '@/server/seed/seed-games';
import { createRecordDatabase } from '@/server/store/record-database';

const GAMES = 2_000;
const ROUNDS = 5;
const RECORD_GAMES = 4_000;
const STATEMENT_LIMIT_MS = 600_000;
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export async function run() {
  const games = Array.from({ length: GAMES }, (_, number) => createSoundGame(number));
  const checkRates: number[] = [];
  const generatorRates: number[] = [];
  for (let index = -1; index < ROUNDS; index++) {
    // Which goes first alternates; the first round of each warms up.
    const early = index % 2 === 0 ? rateOfGenerator(games) : null;
    const checkRate = rateOfChecks(games);
    const generatorRate = early ?? rateOfGenerator(games);
    if (index < 0) continue;
    generatorRates.push(generatorRate);
    checkRates.push(checkRate);
  }
  const [gamesPerSecond, generatorGamesPerSecond] = [percentile(checkRates, 0.5), percentile(generatorRates, 0.5)];
  return {
    gamesPerSecond: round(gamesPerSecond, 0),
    generatorGamesPerSecond: round(generatorGamesPerSecond, 0),
    ratio: round(gamesPerSecond / generatorGamesPerSecond),
    ticksPerGame: round(games.reduce((sum, { rugTick }) => sum + rugTick, 0) / GAMES, 0),
    fromRecord: await measureRecord(),
  };
}

function rateOfChecks(games: readonly GameOnRecord[]): number {
  return gamesPerCoreSecond(() => {
    const sound = games.filter((game) => checkGame(game).status === 'passed').length;
    if (sound !== games.length) throw new Error(`${games.length - sound} sound games do not pass`);
  });
}

function rateOfGenerator(games: readonly GameOnRecord[]): number {
  return gamesPerCoreSecond(() => {
    for (const { serverSeed, gameId, rugTick } of games) {
      const replayed = replayGame({ serverSeed: serverSeed!, gameId, version: 'v3' });
      if (replayed.rugTick !== rugTick) throw new Error(`game ${gameId} replays otherwise`);
    }
  });
}

/** Seconds of processor time: what one core does, whoever else wants it meanwhile. */
function gamesPerCoreSecond(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return GAMES / ((user + system) / 1_000_000);
}

/** A database of its own, with its durability on. */
async function measureRecord() {
  const folder = await mkdtemp(join(tmpdir(), 'fortytick-bench-'));
  const lock = acquireDataDirLock(folder);
  const server = await startEmbedded({ lock, log: SILENT });
  const { databaseUrl } = server;
  try {
    await migrateDatabase({ databaseUrl });
    const raw = connectRaw({ databaseUrl, statementLimitMs: STATEMENT_LIMIT_MS });
    const seedStarted = performance.now();
    await seedGames({ sql: raw.sql, games: RECORD_GAMES, detail: 'full', checked: false });
    const seedSeconds = (performance.now() - seedStarted) / 1_000;
    await raw.destroy();
    const database = createRecordDatabase({ databaseUrl });
    const cpuBefore = process.cpuUsage();
    const started = performance.now();
    const checked = await checkAll(
      { database, clock: () => epochMs(Date.now()), raise: refuse, resolve: refuse },
      { which: 'due', signal: new AbortController().signal },
    );
    const seconds = (performance.now() - started) / 1_000;
    const cpu = process.cpuUsage(cpuBefore);
    await database.end();
    return {
      games: checked,
      gamesPerSecond: round(checked / seconds, 0),
      gamesPerSecondOfCpu: round(checked / ((cpu.user + cpu.system) / 1_000_000), 0),
      seededGamesPerSecond: round(RECORD_GAMES / seedSeconds, 0),
    };
  } finally {
    await server.stop();
    lock.release();
    await rm(folder, { recursive: true, force: true });
  }
}

function refuse(told: unknown): void {
  throw new Error(`a sound game raises an alert: ${JSON.stringify(told)}`);
}
