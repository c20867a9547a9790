// The simulator at 50× for 200 games with every fault at 2 %, over real sockets, through feed, ingest and store into a
// PostgreSQL of its own: how many of the games it then holds whole and verified. About five minutes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectRaw } from '@/db/connect';
import { startEmbedded } from '@/db/embedded';
import { acquireDataDirLock } from '@/db/embedded/data-dir-lock';
import { migrateDatabase } from '@/db/migrate';
import { createEvidence } from '@/lib/decision/create-evidence';
import { createDecisionRecorder } from '@/lib/decision/record-decisions';
import { createDecisionLoop } from '@/lib/decision/loop';
import { createModelSet } from '@/lib/hazard/model-set';
import { epochMs } from '@/lib/units/time';
import { FAULTS } from '@/server/config';
import { createEngine } from '@/server/engine';
import { createSocketFeedSource } from '@/server/feed/socket-feed-source';
import { createLog } from '@/server/ops/log';
import { startSimulator } from '@/server/simulator/start-simulator';
import { createStore } from '@/server/store/create-store';

const GAMES = 200;
const SPEED = 50;
const RATE = 0.02;
const SEED = 'soak';

const clock = () => epochMs(Date.now());

export async function run() {
  const dataDir = mkdtempSync(join(tmpdir(), 'fortytick-soak-'));
  const lock = acquireDataDirLock(dataDir);
  const log = createLog('silent');
  const database = await startEmbedded({ lock, log });
  await migrateDatabase({ databaseUrl: database.databaseUrl });
  const store = await createStore({ databaseUrl: database.databaseUrl, dataDir, clock, log });
  const faults = Object.fromEntries(FAULTS.map((fault) => [fault, RATE]));
  const simulator = await startSimulator({ port: 0, seed: SEED, speed: SPEED, hazard: 0.005, faults, clock });
  const source = createSocketFeedSource({ name: 'simulator', url: simulator.url, clock, random: Math.random });
  const loop = createDecisionLoop({ models: createModelSet(), evidence: createEvidence() });
  const recorder = createDecisionRecorder({ loop, origin: 'live', now: clock });
  const engine = createEngine({ source, loop, recorder, store, clock, log });
  const started = performance.now();
  try {
    // Games that end before the first frame count too: they come with the first history.
    await new Promise<void>((resolve) => {
      let finished = 0;
      engine.start({
        onFact(fact) {
          if (fact.type === 'game-finished' && ++finished >= GAMES) resolve();
        },
        onFrame: () => undefined,
      });
    });
    await engine.stop();
    await store.flush();
    const raw = connectRaw({ databaseUrl: database.databaseUrl, statementLimitMs: 60_000 });
    const [row] = await raw.sql`
      select count(*)::int as games,
        (count(*) filter (where verification = 'verified' and complete
          and (select count(*) from ticks t where t.game_id = g.game_id) = rug_tick + 1))::int as whole
      from games g where confirmed_at is not null`;
    await raw.destroy();
    const { frames, deadLetters, duplicates, reordered, ticksRepaired } = engine.ingest.counts();
    return {
      games: row!.games as number,
      completeAndVerified: row!.whole as number,
      seconds: Math.round((performance.now() - started) / 1000),
      frames,
      deadLetters,
      duplicates,
      reordered,
      ticksRepaired,
      connections: simulator.stats().connections,
      faults: simulator.stats().faults,
    };
  } finally {
    await simulator.stop();
    await store.stop();
    await database.stop();
    lock.release();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
