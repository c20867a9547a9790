// A world of bets with nothing scripted but its players and its feed: the engine and the practice venue as they run, over
// PostgreSQL, and the practice chain itself, LiteSVM behind its RPC, with its faults and forks. Blocks and clock go in steps;
// engine and venue are killed together at random, and started again. What players, faults and kills do follows from the
// seed; in which order answers over HTTP arrive does not.
import { Keypair } from '@solana/web3.js';
import type { RawSql } from '@/db/connect';
import type { Account } from '@/lib/account/account';
import { createRecommender } from '@/lib/decision/recommend';
import { lamports, LAMPORTS_PER_SOL } from '@/lib/units/lamports';
import { epochMs, type EpochMs } from '@/lib/units/time';
import type { BetEngine } from '@/server/bets/bet-engine';
import { createBetEngine } from '@/server/bets/create-bet-engine';
import { createGate, type Gate } from '@/server/bets/simulation/gate';
import { killAtRandom, neverKill, type Kill } from '@/server/bets/simulation/kill';
import { createPracticePlayer, type PracticePlayer } from '@/server/bets/simulation/practice-players';
import { createSimAccount } from '@/server/bets/simulation/sim-account';
import { SIM_ASSESSMENT } from '@/server/bets/simulation/sim-assessment';
import { createSimFeed, SIM_START, type SimFeed } from '@/server/bets/simulation/sim-feed';
import type { BetStore } from '@/server/bets/store/bet-store';
import { createPostgresBetStore } from '@/server/bets/store/postgres-bet-store';
import { createPracticeVenue } from '@/server/bets/venues/practice/practice-venue';
import { toVenueKey } from '@/server/bets/venues/practice/venue-key';
import { ChainError, type Chain } from '@/server/chain/chain';
import { createFaucet } from '@/server/chain/practice/core/genesis';
import { NO_FAULTS } from '@/server/chain/practice/faults';
import { startPracticeChain, type PracticeChainControl } from '@/server/chain/practice/start-practice-chain';
import { createRpcChain } from '@/server/chain/rpc-chain';
import { createRandom, type Random } from '@/server/simulator/random';
import { createRecordDatabase, type RecordDatabase } from '@/server/store/record-database';

export type PracticeWorld = {
  readonly chain: Chain;
  readonly feed: SimFeed;
  readonly players: readonly PracticePlayer[];
  readonly store: BetStore;
  readonly venueAddress: string;
  /** What failed in the background and is none of the failures that the world makes. */
  readonly faults: readonly unknown[];
  readonly kills: () => number;
  readonly forks: () => number;
  /** One block with everybody betting, and whatever can go wrong. */
  bet(): Promise<void>;
  /** Some blocks with nothing wrong any more. */
  rest(): Promise<void>;
  stop(): Promise<void>;
};

export const PLAYER_LAMPORTS = 40n * LAMPORTS_PER_SOL;
const HOUSE_LAMPORTS = 10_000n * LAMPORTS_PER_SOL;
const BLOCK_MS = 400;
const FINALITY_BLOCKS = 8;
/** How long one kind of trouble of the chain lasts. */
const TROUBLE_BLOCKS = 12;
const REST_BLOCKS = 3;
const KILL_PROBABILITY = 0.002;
const AWAY_BLOCKS_MAX = 10;
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

