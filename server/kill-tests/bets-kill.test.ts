// Bets while their process, the practice chain in it included, is killed by SIGKILL again and again: a process of its own on a
// real PostgreSQL and a real folder, an upstream that goes on meanwhile, players who place, sign and submit. Left alone in the
// end, every bet that was acknowledged is on record, none is open, and chain and ledger agree to the lamport. Every run draws
// another seed; a failure names it.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { createPlayers } from '@/server/test-kit/bet-players';
import { LAMPORTS_PER_SOL } from '@/lib/units/lamports';
import { rebuildBets } from '@/server/bets/store/rebuild-bets';
import { createRpcChain, type RpcChain } from '@/server/chain/rpc-chain';
import { verifyLog } from '@/server/event-log/verify-log';
import { auditBets, type Audit } from '@/server/kill-tests/audit-bets';
import { startPlayers, type BetsPlayers } from '@/server/kill-tests/bets-players';
import { createBetsProcess } from '@/server/kill-tests/bets-process';
import { buildProcess } from '@/server/kill-tests/build-process';
import { createFastClock } from '@/server/kill-tests/fast-clock';
import { startWatchedUpstream } from '@/server/kill-tests/watched-upstream';
import { createRandom } from '@/server/simulator/random';
import { useTestDatabase } from '@/server/test-kit/postgres';

const PLAYERS = 16;
const KILLS = 6;
const LIMIT_MS = 150_000;
const SPEED = 15;
/** Games of some seventy ticks, so that windows end both ways many times in a run. */
const HAZARD = 0.015;
const BLOCK_MS = 30;
const FINALITY_BLOCKS = 3;
const ENDS = ['practice paid', 'practice lost', 'practice refunded'] as const;
const GIVEN_LAMPORTS = 20n * LAMPORTS_PER_SOL;
/** KILL_SEED repeats a run as far as its plan goes; where exactly a signal lands is up to the machine. */
const seed = process.env.KILL_SEED ?? randomBytes(4).toString('hex');

const database = useTestDatabase();

it(`SIGKILL in the midst of bets costs nobody anything (KILL_SEED=${seed})`, { timeout: LIMIT_MS }, async () => {
  const world = await openWorld();
  const { upstream, betsProcess, chain } = world;
  const players = await playThroughKills(world);
  const isClosed = async () => (await readMidst()).open === 0;
  await upstream.until('every bet is closed', isClosed, () => describe(world, players));
  // A window that has passed loses a bet before anyone knows where its game ends.
  const games = await database().sql<{ game_id: string }[]>`select distinct game_id from bets`;
  await upstream.until('their games have ended', () => games.every(({ game_id }) => upstream.rugs.has(game_id)));
  const restedAt = world.clock();
  const readLedger = async () => (await betsProcess.ask({ what: 'ledger' }))!;
  await upstream.until('ledger and chain were compared since', async () => {
    return ((await readLedger()).chain.checkedAt ?? 0) > restedAt;
  });

  const { sql } = database();
  const ledger = await readLedger();
  const { acknowledged } = players;
  const audit: Audit = {
    sql,
    chain: chain(),
    venue: ledger.chain.address,
    acknowledged,
    rugs: upstream.rugs,
    wallets: world.wallets(),
  };
  const named = `KILL_SEED=${seed}`;
  expect(await auditBets(audit), named).toEqual([]);
  expect(ledger.chain.differences, named).toEqual([]);
  expect(ledger.sum, named).toBe('0');
  expect(betsProcess.alerts(), named).toEqual([]);
  const log = await verifyLog(sql, { now: () => performance.now() });
  expect(log.ok, `${named} ${JSON.stringify(log)}`).toBe(true);
  expect((await rebuildBets(sql, { onProgress() {} })).changed, named).toBe(0);
  // A kill with nothing under way shows nothing.
  expect(world.midst.open, named).toBeGreaterThan(0);
  if (process.env.KILL_LOG_LEVEL) console.log(await describe(world, players));
  await expectKeenAudit(audit);
});

type World = Awaited<ReturnType<typeof openWorld>>;

