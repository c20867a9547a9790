// A simulated world: a chain, a feed, players, and one engine at a time that is killed and started again on the same record
// and chain. Time is virtual and goes in steps; after each, everything that can happen without time passing has happened.
// Deterministic: the same seed on the memory store is the same world.
import { betProblem } from '@/lib/protocol/bet-problem';
import { createRecommender } from '@/lib/decision/recommend';
import { lamports, LAMPORTS_PER_SOL } from '@/lib/units/lamports';
import { epochMs, type EpochMs } from '@/lib/units/time';
import type { BetEngine } from '@/server/bets/bet-engine';
import { createBetEngine } from '@/server/bets/create-bet-engine';
import { bookHouseMoved } from '@/server/bets/settle-steps';
import { createGate, type Gate } from '@/server/bets/simulation/gate';
import { neverKill, type Kill } from '@/server/bets/simulation/kill';
import {
  createScriptedVenue,
  SIM_VENUE,
  type PayBook,
  type ScriptedVenue,
  type StakeOnRecord,
} from '@/server/bets/simulation/scripted-venue';
import { walletOf } from '@/server/bets/simulation/sim-account';
import { SIM_ASSESSMENT } from '@/server/bets/simulation/sim-assessment';
import { createSimChain, SimChainDownError, type SimChain, type SimTransfer } from '@/server/bets/simulation/sim-chain';
import { createSimFeed, SIM_START, type SimFeed } from '@/server/bets/simulation/sim-feed';
import { createSimPlayer, type SimPlayer } from '@/server/bets/simulation/sim-players';
import type { BetStore } from '@/server/bets/store/bet-store';
import { ReportOrderError } from '@/server/bets/stake-steps';
import { createRandom } from '@/server/simulator/random';

export type SimStore = { readonly store: BetStore; settle(): Promise<void> };

export type SimWorld = {
  readonly chain: SimChain;
  readonly feed: SimFeed;
  readonly players: readonly SimPlayer[];
  readonly store: BetStore;
  readonly book: PayBook;
  readonly accountIds: readonly string[];
  /** What failed in the background and is none of the failures that the world makes. */
  readonly faults: readonly unknown[];
  readonly alerts: readonly string[];
  engine(): BetEngine;
  /** Every call to the outside, in order, of the engine that runs now. */
  readonly trace: readonly string[];
  kills(): number;
  start(): Promise<void>;
  step(): Promise<void>;
  now(): EpochMs;
  /** Takes over from now on. */
  setKill(kill: Kill): void;
  setPace(pace: number): void;
  setSlow(probability: number): void;
};

const STEP_MS = 250;
const BLOCK_MS = 400;
/** How long a process is away between its end and the next start. */
const AWAY_STEPS_MAX = 40;
const HOUSE_LAMPORTS = lamports(100_000n * LAMPORTS_PER_SOL);
const PLAYER_LAMPORTS = lamports(50n * LAMPORTS_PER_SOL);

