// One bet in a simulated world, from its placement to its end, with the process killed at one point of it: the scenarios of
// the table of kills. The player does what a player does who gets no answer: asks again with the same client key, submits
// the same bytes again.
import type { BetState } from '@/lib/bets/bet';
import { signInId } from '@/server/auth/sign-in-id';
import { checkWorld } from '@/server/bets/simulation/check-world';
import type { Kill } from '@/server/bets/simulation/kill';
import { rest } from '@/server/bets/simulation/run-world';
import { openMemoryStore, readMemoryRecord } from '@/server/bets/simulation/sim-stores';
import type { SimTransfer } from '@/server/bets/simulation/sim-chain';
import { createSimWorld, type SimWorld } from '@/server/bets/simulation/sim-world';
import type { Actor } from '@/server/auth/actor';

export type Scenario = {
  readonly name: string;
  /** Ticks left before the rug when the player places the bet. */
  readonly ticksLeft: readonly [number, number];
  /** What the player does with the prepared bet. */
  readonly then: 'submit' | 'cancel' | 'nothing' | 'send late' | 'send too' | 'send again';
  readonly ends: BetState;
};

/** A stake takes three to four ticks to be confirmed. */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'a bet that wins', ticksLeft: [12, 30], then: 'submit', ends: 'paid' },
  { name: 'a bet that loses', ticksLeft: [60, 5_000], then: 'submit', ends: 'lost' },
  { name: 'a bet confirmed after the rug', ticksLeft: [1, 1], then: 'submit', ends: 'refunded' },
  { name: 'a bet taken back', ticksLeft: [20, 5_000], then: 'cancel', ends: 'expired' },
  { name: 'a bet never signed', ticksLeft: [20, 5_000], then: 'nothing', ends: 'expired' },
  { name: 'a bet paid twice at once', ticksLeft: [12, 30], then: 'send too', ends: 'paid' },
  { name: 'a bet paid once more when it is over', ticksLeft: [12, 30], then: 'send again', ends: 'paid' },
  { name: 'a stake that arrives late', ticksLeft: [20, 5_000], then: 'send late', ends: 'refunded' },
];

export type Played = {
  readonly state: BetState;
  readonly wrong: readonly string[];
  /** Everything the process did to the outside from the placement on, in order. */
  readonly trace: readonly string[];
  readonly kills: number;
};

const ACCOUNT = 'player-0';
const ACTOR: Actor = { accountId: ACCOUNT, by: { kind: 'browser', signInId: signInId('sim') } };
/** A player who got no answer asks again after this many steps. */
const PATIENCE_STEPS = 8;
const LATE_STEPS = 140;
/** The game has ended and the bet was paid. */
const AGAIN_STEPS = 200;
const WAIT_STEPS_MAX = 20_000;
const PLAY_STEPS = 400;

export async function playBet(scenario: Scenario, kill: Kill, awaySteps = 4): Promise<Played> {
  const world = await createSimWorld({ seed: 'one bet', playerCount: 1, openStore: openMemoryStore, awaySteps });
  await world.start();
  await waitFor(world, scenario.ticksLeft);
  const before = world.trace.length;
  const first = world.trace;
  world.setKill(kill);
  const player = createPersistentPlayer(world, scenario.then);
  for (let step = 0; step < PLAY_STEPS; step++) {
    player.act(step);
    await world.step();
  }
  const trace = first.slice(before);
  await rest(world);
  const record = await readMemoryRecord(world.store);
  const [stored] = record.bets;
  if (!stored) throw new Error('the bet was never placed');
  return { state: stored.bet.state, wrong: checkWorld(world, record), trace, kills: world.kills() };
}

async function waitFor(world: SimWorld, [least, most]: Scenario['ticksLeft']): Promise<void> {
  for (let step = 0; step < WAIT_STEPS_MAX; step++) {
    const game = world.feed.game();
    if (game?.phase === 'active' && game.liveTick !== null) {
      const left = world.feed.truthOf(game.gameId) - game.liveTick;
      if (left >= least && left <= most) return;
    }
    await world.step();
  }
  throw new Error('no such moment in the games of this world');
}

function createPersistentPlayer(world: SimWorld, then: Scenario['then']) {
  let placed: { readonly betId: string; readonly transaction: string; readonly at: number } | null = null;
  let askedAt = -Infinity;
  let submitted = false;
  let done = false;

  function place(step: number): void {
    void world
      .engine()
      .place(ACTOR, { venue: 'practice', sol: '0.05', clientKey: 'the-one-bet' })
      .then((answer) => {
        if (!answer.ok || placed) return;
        placed = { betId: answer.value.bet.id, transaction: answer.value.transaction!, at: step };
        askedAt = -Infinity;
      });
  }

  /** The same stake by another transaction. */
  function sendSecond(transaction: string): void {
    const transfer = JSON.parse(transaction) as SimTransfer;
    world.chain.send({ ...transfer, lastValidBlockHeight: transfer.lastValidBlockHeight + 1_000 });
  }

  function goOn({ betId, transaction, at }: NonNullable<typeof placed>, step: number): void {
    if (then === 'nothing') return;
    if (then === 'send late') {
      if (step - at < LATE_STEPS) return;
      done = true;
      world.chain.send(JSON.parse(transaction));
      return;
    }
    if (then === 'send again' && submitted) {
      if (step - at < AGAIN_STEPS) return;
      done = true;
      return sendSecond(transaction);
    }
    askedAt = step;
    const engine = world.engine();
    const answer = then === 'cancel' ? engine.cancel(ACTOR, betId) : engine.submit(ACTOR, betId, transaction);
    void answer.then((given) => {
      // Any answer but "not now" is an answer: also that it is too late.
      if (!given.ok && given.error.code === 'starting') return;
      if (then === 'send too' && !submitted) sendSecond(transaction);
      submitted = true;
      done = then !== 'send again';
    });
  }

  return {
    act(step: number): void {
      if (done || step - askedAt < PATIENCE_STEPS) return;
      if (placed) return goOn(placed, step);
      askedAt = step;
      place(step);
    },
  };
}
