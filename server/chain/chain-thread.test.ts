import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lamports } from '@/lib/units/lamports';
import { startChainThread, startWorker, type ChainThreadSettings } from '@/server/chain/chain-thread';
import type { ChainLog } from '@/server/chain/practice/start-practice-chain';
import { createRpcChain } from '@/server/chain/rpc-chain';
import { keypairOf, makeTempDir, SILENT } from '@/server/chain/practice/test-kit/practice';

/** A thread, and a way to end it from outside as a fault would. */
async function start(settings: ChainThreadSettings, log: ChainLog = SILENT) {
  const workers: Worker[] = [];
  const thread = await startChainThread({
    ...settings,
    log,
    restartMs: 1,
    createWorker(data) {
      workers.push(startWorker(data));
      return workers.at(-1)!;
    },
  });
  onTestFinished(() => thread.stop());
  return { thread, workers };
}

/** Asks until it is so; an answer that does not come is one more reason to ask again. */
async function asked(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo().catch(() => false))) await new Promise((resolve) => setImmediate(resolve));
}

describe('the practice chain in its own thread', () => {
  it('is started again when it dies, on the same ports, with all that was confirmed', { timeout: 60_000 }, async () => {
    const errors: string[] = [];
    const log = { ...SILENT, error: (_: object, message: string) => void errors.push(message) };
    const { thread, workers } = await start({ dir: makeTempDir(), blockMs: 10, finalityBlocks: 3 }, log);
    const chain = createRpcChain(thread);
    onTestFinished(() => chain.stop());
    const address = keypairOf(5).publicKey.toBase58();
    const signature = await chain.airdrop(address, lamports(2_000_000n));
    await asked(async () => (await chain.statuses([signature]))[0]?.commitment === 'finalized');

    await workers[0]!.terminate();
    await asked(async () => (await chain.balance(address, 'finalized')) === 2_000_000n);
    expect(workers).toHaveLength(2);
    expect(errors).toEqual(['the practice chain’s thread ended; it is started again']);
  });

  it(
    'says which ports it needs when they are taken, as something that can be mended',
    { timeout: 60_000 },
    async () => {
      const other = createServer();
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void other.close());
      const { port } = other.address() as AddressInfo;
      await expect(start({ dir: makeTempDir(), port })).rejects.toMatchObject({
        name: 'StartError',
        message: `Port ${port} is taken: CHAIN_PORT and the port above it must be free.`,
      });
    },
  );
});
