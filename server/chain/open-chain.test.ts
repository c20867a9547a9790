import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lamports } from '@/lib/units/lamports';
import {
  startPracticeChain,
  type ChainLog,
  type PracticeChainControl,
} from '@/server/chain/practice/start-practice-chain';
import { openChain, toWsUrl } from '@/server/chain/open-chain';
import {
  createTestClock,
  keypairOf,
  makeTempDir,
  seeded,
  SILENT,
  startTestChain,
  until,
} from '@/server/chain/practice/test-kit/practice';
import { parseConfig } from '@/server/config';

async function open(env: Record<string, string>, log: ChainLog = SILENT) {
  let practice: PracticeChainControl | null = null;
  const opened = await openChain({
    config: parseConfig(env),
    async startPractice(settings) {
      practice = await startPracticeChain({ ...settings, clock: createTestClock(), random: seeded(1) });
      return practice;
    },
    log,
  });
  onTestFinished(() => opened.stop());
  return { ...opened, practice: practice as PracticeChainControl | null };
}

describe('the chain that the settings ask for', () => {
  it('is the practice chain, which produces blocks by itself and remembers them', async () => {
    const DATA_DIR = makeTempDir();
    const CHAIN_FINALITY_BLOCKS = '3';
    const { chain, practice, rpcUrl, stop } = await open({ DATA_DIR, CHAIN_BLOCK_MS: '10', CHAIN_FINALITY_BLOCKS });
    expect(chain.cluster).toBe('practice');
    expect(practice?.rpcUrl).toBe(rpcUrl);
    const address = keypairOf(5).publicKey.toBase58();
    const signature = await chain.airdrop(address, lamports(2_000_000n));
    const slots: number[] = [];
    chain.onSlot((slot) => slots.push(slot));
    await until(() => slots.length >= 4);
    expect(await chain.statuses([signature])).toMatchObject([{ commitment: 'finalized' }]);
    await stop();
    const again = await open({ DATA_DIR, CHAIN_FINALITY_BLOCKS });
    expect(await again.chain.balance(address, 'finalized')).toBe(2_000_000n);
  });

  it('starts with the faults it was given', async () => {
    const { practice, chain } = await open({ DATA_DIR: makeTempDir(), CHAIN_FAULTS: 'down=1,latency=5' });
    expect(practice?.faults()).toMatchObject({ down: true, latencyMs: 5, drop: 0 });
    expect(chain.cluster).toBe('practice');
    await expect(chain.slot('processed')).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('is a cluster by its address, known by its genesis hash', async () => {
    const cluster = await startTestChain();
    const { chain, practice, wsUrl } = await open({ SOLANA_RPC_URL: cluster.rpcUrl });
    expect(practice).toBeNull();
    expect(new URL(wsUrl).port).toBe(new URL(cluster.wsUrl).port);
    await until(() => chain.cluster !== 'unknown');
    expect(chain.cluster).toBe('practice');
  });

  it('may be away: that is said, and the start goes on', async () => {
    const warnings: string[] = [];
    const log = { ...SILENT, warn: (_: object, message: string) => void warnings.push(message) };
    const { chain } = await open({ SOLANA_RPC_URL: 'http://127.0.0.1:1' }, log);
    await until(() => warnings.length > 0);
    expect(warnings).toEqual(['the chain does not answer; it will be asked again']);
    expect(chain.cluster).toBe('unknown');
  });

  it('says which ports it needs when they are taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const CHAIN_PORT = String(port);
    await expect(open({ DATA_DIR: makeTempDir(), CHAIN_PORT })).rejects.toThrow(
      `Port ${port} is taken: CHAIN_PORT and the port above it must be free.`,
    );
    const below = String(port - 1);
    await expect(open({ DATA_DIR: makeTempDir(), CHAIN_PORT: below })).rejects.toThrow(/is taken/);
  });

  it.each([
    ['https://api.devnet.solana.com', 'wss://api.devnet.solana.com/'],
    ['http://127.0.0.1:8899', 'ws://127.0.0.1:8900/'],
    ['https://node.example.com:8443/key', 'wss://node.example.com:8444/key'],
  ])('finds the websocket of %s', (rpcUrl, wsUrl) => {
    expect(toWsUrl(rpcUrl)).toBe(wsUrl);
  });
});
