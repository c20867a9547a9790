// The engine and the practice venue as they run, over PostgreSQL and a cluster in memory that drops sends, loses answers and
// takes blocks back, with real signatures, and both killed together at random between any two things they do. In the end
// the ledger sums to zero, the chain holds what the ledger says, nothing was paid twice, and nothing is open.
import { Keypair, Transaction } from '@solana/web3.js';
import { afterAll, expect, it } from 'vitest';
import type { Account } from '@/lib/account/account';
import { payoutOf } from '@/lib/bets/bet-amounts';
import { createRecommender } from '@/lib/decision/recommend';
import { lamports, LAMPORTS_PER_SOL } from '@/lib/units/lamports';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { signInId } from '@/server/auth/sign-in-id';
import type { BetEngine } from '@/server/bets/bet-engine';
import { createBetEngine } from '@/server/bets/create-bet-engine';
import { bookHouseMoved } from '@/server/bets/settle-steps';
import { createGate, type Gate } from '@/server/bets/simulation/gate';
import { killAtRandom, neverKill, type Kill } from '@/server/bets/simulation/kill';
import { createSimAccount } from '@/server/bets/simulation/sim-account';
import { SIM_ASSESSMENT } from '@/server/bets/simulation/sim-assessment';
import { createSimFeed, SIM_START } from '@/server/bets/simulation/sim-feed';
import type { BetStore } from '@/server/bets/store/bet-store';
import { createPostgresBetStore } from '@/server/bets/store/postgres-bet-store';
import { createPracticeVenue } from '@/server/bets/venues/practice/practice-venue';
import { toVenueKey } from '@/server/bets/venues/practice/venue-key';
import { createFakeChain, FAKE_FAUCET } from '@/server/bets/venues/test-kit/fake-chain';
import type { Chain } from '@/server/chain/chain';
import { createRandom } from '@/server/simulator/random';
import { createRecordDatabase, type RecordDatabase } from '@/server/store/record-database';
import { useTestDatabase } from '@/server/test-kit/postgres';

const PLAYERS = 6;
const STEPS = 500;
const SLOT_MS = 400;
const HOUSE = lamports(10_000n * LAMPORTS_PER_SOL);
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
const SEED = 'practice venue';

const database = useTestDatabase();
const ends: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of ends) await end();
});

it(
  'bets on the practice venue end right, whatever the chain does and whenever the process is killed',
  { timeout: 180_000 },
  async () => {
    const world = await createWorld();
    await world.start();
    world.setKill(killAtRandom(createRandom(`${SEED}/kills`).next, 0.005));
    for (let step = 0; step < STEPS; step++) await world.step('betting');
    world.setKill(neverKill);
    for (let step = 0; step < 3_000 && (step < 120 || (await world.store.unclosed()).length > 0); step++) {
      await world.step('resting');
    }
    const { sql } = database();
    const bets = await sql`select bet_id, state, paid_lamports, stake_lamports, reason, closed_at from bets`;
    const states = new Set(bets.map((bet) => bet.state));
    expect(bets.length).toBeGreaterThan(15);
    expect(world.kills()).toBeGreaterThan(1);
    expect([...states]).toEqual(expect.arrayContaining(['paid', 'lost']));
    for (const bet of bets) {
      const [payouts, refunds] = ['payout', 'refund'].map((role) =>
        world.chain.landedWith(`fortytick:${role}:${bet.bet_id}`),
      );
      const stake = BigInt(bet.stake_lamports);
      const sent = [...payouts!, ...refunds!].map(({ changes }) => -(changes.get(world.address) ?? 0n) - 5_000n);
      const owed =
        { paid: [payoutOf({ stakeLamports: lamports(stake), payout: 5 })], refunded: [stake] }[bet.state as string] ??
        [];
      expect(bet.closed_at, `${bet.bet_id} ${bet.state}`).not.toBeNull();
      expect(sent, `${bet.bet_id} ${bet.state} ${bet.reason}`).toEqual(bet.reason === 'stake-gone' ? [] : owed);
    }
    const rows = await sql<{ account: string; lamports: string }[]>`select account, lamports from ledger_balances`;
    const balance = (account: string) => BigInt(rows.find((row) => row.account === account)?.lamports ?? 0);
    expect(rows.reduce((sum, row) => sum + BigInt(row.lamports), 0n)).toBe(0n);
    expect(balance('escrow')).toBe(0n);
    expect(balance('house') + balance('unidentified')).toBe(world.chain.balanceNow(world.address));
    for (const { account, keypair } of world.players) {
      const moved = world.chain.balanceNow(keypair.publicKey.toBase58()) - PLAYER;
      expect(balance(`wallet:${account.accountId}`)).toBe(moved);
    }
    expect(world.faults).toEqual([]);
  },
);

