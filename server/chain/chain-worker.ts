// The thread that the practice chain runs in, started by chain-thread.ts: it says where the chain is, passes on what it
// logs, and stops it when told to. Nothing else crosses over; what uses the chain speaks to its ports.
import { parentPort, workerData } from 'node:worker_threads';
import { epochMs } from '@/lib/units/time';
import type { ChainThreadSettings, ThreadSaid } from '@/server/chain/chain-thread';
import { startPracticeChain, type ChainLog } from '@/server/chain/practice/start-practice-chain';
import { StartError } from '@/server/ops/start-error';

const say = (said: ThreadSaid) => parentPort!.postMessage(said);
const logAt = (level: keyof ChainLog) => (details: object, message: string) =>
  say({ type: 'log', level, details, message });

try {
  const chain = await startPracticeChain({
    ...(workerData as ChainThreadSettings),
    clock: () => epochMs(Date.now()),
    random: Math.random,
    log: { info: logAt('info'), warn: logAt('warn'), error: logAt('error') },
  });
  parentPort!.once('message', () => void chain.stop().then(() => parentPort!.close()));
  say({ type: 'ready', rpcUrl: chain.rpcUrl, wsUrl: chain.wsUrl });
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  say({ type: 'failed', message, isMendable: error instanceof StartError });
}
