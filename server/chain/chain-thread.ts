// The practice chain in a thread of its own: running transactions and answering wallets never holds up the feed, the
// advice or a bet's request. A thread that dies is started again on the same ports and reads its blocks from its folder,
// as a validator does that its operator restarts. Called by server/main.ts.
import { Worker } from 'node:worker_threads';
import type { ChainLog, PracticeChainOptions } from '@/server/chain/practice/start-practice-chain';
import { StartError } from '@/server/ops/start-error';

export type ChainThreadSettings = Pick<PracticeChainOptions, 'dir' | 'port' | 'blockMs' | 'finalityBlocks' | 'faults'>;

/** What the thread says. `isMendable`: whoever started it can do something about it. */
export type ThreadSaid =
  | { readonly type: 'ready'; readonly rpcUrl: string; readonly wsUrl: string }
  | { readonly type: 'failed'; readonly message: string; readonly isMendable: boolean }
  | { readonly type: 'log'; readonly level: keyof ChainLog; readonly details: object; readonly message: string };

export type ChainThread = { readonly rpcUrl: string; readonly wsUrl: string; stop(): Promise<void> };

type Where = Pick<ChainThread, 'rpcUrl' | 'wsUrl'>;
type Running = { readonly worker: Worker; readonly exited: Promise<void>; readonly where: Promise<Where> };

/** A thread that dies at once again is not started in a busy circle. */
const RESTART_MS = 1_000;

/** Rejects with a StartError when its ports are taken, and with what went wrong otherwise. */
export async function startChainThread({
  log,
  restartMs = RESTART_MS,
  createWorker = startWorker,
  ...settings
}: ChainThreadSettings & {
  readonly log: ChainLog;
  readonly restartMs?: number;
  readonly createWorker?: (settings: ChainThreadSettings) => Worker;
}): Promise<ChainThread> {
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;
  let running = run(createWorker(settings), log);
  const where = await running.where;
  const again = { ...settings, port: Number(new URL(where.rpcUrl).port) };

  function keepRunning(): void {
    void running.exited.then(() => {
      if (stopping) return;
      log.error({ restartMs }, 'the practice chain’s thread ended; it is started again');
      timer = setTimeout(() => {
        running = run(createWorker(again), log);
        running.where.catch((error: unknown) =>
          log.error({ error: String(error) }, 'the practice chain did not start'),
        );
        keepRunning();
      }, restartMs);
    });
  }
  keepRunning();

  return {
    ...where,
    async stop() {
      stopping = true;
      clearTimeout(timer);
      running.worker.postMessage('stop');
      await running.exited;
    },
  };
}

function run(worker: Worker, log: ChainLog): Running {
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.on('error', (error) => log.error({ error: String(error) }, 'the practice chain’s thread failed'));
  const where = new Promise<Where>((resolve, reject) => {
    worker.on('message', (said: ThreadSaid) => {
      if (said.type === 'log') log[said.level](said.details, said.message);
      else if (said.type === 'ready') resolve({ rpcUrl: said.rpcUrl, wsUrl: said.wsUrl });
      else reject(said.isMendable ? new StartError(said.message) : new Error(said.message));
    });
    void exited.then(() => reject(new Error('The practice chain’s thread ended before it was ready.')));
  });
  return { worker, exited, where };
}

/** In the build the thread is a bundle beside the server's; from the sources it is read as they are. */
export function startWorker(workerData: ChainThreadSettings): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('./chain-worker.js', import.meta.url), { workerData });
  const source = JSON.stringify(new URL('./chain-worker.ts', import.meta.url).href);
  // A thread does not take over the loader of TypeScript from the one that starts it.
  const code = `import('tsx/esm/api').then(({ register }) => { register(); return import(${source}); })`;
  return new Worker(code, { eval: true, workerData });
}
