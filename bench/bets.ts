// Bets through the whole state machine on the practice chain, as players make them: the built server with its own database
// and chain, 500 players who place, sign and submit over HTTP at 50 bets a second while one game runs, until it rugs and
// every bet is settled and paid. Game time runs at twice its speed, since a player has one open bet at a time and a window
// of 10 s would hold 500 players below 50 bets a second; blocks keep their 400 ms. In the same run: a bare transfer and memo
// by web3.js through the same chain.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRunningEmbedded } from '@/db/embedded';
import { percentile, round } from '@/lib/math/percentile';
import { epochMs } from '@/lib/units/time';
import { createPlayers } from '@/server/test-kit/bet-players';
import { placeBets, waitUntil, type BetTimes } from '@/bench/support/place-bets';
import { measureRawChain } from '@/bench/support/raw-chain';
import { startBuiltServer, type RunningServer } from '@/bench/support/running-server';
import { connectRaw } from '@/db/connect';
import { createRunScript } from '@/server/simulator/run-script';
import { startSimulator } from '@/server/simulator/start-simulator';

const PLAYERS = 500;
const BETS_PER_SECOND = 50;
const SPEED = 2;
const HAZARD = 0.005;
/** The game measured: long enough for some 2,000 bets, and it ends with a rug that hundreds of them win. */
const RUG_TICKS = [440, 540] as const;
/** A server just started compiles as it goes and reads every player for the first time: told apart, and not left out. */
const BEGINNING_MS = 5_000;
const SETTLED_LIMIT_MS = 120_000;
const STATEMENT_LIMIT_MS = 20_000;

export async function run() {
  const dataDir = mkdtempSync(join(tmpdir(), 'fortytick-bench-bets-'));
  const port = await freePort();
  const chainPort = await freePort();
  const server = await startBuiltServer({
    DATA_DIR: dataDir,
    FEED: 'live',
    FEED_URL: `http://127.0.0.1:${port}`,
    CHAIN_PORT: String(chainPort),
    LOG_LEVEL: 'error',
  });
  let simulator: Awaited<ReturnType<typeof startSimulator>> | null = null;
  try {
    const { databaseUrl } = findRunningEmbedded(dataDir)!;
    const rpcUrl = `http://127.0.0.1:${chainPort}`;
    const wsUrl = `ws://127.0.0.1:${chainPort + 1}`;
    const players = await createPlayers({ databaseUrl, rpcUrl, wsUrl, count: PLAYERS });
    const raw = await measureRawChain({ rpcUrl, wsUrl });
    await waitUntil(async () => (await summaryOf(server)).accounts.some(({ account }) => account === 'house'), 60_000);
    const { seed, rugTick } = chooseGame();
    simulator = await startSimulator({ port, seed, speed: SPEED, hazard: HAZARD, clock: () => epochMs(Date.now()) });
    const cpuBefore = cpuMs(server);
    const placed = await placeBets({ url: server.url, players, betsPerSecond: BETS_PER_SECOND, rugTick });
    const cpu = cpuMs(server) - cpuBefore;
    const ended = await settle({ databaseUrl, server });
    return {
      ...figuresOf(placed, ended.activeAt),
      serverCpuMsPerBet: round(cpu / placed.times.length),
      ...ended.counts,
      raw,
    };
  } finally {
    await simulator?.stop();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function figuresOf(
  { times, refused, elapsedMs, pushed }: Awaited<ReturnType<typeof placeBets>>,
  activeAt: ReadonlyMap<string, number>,
) {
  const active = times.flatMap((bet) => {
    const at = activeAt.get(bet.betId);
    return at === undefined ? [] : [{ ...bet, at }];
  });
  const steadyFrom = Math.min(...times.map(({ clickedAt }) => clickedAt)) + BEGINNING_MS;
  const loaded = active.filter(({ isAlone }) => !isAlone);
  return {
    players: PLAYERS,
    bets: times.length,
    refused,
    betsPerSecond: round((loaded.length / elapsedMs) * 1_000),
    ...latenciesOf(loaded.filter(({ clickedAt }) => clickedAt >= steadyFrom)),
    clickToPushedMs: spread(pushed),
    beginning: latenciesOf(loaded.filter(({ clickedAt }) => clickedAt < steadyFrom)),
    alone: latenciesOf(active.filter(({ isAlone }) => isAlone)),
    speed: SPEED,
  };
}

function latenciesOf(bets: readonly (BetTimes & { readonly at: number })[]) {
  return {
    clickToActiveMs: spread(bets.map(({ clickedAt, at }) => at - clickedAt)),
    submitToActiveMs: spread(bets.map(({ submittedAt, at }) => at - submittedAt)),
    // Both requests from the first byte sent to the last byte read, waiting for others included, for a block not.
    requestsMs: spread(bets.map(({ placeMs, submitMs }) => placeMs + submitMs)),
    placeMs: spread(bets.map(({ placeMs }) => placeMs)),
    submitMs: spread(bets.map(({ submitMs }) => submitMs)),
  };
}

function spread(values: readonly number[]) {
  return {
    n: values.length,
    p50: round(percentile(values, 0.5)),
    p99: round(percentile(values, 0.99)),
    max: round(Math.max(...values)),
  };
}

/** Every bet closed, the ledger at zero and the chain agreeing with it; throws when that does not come to be. */
async function settle({ databaseUrl, server }: { databaseUrl: string; server: RunningServer }) {
  const record = connectRaw({ databaseUrl, statementLimitMs: STATEMENT_LIMIT_MS });
  try {
    const from = performance.now();
    await waitUntil(async () => {
      const [open] = await record.sql`select count(*)::int as n from bets where closed_at is null`;
      return open!.n === 0;
    }, SETTLED_LIMIT_MS);
    const settledMs = performance.now() - from;
    await waitUntil(async () => (await summaryOf(server)).chain.matches === true, SETTLED_LIMIT_MS);
    const { sum } = await summaryOf(server);
    if (sum !== '0') throw new Error(`the ledger sums to ${sum}`);
    const rows = await record.sql`select bet_id, active_at from bets where active_at is not null`;
    const states = await record.sql`select state, count(*)::int as n from bets group by state order by state`;
    const [twice] = await record.sql`
      select count(*)::int as n from (
        select bet_id from bet_transactions where role <> 'stake' and status = 'finalized' group by bet_id having count(*) > 1
      ) paid`;
    return {
      activeAt: new Map(rows.map((row) => [row.bet_id as string, (row.active_at as Date).getTime()])),
      counts: {
        states: Object.fromEntries(states.map(({ state, n }) => [state, n])),
        paidTwice: twice!.n,
        ledgerSum: sum,
        allClosedMs: round(settledMs),
      },
    };
  } finally {
    await record.destroy();
  }
}

async function summaryOf({ url }: RunningServer) {
  const response = await fetch(`${url}/api/ledger/summary`);
  return (await response.json()) as {
    sum: string;
    accounts: { account: string }[];
    chain: { matches: boolean | null };
  };
}

/** The first seed whose first game is as long as wanted. */
function chooseGame(): { seed: string; rugTick: number } {
  for (let n = 0; ; n++) {
    const seed = `bench bets ${n}`;
    const startedAt = epochMs(Date.now());
    const { rugTick } = createRunScript({ seed, hazard: HAZARD, speed: SPEED, startedAt }).game().plan;
    if (rugTick >= RUG_TICKS[0] && rugTick <= RUG_TICKS[1]) return { seed, rugTick };
  }
}

/** User and system time of the server's process so far. */
function cpuMs({ pid }: RunningServer): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return ticks * 10;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
