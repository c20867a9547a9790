// The record of everything seen: takes facts at once, makes them durable in PostgreSQL in batches, keeps them on disk
// while the database is away, and answers what pages ask. The parts: queue → write loop → batch writer, spool beside.
import { join } from 'node:path';
import type { Clock } from '@/lib/units/time';
import { BATCH_LIMIT_MS, createBatchWriter } from '@/server/store/batch-writer';
import { toStoredLetter } from '@/server/store/dead-letters';
import { createFactQueue, QUEUE_WEIGHT_MAX } from '@/server/store/fact-queue';
import { openSpool, SPOOL_BYTES_MAX } from '@/server/store/spool';
import type { Store, StoreHealth } from '@/server/store/store';
import type { GameSource } from '@/lib/game/game-source';
import { toStoredFact, type StoreItem } from '@/server/store/store-item';
import type { StoreLog } from '@/server/store/store-log';
import { createWriteLoop } from '@/server/store/write-loop';

export type PostgresStore = Store & {
  /** Resolves when there is room for more. For producers that can wait, such as an import; a live feed cannot. */
  ready(): Promise<void>;
};

export type StoreOptions = {
  readonly databaseUrl: string;
  /** The spool lies in its folder `spool`; the caller sees to it that no other process uses it. */
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: StoreLog;
  /** Where the games of this store's producer are played. */
  readonly source?: GameSource;
  /** Done before the first batch, again until it succeeds: migrations. Readers see their tables only after it. */
  readonly prepare?: () => Promise<unknown>;
  /** Spreads retries; uniform in [0, 1). */
  readonly random?: () => number;
  /** After every batch, spill and failure: `health` may have changed. */
  readonly onChange?: () => void;
  readonly limits?: {
    readonly queueWeightMax?: number;
    readonly spoolBytesMax?: number;
    readonly batchLimitMs?: number;
  };
};

/** Does not wait for the database, only for the spool's folder. */
export async function createStore({
  databaseUrl,
  dataDir,
  clock,
  log,
  source = 'live',
  prepare = async () => {},
  random = Math.random,
  onChange = () => {},
  limits = {},
}: StoreOptions): Promise<PostgresStore> {
  const { queueWeightMax = QUEUE_WEIGHT_MAX, spoolBytesMax = SPOOL_BYTES_MAX, batchLimitMs = BATCH_LIMIT_MS } = limits;
  const spool = await openSpool({ folder: join(dataDir, 'spool'), bytesMax: spoolBytesMax });
  const queue = createFactQueue({ weightMax: queueWeightMax });
  const writer = createBatchWriter({ databaseUrl, prepare, clock, batchLimitMs });
  const loop = createWriteLoop({ queue, spool, writer, log, random, onChange });
  let refusedAtQueue = 0;
  let stopped: Promise<void> | null = null;

  function take(item: StoreItem): void {
    if (stopped || !queue.offer(item)) refusedAtQueue++;
    else loop.offered();
  }

  function health(): StoreHealth {
    const { away, inHand, written, dropped } = loop.state();
    const spooled = spool.size();
    const full = spool.isFull() || queue.weight() >= queueWeightMax;
    return {
      status: full ? 'down' : away || spooled > 0 ? 'behind' : 'ok',
      queued: queue.size() + inHand,
      spooled,
      dropped: dropped + refusedAtQueue,
      written,
    };
  }

  return {
    write: (fact, assessment = null) => take(toStoredFact(fact, { assessment, source })),
    writePrediction: (prediction) => take({ type: 'prediction', prediction }),
    writeRecommendation: (recommendation) => take({ type: 'recommendation', recommendation }),
    writeDeadLetter: (letter) => take({ type: 'dead-letter', letter: toStoredLetter(letter) }),
    health,
    flush: loop.flush,
    ready: loop.ready,
    stop() {
      return (stopped ??= loop.stop());
    },
  };
}
