// Starts the practice chain: its folder read, its two servers, and a block every 400 ms. Called by open-chain.ts, by tests
// and by the bench, which produce blocks themselves.
import { createServer } from 'node:http';
import type { Clock } from '@/lib/units/time';
import { createPracticeChain, type Fork, type PracticeChain } from '@/server/chain/practice/core/practice-chain';
import { createFaults, type FaultSettings } from '@/server/chain/practice/faults';
import { createPracticeNode } from '@/server/chain/practice/practice-node';
import { createCall } from '@/server/chain/practice/rpc/handle-rpc';
import { createRateLimit } from '@/server/chain/practice/rpc/rate-limit';
import { createSubscriptionDesk } from '@/server/chain/practice/rpc/subscriptions';
import { openChainFiles } from '@/server/chain/practice/state/chain-files';
import { loadChain } from '@/server/chain/practice/state/load-chain';
import { createHttpServer } from '@/server/chain/practice/transport/http-server';
import { listenPair } from '@/server/chain/practice/transport/listen-pair';
import { createWsServer } from '@/server/chain/practice/transport/ws-server';

/** What tests and the bench may do to a practice chain; nothing of it goes over the wire. */
export type PracticeChainControl = {
  readonly rpcUrl: string;
  readonly wsUrl: string;
  /** To look into; its blocks are produced here, not there. */
  readonly chain: PracticeChain;
  faults(): FaultSettings;
  setFaults(changes: Partial<FaultSettings>): void;
  /** Closes the open block: what is in it is confirmed when this resolves to true. */
  produceBlock(): Promise<boolean>;
  produceBlocks(count: number): Promise<void>;
  /** Takes back the open block and the last `depth` closed ones, as a cluster does that had followed the wrong fork. */
  fork(depth: number): Promise<Fork>;
  /** Subscriptions that are open now: to await one before producing its block. */
  subscriptions(): number;
  stop(): Promise<void>;
};

export type ChainLog = {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
};

export type PracticeChainOptions = {
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: ChainLog;
  /** Null keeps nothing. */
  readonly dir: string | null;
  readonly port?: number;
  /** Null for a chain whose blocks are produced by hand. */
  readonly blockMs?: number | null;
  readonly finalityBlocks?: number;
  readonly faults?: Partial<FaultSettings>;
  /** Size at which a journal is followed by the next. */
  readonly journalBytesMax?: number;
  readonly delay?: (ms: number) => Promise<void>;
};

export async function startPracticeChain(options: PracticeChainOptions): Promise<PracticeChainControl> {
  const { clock, random, log, dir, port = 0, blockMs = 400, finalityBlocks = 32 } = options;
  const chain = createPracticeChain({ clock, finalityBlocks });
  const files = dir === null ? null : openChainFiles({ dir, journalBytesMax: options.journalBytesMax });
  if (files && loadChain(chain, files).cut) log.warn({ dir }, 'the practice chain’s journal ended in a damaged line');
  const faults = createFaults({ initial: options.faults ?? {}, random });
  const onFault = (error: unknown) =>
    log.error({ error: String(error) }, 'a block of the practice chain was not saved');
  const node = createPracticeNode({ chain, files, onFault });
  const call = createCall({ chain, faults, isHealthy: node.isHealthy, random });
  const desk = createSubscriptionDesk(chain);
  const http = createHttpServer({
    call,
    faults,
    rateLimit: createRateLimit(clock),
    delay: options.delay ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms))),
  });
  const upgrades = createServer((_, response) => void response.writeHead(426).end('This port speaks websocket.'));
  const sockets = createWsServer({ server: upgrades, call, desk, faults });
  // What goes wrong in listening is told by listenPair; the websocket server hears of it too.
  sockets.on('error', () => undefined);
  const taken = await listenPair({ http, ws: upgrades, port }).catch(async (error: unknown) => {
    await node.stop();
    throw error;
  });
  const stopTimer =
    blockMs === null ? () => undefined : produceEvery(() => faults.current().slowBlockMs || blockMs, node);

  return {
    rpcUrl: `http://127.0.0.1:${taken}`,
    wsUrl: `ws://127.0.0.1:${taken + 1}`,
    chain,
    faults: faults.current,
    setFaults: faults.set,
    produceBlock: node.produceBlock,
    async produceBlocks(count) {
      for (let block = 0; block < count; block += 1) await node.produceBlock();
    },
    fork: node.fork,
    subscriptions: desk.count,
    async stop() {
      stopTimer();
      for (const socket of sockets.clients) socket.terminate();
      desk.stop();
      await Promise.all([http, upgrades].map((server) => closeServer(server)));
      await node.stop();
    },
  };
}

/** The next block is due one interval after the last was; a block that came late is not made up for. */
function produceEvery(intervalMs: () => number, node: { produceBlock(): Promise<boolean> }): () => void {
  let timer: NodeJS.Timeout;
  let dueAt = performance.now() + intervalMs();
  const next = () => {
    timer = setTimeout(run, Math.max(0, dueAt - performance.now()));
  };
  let stopped = false;
  const run = async () => {
    await node.produceBlock();
    dueAt = Math.max(performance.now(), dueAt + intervalMs());
    if (!stopped) next();
  };
  next();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

function closeServer(server: ReturnType<typeof createServer>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