export async function createPracticeWorld({
  databaseUrl,
  sql,
  seed,
  playerCount,
}: {
  databaseUrl: string;
  sql: RawSql;
  seed: string;
  playerCount: number;
}): Promise<PracticeWorld> {
  const randomOf = (part: string) => createRandom(`${seed}/${part}`);
  const random = randomOf('world');
  const venueKeypair = keypairOf(9);
  const venueKey = toVenueKey(venueKeypair);
  let now: EpochMs = SIM_START;
  const clock = () => now;
  const practice = await startPracticeChain({
    clock,
    random: randomOf('chain').next,
    log: SILENT,
    dir: null,
    blockMs: null,
    finalityBlocks: FINALITY_BLOCKS,
  });
  const rpc = createRpcChain({ ...practice, cluster: 'practice' });
  const calls = countCalls();
  const trouble = createTrouble(practice, randomOf('trouble'));
  const chain = loseAnswers(rpc, trouble.losesAnswer);
  const connections = Array.from({ length: 3 }, () => createRecordDatabase({ databaseUrl }));
  const [writer, reader, venueDatabase] = connections as [RecordDatabase, RecordDatabase, RecordDatabase];
  const accounts = new Map<string, Account>();
  const store = createPostgresBetStore({
    writer,
    reader,
    readAccounts: async (_sql, ids) => ids.flatMap((id) => accounts.get(id) ?? []),
    clock,
  });
  const faults: unknown[] = [];
  const left: { stop(): Promise<void> }[] = [];
  let running: Process | null = null;
  let kill: Kill = neverKill;
  let kills = 0;
  let away = 0;
  let ids = 0;
  const feed = createSimFeed({
    random: randomOf('feed').next,
    tell: (fact) => running?.engine.take(fact),
    firstGame: random.integer(1, 100_000),
    now,
  });
  const players = Array.from({ length: playerCount }, (_, i) => {
    const keypair = keypairOf(20 + i);
    const account = { ...createSimAccount(`player-${i}`, now), publicKey: keypair.publicKey.toBase58() };
    accounts.set(account.accountId, account);
    return createPracticePlayer({
      account,
      keypair,
      chain: calls.counted(chain),
      venue: venueKey.address,
      engine: () => running?.engine,
      random: randomOf(account.accountId).next,
    });
  });

  function startProcess(): void {
    const gate = createGate({
      kill: (name) => kill(name),
      delay: () => null,
      onKilled() {
        kills++;
        running = null;
        away = random.integer(0, AWAY_BLOCKS_MAX);
      },
    });
    const through = <T>(name: string, call: () => Promise<T>) => gate.pass(name, () => calls.count(call));
    const slots = new Set<(slot: number) => void>();
    const venue = createPracticeVenue({
      chain: {
        ...gateChain(chain, through),
        onSlot: (listener) => (slots.add(listener), () => slots.delete(listener)),
      },
      database: { ...venueDatabase, use: (work) => through('venue record', () => venueDatabase.use(work)) },
      venueKey,
      faucet: createFaucet().publicKey.toBase58(),
      funding: null,
      clock,
      random: random.next,
      log: SILENT,
    });
    const engine = createBetEngine({
      store: gateStore(store, feed, through),
      venues: [venue],
      live: {
        clock,
        game: () => ({ game: feed.game(), feedLive: feed.isLive() }),
        assessment: () => SIM_ASSESSMENT,
        feedStatus: () => ({ status: 'connected', ageMs: 0 }),
      },
      recommender: createRecommender({ strategies: [] }),
      newId: () => `Test${String(++ids).padStart(16, '0').replaceAll('0', 'z')}`,
      alerts: { raise: () => {}, resolve: () => {} },
      onFault: (error) => faults.push(error),
    });
    running = { engine, slots, gate };
    left.push(venue);
    engine.start().catch((error: unknown) => faults.push(error));
  }

  async function step(isBetting: boolean, blocks: number): Promise<void> {
    now = epochMs(now + blocks * BLOCK_MS);
    if (!running && --away < 0) startProcess();
    feed.advance(now);
    for (const player of players) player.act(now, isBetting);
    await calls.settle();
    await practice.produceBlocks(blocks);
    if (isBetting) await trouble.nextBlock();
    running?.slots.forEach((listener) => listener(practice.chain.ledger.tip().slot));
    running?.engine.tick();
    await calls.settle();
  }

  for (const { accountId, publicKey } of accounts.values()) {
    await sql`insert into accounts (account_id, public_key, created_at, last_seen_at)
      values (${accountId}, ${publicKey}, now(), now())`;
    await rpc.airdrop(publicKey, lamports(PLAYER_LAMPORTS));
  }
  await rpc.airdrop(venueKey.address, lamports(HOUSE_LAMPORTS));
  startProcess();
  await calls.settle();
  for (let i = 0; i < FINALITY_BLOCKS; i++) await step(false, REST_BLOCKS);

  return {
    chain: rpc,
    feed,
    players,
    store,
    venueAddress: venueKey.address,
    faults,
    kills: () => kills,
    forks: trouble.forks,
    bet() {
      if (kill === neverKill) kill = killAtRandom(randomOf('kills').next, KILL_PROBABILITY);
      return step(true, 1);
    },
    rest() {
      kill = neverKill;
      trouble.end();
      return step(false, REST_BLOCKS);
    },
    async stop() {
      // One that was killed in the middle of something never comes to rest; its timer must.
      for (const venue of left) void venue.stop();
      await store.stop();
      await Promise.all(connections.map((connection) => connection.end()));
      rpc.stop();
      await practice.stop();
    },
  };
}

