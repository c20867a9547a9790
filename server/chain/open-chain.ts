// The chain that the settings ask for: the practice chain, started with the app, or a real cluster by its address. Called
// by server/main.ts.
import { join } from 'node:path';
import type { Chain } from '@/server/chain/chain';
import type { ChainThread, ChainThreadSettings } from '@/server/chain/chain-thread';
import type { ChainLog } from '@/server/chain/practice/start-practice-chain';
import { createRpcChain, type RpcChain } from '@/server/chain/rpc-chain';
import type { Config } from '@/server/config';

export type OpenChain = {
  readonly chain: Chain;
  /** May hold an access key: not for the browser unless it is the practice chain's. */
  readonly rpcUrl: string;
  readonly wsUrl: string;
  stop(): Promise<void>;
};

type ChainConfig = Pick<
  Config,
  | 'DATA_DIR'
  | 'SOLANA_RPC_URL'
  | 'SOLANA_WS_URL'
  | 'CHAIN_PORT'
  | 'CHAIN_BLOCK_MS'
  | 'CHAIN_FINALITY_BLOCKS'
  | 'CHAIN_FAULTS'
>;

export async function openChain({
  config,
  startPractice,
  log,
}: {
  config: ChainConfig;
  /** In a thread of its own, or in this one. */
  startPractice: (settings: ChainThreadSettings & { readonly log: ChainLog }) => Promise<ChainThread>;
  log: ChainLog;
}): Promise<OpenChain> {
  if (config.SOLANA_RPC_URL) return openCluster({ config, rpcUrl: config.SOLANA_RPC_URL, log });
  const practice = await startPractice({
    log,
    dir: join(config.DATA_DIR, 'chain'),
    port: config.CHAIN_PORT,
    blockMs: config.CHAIN_BLOCK_MS,
    finalityBlocks: config.CHAIN_FINALITY_BLOCKS,
    faults: config.CHAIN_FAULTS,
  });
  const { rpcUrl, wsUrl } = practice;
  // Known without asking: with faults from the start nobody might answer.
  const chain = createRpcChain({ rpcUrl, wsUrl, cluster: 'practice' });
  return {
    chain,
    rpcUrl,
    wsUrl,
    async stop() {
      chain.stop();
      await practice.stop();
    },
  };
}

async function openCluster({
  config,
  rpcUrl,
  log,
}: {
  config: ChainConfig;
  rpcUrl: string;
  log: ChainLog;
}): Promise<OpenChain> {
  const wsUrl = config.SOLANA_WS_URL ?? toWsUrl(rpcUrl);
  const chain = createRpcChain({ rpcUrl, wsUrl });
  const stopAsking = keepIdentifying(chain, log);
  return {
    chain,
    rpcUrl,
    wsUrl,
    async stop() {
      stopAsking();
      chain.stop();
    },
  };
}

/** As web3.js derives it. */
export function toWsUrl(rpcUrl: string): string {
  const url = new URL(rpcUrl);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  if (url.port) url.port = String(Number(url.port) + 1);
  return url.href;
}

const IDENTIFY_RETRY_MS = 5_000;

/** A cluster that is away is no reason not to start: bets wait until it has said who it is. */
function keepIdentifying(chain: RpcChain, log: ChainLog): () => void {
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  const ask = () => {
    chain.identify().then(
      (cluster) => log.info({ cluster }, 'the chain has answered'),
      (error: unknown) => {
        if (stopped) return;
        log.warn({ error: String(error) }, 'the chain does not answer; it will be asked again');
        timer = setTimeout(ask, IDENTIFY_RETRY_MS);
      },
    );
  };
  ask();
  return () => {
    stopped = true;
    if (timer) clearTimeout(timer);
  };
}
