// The kill test at its full size: 10,000 simulated games at full speed, the process killed 30 times and PostgreSQL 10 times,
// everything compared with what the seed says afterwards. Fails when anything differs.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { startEmbedded } from '@/db/embedded';
import { acquireDataDirLock } from '@/db/embedded/data-dir-lock';
import { migrateDatabase } from '@/db/migrate';
import { round } from '@/lib/math/percentile';
import { compareRecord } from '@/server/kill-tests/compare-record';
import { runKillTest } from '@/server/kill-tests/run-kill-test';
import { createRecordDatabase } from '@/server/store/record-database';

const GAMES = Number(process.env.KILL_GAMES ?? 10_000);
const SILENT = { debug: () => {}, warn: () => {} };

export async function run() {
  const seed = process.env.KILL_SEED ?? randomBytes(4).toString('hex');
  process.stderr.write(`KILL_SEED=${seed}\n`);
  const folder = await mkdtemp(join(tmpdir(), 'fortytick-bench-'));
  const lock = acquireDataDirLock(folder);
  const server = await startEmbedded({ lock, log: SILENT });
  try {
    await migrateDatabase({ databaseUrl: server.databaseUrl });
    const options = { database: server, dataDir: folder, seed, games: GAMES, processKills: 30, databaseKills: 10 };
    const killed = await runKillTest(options);
    const database = createRecordDatabase({ databaseUrl: server.databaseUrl });
    const compared = await compareRecord(database, { seed, games: GAMES });
    await database.end();
    for (const words of compared.differences) process.stderr.write(`${words}\n`);
    if (compared.differences.length > 0)
      throw new Error(`the record differs from what it must hold (KILL_SEED=${seed})`);
    return {
      ...killed,
      ...compared,
      differences: 0,
      seed,
      seconds: round(killed.seconds, 1),
      gamesPerSecond: round(GAMES / killed.seconds, 0),
      checkedGamesPerSecond: round(compared.checkedGamesPerSecond, 0),
    };
  } finally {
    await server.stop();
    lock.release();
    await rm(folder, { recursive: true, force: true });
  }
}