const PLAYER = 40n * LAMPORTS_PER_SOL;

async function createWorld() {
  const { databaseUrl, sql } = database();
  const random = createRandom(`${SEED}/world`);
  const chain = createFakeChain();
  const venueKeypair = Keypair.fromSeed(new Uint8Array(32).fill(9));
  const address = venueKeypair.publicKey.toBase58();
  let now: EpochMs = SIM_START;
  let kill: Kill = neverKill;
  let kills = 0;
  let away = 0;
  let ids = 0;
  let underway = 0;
  const faults: unknown[] = [];
  let running: { engine: BetEngine; idle: () => Promise<void>; gate: Gate } | null = null;
  const clock = () => now;
  const feed = createSimFeed({
    random: createRandom(`${SEED}/feed`).next,
    tell: (fact) => running?.engine.take(fact),
    firstGame: 77,
    now,
  });
  const players = Array.from({ length: PLAYERS }, (_, i) => {
    const keypair = Keypair.fromSeed(new Uint8Array(32).fill(20 + i));
    const account: Account = { ...createSimAccount(`player-${i}`, now), publicKey: keypair.publicKey.toBase58() };
    chain.give(account.publicKey, PLAYER);
    return {
      account,
      keypair,
      act: createPlayer(account, keypair, { chain, engine: () => running?.engine, random: random.next }),
    };
  });
  for (const { account } of players) {
    await sql`insert into accounts (account_id, public_key, created_at, last_seen_at)
      values (${account.accountId}, ${account.publicKey}, now(), now())`;
  }
  const connect = () => {
    const connection = createRecordDatabase({ databaseUrl });
    ends.push(() => connection.end());
    return connection;
  };
  const [writer, reader, venueDatabase] = [connect(), connect(), connect()];
  const readAccounts = async (_sql: unknown, ids: readonly string[]) =>
    players.flatMap(({ account }) => (ids.includes(account.accountId) ? account : []));
  const store = createPostgresBetStore({ writer, reader, readAccounts, clock });
  chain.give(address, HOUSE);
  await store.run(bookHouseMoved({ signature: 'genesis', lamports: HOUSE, feeLamports: lamports(0n) }));

  const tracked =
    <T>(call: () => Promise<T>) =>
    async (): Promise<T> => {
      underway++;
      try {
        return await call();
      } finally {
        underway--;
      }
    };

  function startProcess(): void {
    const gate = createGate({
      kill: (name) => kill(name),
      delay: () => null,
      onKilled() {
        kills++;
        running = null;
        away = random.integer(0, 10);
      },
    });
    const through = <T>(name: string, call: () => Promise<T>) => gate.pass(name, tracked(call));
    const gatedStore: BetStore = {
      ...store,
      run: (step) => through('record', () => store.run(step)),
      look: (asks) => through('look', () => store.look(asks)),
      unclosed: () => through('look', () => store.unclosed()),
      lostEarly: (since) => through('look', () => store.lostEarly(since)),
      results: async (gameIds) =>
        new Map(gameIds.flatMap((id) => (feed.resultOf(id) === null ? [] : [[id, feed.resultOf(id)!]]))),
      stop: async () => {},
    };
    const gatedDatabase: RecordDatabase = {
      ...venueDatabase,
      use: (work) => through('venue record', () => venueDatabase.use(work)),
    };
    const venue = createPracticeVenue({
      chain: gateChain(chain, through),
      database: gatedDatabase,
      venueKey: toVenueKey(venueKeypair),
      faucet: FAKE_FAUCET,
      funding: null,
      clock,
      random: random.next,
      log: SILENT,
    });
    const engine = createBetEngine({
      store: gatedStore,
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
    running = { engine, gate, idle: venue.idle };
    // One that was killed in the middle of something never comes to rest; its timer must.
    ends.push(async () => void venue.stop());
    engine.start().catch((error: unknown) => faults.push(error));
  }

  async function settle(): Promise<void> {
    for (let quiet = 0; quiet < 4;) {
      await new Promise((resolve) => setImmediate(resolve));
      quiet = underway === 0 ? quiet + 1 : 0;
    }
  }

  return {
    chain,
    address,
    players,
    store,
    faults,
    kills: () => kills,
    setKill: (next: Kill) => void (kill = next),
    async start() {
      startProcess();
      await settle();
    },
    async step(phase: 'betting' | 'resting') {
      now = epochMs(now + SLOT_MS);
      const isBetting = phase === 'betting';
      chain.faults.drop = isBetting && random.chance(0.1);
      chain.faults.loseAnswers = isBetting && random.chance(0.05);
      if (!running && --away < 0) startProcess();
      feed.advance(now);
      for (const { act } of players) act(isBetting);
      await settle();
      chain.advance();
      if (isBetting && random.chance(0.02)) chain.fork(random.integer(1, 3));
      running?.engine.tick();
      await settle();
    },
  };
}

function gateChain(chain: Chain, through: <T>(name: string, call: () => Promise<T>) => Promise<T>): Chain {
  return {
    ...chain,
    latestBlockhash: () => through('chain blockhash', () => chain.latestBlockhash()),
    blockHeight: (commitment) => through('chain height', () => chain.blockHeight(commitment)),
    send: (bytes) => through('chain send', () => chain.send(bytes)),
    statuses: (signatures) => through('chain statuses', () => chain.statuses(signatures)),
    signaturesOf: (address, options) => through('chain address', () => chain.signaturesOf(address, options)),
    transaction: (signature) => through('chain transaction', () => chain.transaction(signature)),
    simulate: (bytes) => through('chain simulate', () => chain.simulate(bytes)),
    balance: (address, commitment) => through('chain balance', () => chain.balance(address, commitment)),
  };
}

/** Places, signs, and submits or sends by itself; asks again with the same client key when nobody answers. */
function createPlayer(
  { accountId }: Account,
  keypair: Keypair,
  { chain, engine, random }: { chain: Chain; engine: () => BetEngine | undefined; random: () => number },
) {
  const actor = { accountId, by: { kind: 'browser' as const, signInId: signInId(accountId) } };
  let clientKey: string | null = null;
  let silent = 0;
  let count = 0;

  function sign(transaction: string): Buffer {
    const signing = Transaction.from(Buffer.from(transaction, 'base64'));
    signing.partialSign(keypair);
    return signing.serialize();
  }

  async function place(key: string): Promise<void> {
    const answer = await engine()?.place(actor, { venue: 'practice', sol: '0.05', clientKey: key });
    if (clientKey !== key) return;
    clientKey = null;
    if (!answer?.ok || answer.value.transaction === undefined) return;
    const signed = sign(answer.value.transaction);
    const choice = random();
    if (choice < 0.1) await engine()?.cancel(actor, answer.value.bet.id);
    else if (choice < 0.2) await chain.send(new Uint8Array(signed)).catch(() => {});
    else await engine()?.submit(actor, answer.value.bet.id, signed.toString('base64'));
  }

  return (isBetting: boolean): void => {
    if (clientKey !== null && ++silent > 10) {
      silent = 0;
      void place(clientKey);
    } else if (clientKey === null && isBetting && random() < 0.2) {
      silent = 0;
      clientKey = `${accountId}-key-${count++}`;
      void place(clientKey);
    }
  };
}
