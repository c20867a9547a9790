// Runs a simulated world to its end: some time of betting with faults, then the faults stop, nobody bets any more, and
// everything must come to rest by itself within the longest of all deadlines.
import { checkWorld, type Record } from '@/server/bets/simulation/check-world';
import { killAtRandom, neverKill } from '@/server/bets/simulation/kill';
import { createSimWorld, type SimStore, type SimWorld } from '@/server/bets/simulation/sim-world';
import { createRandom } from '@/server/simulator/random';

export type WorldReport = {
  readonly bets: number;
  readonly states: Readonly<{ [state: string]: number }>;
  /** What players were told, by code. */
  readonly refusals: Readonly<{ [code: string]: number }>;
  readonly kills: number;
  readonly wrong: readonly string[];
};

/** A lost early bet waits 15 min for a correction; nothing waits longer. */
const REST_STEPS_MAX = 8_000;

export async function runWorld({
  seed,
  playerCount,
  steps,
  openStore,
  readRecord,
  killProbability,
}: {
  seed: string;
  playerCount: number;
  steps: number;
  openStore: Parameters<typeof createSimWorld>[0]['openStore'];
  readRecord: (store: SimStore['store']) => Promise<Record>;
  /** At each call to the outside; random where it is not said. */
  killProbability?: number;
}): Promise<WorldReport> {
  const random = createRandom(`${seed}/faults`);
  const world = await createSimWorld({ seed, playerCount, openStore });
  await world.start();
  world.setPace(0.15);
  const killed = random.pick([0, 0.0005, 0.002]);
  world.setKill(killAtRandom(random.next, killProbability ?? killed));
  world.setSlow(random.pick([0, 0.02]));
  Object.assign(world.chain.faults, { dropped: random.pick([0, 0.2]), forked: random.pick([0, 0.02]) });
  Object.assign(world.feed.faults, {
    silent: random.pick([0, 0.001]),
    falseTick: random.pick([0, 0.002]),
    late: 0.1,
    never: random.pick([0, 0.05]),
  });
  for (let step = 0; step < steps; step++) {
    if (step % 100 === 0) world.chain.faults.down = random.chance(0.05);
    await world.step();
  }
  await rest(world);
  const record = await readRecord(world.store);
  const states: { [state: string]: number } = {};
  for (const { bet } of record.bets) {
    const state = bet.state === 'refunded' || bet.state === 'expired' ? `${bet.state} ${bet.reason}` : bet.state;
    states[state] = (states[state] ?? 0) + 1;
  }
  const refusals: { [code: string]: number } = {};
  for (const player of world.players) {
    for (const [code, count] of player.refusals) refusals[code] = (refusals[code] ?? 0) + count;
  }
  return { bets: record.bets.length, states, refusals, kills: world.kills(), wrong: checkWorld(world, record) };
}

/** The faults end, and all that is open comes to its end. */
export async function rest(world: SimWorld): Promise<void> {
  world.setPace(0);
  world.setKill(neverKill);
  world.setSlow(0);
  Object.assign(world.chain.faults, { dropped: 0, forked: 0, down: false });
  Object.assign(world.feed.faults, { silent: 0, falseTick: 0, late: 0, never: 0 });
  // What players still hold in their hands, a late stake or a slow call, comes first; then it may be quiet.
  for (let step = 0; step < 600; step++) await world.step();
  for (let step = 0; step < REST_STEPS_MAX; step++) {
    if (step % 20 === 0 && (await world.store.unclosed()).length === 0) return;
    await world.step();
  }
}
