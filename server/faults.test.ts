// The whole road under a bad network: simulator, ingest, core and store, every fault at 2 % of frames, in simulated time.
// The same over real sockets is `npm run bench -- soak`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { GameFact } from '@/lib/game/events';
import { epochMs } from '@/lib/units/time';
import { FAULTS } from '@/server/config';
import { createIngest } from '@/server/ingest/ingest';
import { playRun } from '@/server/simulator/test-kit/play-run';
import { createStore } from '@/server/store/create-store';
import type { DeadLetter } from '@/server/store/store';
import { useTestDatabase } from '@/server/test-kit/postgres';

const GAMES = 200;
/** Played on after them, since the frame that first tells of the last game may itself be lost. */
const GAMES_AFTER = 2;
const RATE = 0.02;
const SEED = 'two hundred games';

const database = useTestDatabase();
const dataDir = mkdtempSync(join(tmpdir(), 'fortytick-faults-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

it('leaves 200 complete, verified games in PostgreSQL with every fault at 2 %', { timeout: 240_000 }, async () => {
  const taken: (GameFact | DeadLetter)[] = [];
  const ingest = createIngest({ onFact: (fact) => taken.push(fact), onDeadLetter: (letter) => taken.push(letter) });
  const faults = Object.fromEntries(FAULTS.map((fault) => [fault, RATE]));
  const run = playRun({ seed: SEED, games: GAMES + GAMES_AFTER, faults, onFrame: (frame) => void ingest.take(frame) });
  for (const fault of FAULTS) expect(run.faults[fault], `${fault}, seed "${SEED}"`).toBeGreaterThan(GAMES);

  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const store = await createStore({ databaseUrl: database().databaseUrl, dataDir, clock: () => epochMs(0), log });
  for (const item of taken) {
    await store.ready();
    if ('type' in item) store.write(item);
    else store.writeDeadLetter(item);
  }
  await store.flush();
  await store.stop();

  const { sql } = database();
  const ids = run.plans.slice(0, GAMES).map((plan) => plan.gameId);
  const [whole] = await sql`
    select count(*)::int as games
    from games g
    where g.game_id in ${sql(ids)} and g.verification = 'verified' and g.complete
      and (select count(*) from ticks t where t.game_id = g.game_id) = g.rug_tick + 1`;
  expect(whole!.games, `seed "${SEED}"`).toBe(GAMES);
  const [letters] = await sql`select count(*)::int as kept from dead_letters`;
  expect(letters!.kept).toBeGreaterThan(0);
});