async function openWorld() {
  const random = createRandom(`${seed}/kills`);
  const clockFrom = Date.now();
  const clock = createFastClock({ from: clockFrom, speed: SPEED });
  const upstream = await startWatchedUpstream({ seed, speed: SPEED, hazard: HAZARD, clock });
  onTestFinished(() => upstream.stop());
  const folder = await mkdtemp(join(tmpdir(), 'fortytick-bets-kill-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const script = await buildProcess('killed-bets-process', seed);
  onTestFinished(() => rm(script, { force: true }));
  const settings = {
    DATA_DIR: folder,
    DATABASE_URL: database().databaseUrl,
    FEED: 'live',
    FEED_URL: upstream.url,
    CHAIN_BLOCK_MS: String(BLOCK_MS),
    CHAIN_FINALITY_BLOCKS: String(FINALITY_BLOCKS),
    LOG_LEVEL: process.env.KILL_LOG_LEVEL ?? 'fatal',
  };
  const betsProcess = createBetsProcess(script, { settings, clockFrom, speed: SPEED });
  onTestFinished(() => betsProcess.kill());
  let chain: RpcChain | null = null;
  onTestFinished(() => chain?.stop());
  let wallets: Audit['wallets'] = [];
  const midst = { open: 0, stakes: 0, payments: 0 };
  return {
    random,
    clock,
    upstream,
    betsProcess,
    chain: () => chain!,
    wallets: () => wallets,
    midst,
    /** What was under way when the process was killed. */
    async noteMidst() {
      const found = await readMidst();
      for (const what of ['open', 'stakes', 'payments'] as const) midst[what] += found[what];
    },
    isPaying: async () => (await readMidst()).payments > 0,
    async start() {
      betsProcess.start();
      const urls = await betsProcess.ready();
      chain?.stop();
      chain = createRpcChain({ ...urls, cluster: 'practice' });
      return urls;
    },
    async createPlayers(urls: { rpcUrl: string; wsUrl: string }) {
      const players = await createPlayers({ databaseUrl: settings.DATABASE_URL, ...urls, count: PLAYERS });
      wallets = players.map((player) => ({ ...player, givenLamports: GIVEN_LAMPORTS }));
      return players;
    },
  };
}

/** Kills while bets go on and while a start is under way, with the upstream going on for a while in between. */
async function playThroughKills(world: World): Promise<BetsPlayers> {
  const { betsProcess, upstream, chain, random } = world;
  const bench = await world.createPlayers(await world.start());
  const { nextFrame } = upstream;
  const players = startPlayers({
    process: betsProcess,
    players: bench,
    chain,
    nextFrame,
    random: createRandom(`${seed}/players`),
  });
  const details = () => describe(world, players);
  const play = (count: number) => {
    const until = players.acknowledged.length + count;
    const isEnough = () => players.acknowledged.length >= until;
    return upstream.until(`${count} more commands were acknowledged`, isEnough, details);
  };
  for (let kill = 0; kill < KILLS; kill++) {
    await play(random.integer(4, 16));
    // Anywhere between two of whatever goes on; every third time while a win or a refund is being paid.
    if (kill % 3 === 2) await upstream.until('something is being paid', world.isPaying, details);
    else await wait(random.between(0, 120));
    await betsProcess.kill();
    await world.noteMidst();
    for (let frames = random.integer(0, 60); frames > 0; frames--) await nextFrame();
    if (random.chance(0.3)) {
      betsProcess.start();
      await betsProcess.opening();
      await wait(random.between(0, 400));
      await betsProcess.kill();
    }
    await world.start();
  }
  // A run in which nothing was won, or nothing lost, shows little.
  const isVaried = async () => {
    const counts = await countStates();
    return ENDS.every((end) => (counts[end] ?? 0) > 0);
  };
  await upstream.until('bets were won, lost and refunded', isVaried, details);
  await players.stop();
  return players;
}

/** How often each venue's bets stand in each state, as "practice paid". */
async function countStates(): Promise<Readonly<Record<string, number>>> {
  const rows = await database().sql`select venue, state, count(*)::int as n from bets group by 1, 2 order by 1, 2`;
  return Object.fromEntries(rows.map(({ venue, state, n }) => [`${venue} ${state}`, n as number]));
}

type Midst = { readonly open: number; readonly stakes: number; readonly payments: number };

/** Bets that are not closed, and transactions that are not final. */
async function readMidst(): Promise<Midst> {
  const [row] = await database().sql`
    select (select count(*) from bets where closed_at is null)::int as open,
      count(*) filter (where role = 'stake')::int as stakes, count(*) filter (where role <> 'stake')::int as payments
    from bet_transactions where status in ('sent', 'confirmed')`;
  return row as Midst;
}

async function describe(
  { midst, betsProcess }: World,
  { acknowledged, refused, repeated }: BetsPlayers,
): Promise<string> {
  const alerts = betsProcess.alerts();
  const [answers, counts] = [acknowledged.length, await countStates()];
  return JSON.stringify({
    acknowledged: answers,
    counts,
    midst,
    refused: [...refused],
    repeated: repeated(),
    alerts,
    KILL_SEED: seed,
  });
}

/** An audit that finds nothing must be one that could: a bet that is not there, a payout a lamport too high. */
async function expectKeenAudit(audit: Audit): Promise<void> {
  const { sql, acknowledged } = audit;
  const [paid] = await sql`
    update bets set paid_lamports = paid_lamports + 1 where bet_id = (
      select bet_id from bets where state = 'paid' and venue = 'practice' order by bet_id limit 1
    ) returning bet_id`;
  const bet = { ...acknowledged[0]!.bet, id: '1111111111111111' };
  const found = await auditBets({ ...audit, acknowledged: [...acknowledged, { what: 'place', bet }] });
  expect(found).toEqual([
    expect.stringContaining(`bet ${paid!.bet_id} (practice, paid`),
    '1111111111111111: was acknowledged (place) and is not on record',
  ]);
  expect((await rebuildBets(sql, { onProgress() {} })).changed).toBe(1);
}