export async function createSimWorld({
  seed,
  playerCount,
  openStore,
  awaySteps,
}: {
  seed: string;
  playerCount: number;
  openStore: (world: {
    clock: () => EpochMs;
    accountIds: readonly string[];
    resultOf: SimFeed['resultOf'];
  }) => Promise<SimStore>;
  /** Fixed, or else random. */
  awaySteps?: number;
}): Promise<SimWorld> {
  const randomOf = (part: string) => createRandom(`${seed}/${part}`).next;
  const random = randomOf('world');
  let now: EpochMs = SIM_START;
  let blockAt: number = now;
  let kill: Kill = neverKill;
  let pace = 0;
  let slow = 0;
  let away = 0;
  let kills = 0;
  let ids = 0;
  let starting: Promise<void> | null = null;
  let trace: string[] = [];
  const clock = () => now;
  const chain = createSimChain(randomOf('chain'));
  const accountIds = Array.from({ length: playerCount }, (_, i) => `player-${i}`);
  const book: PayBook = new Map();
  const faults: unknown[] = [];
  const alerts: string[] = [];
  const sleepers: { at: number; wake: () => void }[] = [];
  const feed = createSimFeed({
    random: randomOf('feed'),
    tell: (fact) => running?.engine.take(fact),
    firstGame: 1 + Math.floor(random() * 100_000),
    now,
  });
  const { store, settle } = await openStore({ clock, accountIds, resultOf: feed.resultOf });
  let running: { engine: BetEngine; venue: ScriptedVenue; gate: Gate } | null = null;

  chain.give(SIM_VENUE, HOUSE_LAMPORTS);
  for (const accountId of accountIds) chain.give(walletOf(accountId), PLAYER_LAMPORTS);
  await store.run(bookHouseMoved({ signature: 'genesis', lamports: HOUSE_LAMPORTS, feeLamports: lamports(0n) }));

  const onFault = (error: unknown) => {
    if (!(error instanceof SimChainDownError || error instanceof ReportOrderError)) faults.push(error);
  };

  function sleep(): Promise<void> {
    return new Promise((wake) => sleepers.push({ at: now + STEP_MS + random() * 3_000, wake }));
  }

  function gatedStore(gate: Gate): BetStore {
    return {
      ...store,
      // What a step writes is its name, in the trace of a run without kills.
      run(step) {
        const at = trace.push('record') - 1;
        const named = {
          ...step,
          decide(facts: Parameters<typeof step.decide>[0]) {
            const decision = step.decide(facts);
            const names = (decision.changes?.events ?? []).map(({ event }) => event.type);
            trace[at] = `record ${names.join(' and ') || (decision.changes ? 'the ledger' : 'nothing')}`;
            return decision;
          },
        };
        return gate.pass('record', () => store.run(named));
      },
      look: (asks) => gate.pass('look', () => store.look(asks)),
      unclosed: () => gate.pass('look', () => store.unclosed()),
      results: (gameIds) => gate.pass('look', () => store.results(gameIds)),
      lostEarly: (since) => gate.pass('look', () => store.lostEarly(since)),
    };
  }

  async function readStakes(betId: string): Promise<readonly StakeOnRecord[]> {
    const stored = (await store.look({ bets: [betId] })).bet(betId);
    return (stored?.transactions ?? []).flatMap(({ role, signature, bytes, status }) => {
      if (role !== 'stake' || status === 'failed' || status === 'dead') return [];
      const transfer = bytes && (JSON.parse(new TextDecoder().decode(bytes)) as SimTransfer);
      return [{ signature, transfer, status }];
    });
  }

  function startProcess(): void {
    trace = [];
    const gate = createGate({
      kill: (name) => {
        if (name !== 'record') trace.push(name);
        return kill(name);
      },
      delay: (name) => (name.startsWith('chain') && random() < slow ? sleep() : null),
      onKilled() {
        kills++;
        running = null;
        away = awaySteps ?? Math.floor(random() * AWAY_STEPS_MAX);
      },
    });
    const venue = createScriptedVenue({ chain, gate, book, clock, random, readStakes, onFault });
    const engine = createBetEngine({
      store: gatedStore(gate),
      venues: [venue],
      live: {
        clock,
        game: () => ({ game: feed.game(), feedLive: feed.isLive() }),
        assessment: () => SIM_ASSESSMENT,
        feedStatus: () => ({ status: feed.isLive() ? 'connected' : 'stale', ageMs: feed.isLive() ? 0 : 10_000 }),
      },
      recommender: createRecommender({ strategies: [] }),
      newId: () => `SimBet${String(++ids).padStart(14, '0').replaceAll('0', 'z')}`,
      alerts: { raise: ({ alertId }) => alerts.push(alertId), resolve: () => {} },
      onFault: (error) => {
        if (gate.isOpen()) onFault(error);
      },
    });
    running = { engine, venue, gate };
    starting = engine.start().catch(onFault);
  }

  const nobody = (): BetEngine => running?.engine ?? AWAY;
  const players = accountIds.map((accountId) =>
    createSimPlayer({ accountId, chain, engine: nobody, random: randomOf(accountId), pace: () => pace }),
  );

  return {
    chain,
    feed,
    players,
    store,
    book,
    accountIds,
    faults,
    alerts,
    get trace() {
      return trace;
    },
    engine: nobody,
    kills: () => kills,
    now: clock,
    setKill: (next) => void (kill = next),
    setPace: (next) => void (pace = next),
    setSlow: (next) => void (slow = next),
    async start() {
      startProcess();
      await settle();
      await starting;
    },
    async step() {
      now = epochMs(now + STEP_MS);
      for (const sleeper of sleepers.filter(({ at }) => at <= now)) {
        sleepers.splice(sleepers.indexOf(sleeper), 1);
        sleeper.wake();
      }
      if (!running && --away < 0) startProcess();
      feed.advance(now);
      if (now >= blockAt) {
        blockAt += BLOCK_MS;
        chain.produceBlock();
        void running?.venue.round();
      }
      for (const player of players) player.act(now);
      running?.engine.tick();
      await settle();
    },
  };
}

/** Nobody is there to answer. */
const AWAY = new Proxy({} as BetEngine, {
  get: () => async () => ({ ok: false, error: betProblem('starting', 'Nobody is there.') }),
});