type Process = { readonly engine: BetEngine; readonly slots: ReadonlySet<(slot: number) => void>; readonly gate: Gate };
type Through = <T>(name: string, call: () => Promise<T>) => Promise<T>;

function keypairOf(n: number): Keypair {
  return Keypair.fromSeed(new Uint8Array(32).fill(n));
}

/** Calls to the outside that are under way: time stands still until all have been answered and led to no other. */
function countCalls() {
  let underway = 0;
  async function count<T>(call: () => Promise<T>): Promise<T> {
    underway++;
    try {
      return await call();
    } finally {
      underway--;
    }
  }
  return {
    count,
    counted: (chain: Chain): Pick<Chain, 'send' | 'latestBlockhash'> => ({
      send: (bytes) => count(() => chain.send(bytes)),
      latestBlockhash: () => count(() => chain.latestBlockhash()),
    }),
    async settle(): Promise<void> {
      for (let quiet = 0; quiet < 4;) {
        await new Promise((resolve) => setImmediate(resolve));
        quiet = underway === 0 ? quiet + 1 : 0;
      }
    },
  };
}

/** What the chain does wrong: one kind of trouble after another, and forks in between. */
function createTrouble(practice: PracticeChainControl, random: Random) {
  const kinds = [
    {},
    { drop: 0.3 },
    { expire: 0.3 },
    { down: true },
    { ratePerSecond: 40 },
    { drop: 0.1, expire: 0.1 },
  ] as const;
  let blocks = 0;
  let losing = 0;
  let forks = 0;
  return {
    losesAnswer: () => random.chance(losing),
    forks: () => forks,
    async nextBlock(): Promise<void> {
      if (blocks++ % TROUBLE_BLOCKS === 0) {
        practice.setFaults({ ...NO_FAULTS, ...random.pick(kinds) });
        losing = random.pick([0, 0, 0.2]);
      }
      const { ledger } = practice.chain;
      const depthMax = ledger.height('confirmed') - ledger.height('finalized');
      const depth = random.integer(1, FINALITY_BLOCKS - 3);
      if (!random.chance(0.04) || depth > depthMax) return;
      forks++;
      await practice.fork(depth);
    },
    end(): void {
      practice.setFaults(NO_FAULTS);
      losing = 0;
    },
  };
}

/** The transaction was taken, and nobody hears of it. */
function loseAnswers(chain: Chain, loses: () => boolean): Chain {
  return {
    ...chain,
    async send(bytes) {
      const signature = await chain.send(bytes);
      if (loses()) throw new ChainError('unavailable', 'no answer in time');
      return signature;
    },
  };
}

function gateChain(chain: Chain, through: Through): Chain {
  return {
    ...chain,
    latestBlockhash: () => through('chain blockhash', () => chain.latestBlockhash()),
    blockHeight: (commitment) => through('chain height', () => chain.blockHeight(commitment)),
    send: (bytes) => through('chain send', () => chain.send(bytes)),
    finalized: () => through('chain finalized', () => chain.finalized()),
    statuses: (signatures, options) => through('chain statuses', () => chain.statuses(signatures, options)),
    signaturesOf: (address, options) => through('chain address', () => chain.signaturesOf(address, options)),
    transaction: (signature) => through('chain transaction', () => chain.transaction(signature)),
    simulate: (bytes) => through('chain simulate', () => chain.simulate(bytes)),
    balance: (address, commitment) => through('chain balance', () => chain.balance(address, commitment)),
    rentExemptLamports: () => through('chain rent', () => chain.rentExemptLamports()),
  };
}

function gateStore(store: BetStore, feed: SimFeed, through: Through): BetStore {
  return {
    ...store,
    run: (step) => through('record', () => store.run(step)),
    look: (asks) => through('look', () => store.look(asks)),
    unclosed: () => through('look', () => store.unclosed()),
    lostEarly: (since) => through('look', () => store.lostEarly(since)),
    results: async (gameIds) =>
      new Map(gameIds.flatMap((id) => (feed.resultOf(id) === null ? [] : [[id, feed.resultOf(id)!]]))),
    stop: async () => {},
  };
}
