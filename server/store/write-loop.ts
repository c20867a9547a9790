// Moves what the queue holds to the database, in order, and to the spool on disk while the database is away or slow; from
// there it goes on when the database is back. One batch is under way at a time. Nothing here is awaited by whoever
// writes facts.
import { createAlarm } from '@/server/store/alarm';
import { BATCH_WEIGHT_MAX, type BatchWriter } from '@/server/store/batch-writer';
import { describeError } from '@/server/store/database-errors';
import type { FactQueue, Taken } from '@/server/store/fact-queue';
import { createSpiller } from '@/server/store/spiller';
import type { Spool } from '@/server/store/spool';
import type { StoreLog } from '@/server/store/store-log';
import { createWaiters } from '@/server/store/waiters';

export type WriteLoop = {
  /** To be called after every offer to the queue. */
  offered(): void;
  /** Resolves when everything offered so far, and all an earlier process left in the spool, is in the database. */
  flush(): Promise<void>;
  /** Resolves when there is room for more: for producers that can wait. */
  ready(): Promise<void>;
  /** Writes what it can in a moment, puts the rest into the spool, and ends. */
  stop(): Promise<void>;
  state(): LoopState;
};

export type LoopState = {
  /** The last write failed. */
  readonly away: boolean;
  /** Taken from the queue and not yet written or spooled. */
  readonly inHand: number;
  readonly written: number;
  readonly dropped: number;
};

/** A few facts a second come in live: this is how long the first of a batch waits for company. */
const BATCH_WAIT_MS = 50;
/** A batch under way for longer than this is in trouble: what comes after it goes to the disk. */
const PATIENCE_MS = 2_000;
/** So does what a database too slow for its producers leaves behind. */
const SPILL_WEIGHT = 150_000;
/** Enough for the next batches while a producer is told to go on. */
const READY_WEIGHT = 4 * BATCH_WEIGHT_MAX;
const RETRY_BASE_MS = 100;
const RETRY_MS_MAX = 5_000;
/** Stopping must not take longer than whoever stops us is willing to wait. */
const STOP_WRITE_LIMIT_MS = 2_500;

/** A batch and the place in the spool that it would take. */
type Placed = { readonly taken: Taken; readonly place: number };

export function createWriteLoop({
  queue,
  spool,
  writer,
  log,
  random,
  onChange,
}: {
  queue: FactQueue;
  spool: Spool;
  writer: BatchWriter;
  log: StoreLog;
  /** Uniform in [0, 1). */
  random: () => number;
  /** After every batch, spill and failure. */
  onChange: () => void;
}): WriteLoop {
  const counts = { inFlight: 0, written: 0, dropped: 0 };
  const alarm = createAlarm();
  const spiller = createSpiller({ queue, spool, log, onSpilled: changed });
  const durable = createWaiters(spool.isEmpty() ? 0 : -1);
  let failures = 0;
  let retrying = false;
  let stopping = false;
  let due = false;
  let flushTo = 0;
  let underWaySince: number | null = null;
  /** A batch that neither the database nor the disk took. */
  let held: Placed | null = null;
  let timer: NodeJS.Timeout | null = null;
  let awaitingRoom: (() => void)[] = [];

  const hasRoom = () => stopping || (queue.weight() < READY_WEIGHT && !spool.isHalfFull());
  const isRipe = () => due || stopping || queue.weight() >= BATCH_WEIGHT_MAX || queue.oldestNumber() <= flushTo;

  function changed(): void {
    if (hasRoom()) {
      for (const resolve of awaitingRoom) resolve();
      awaitingRoom = [];
    }
    onChange();
  }

  /** A retry keeps its pace whatever comes in. */
  function wake(): void {
    if (!retrying) alarm.ring();
  }

  function onTimer(): void {
    timer = null;
    due = true;
    wake();
    const slow = underWaySince !== null && performance.now() - underWaySince > PATIENCE_MS;
    if (failures > 0 || slow) void spiller.spill();
    if (queue.size() > 0 && !stopping) timer = setTimeout(onTimer, BATCH_WAIT_MS);
  }

  async function run(): Promise<void> {
    for (;;) {
      await spiller.underWay();
      if (stopping && (failures > 0 || !spool.isEmpty())) return;
      if (held) await writePlaced(held);
      else if (!spool.isEmpty()) await writeSpooled();
      else if (queue.size() > 0 && isRipe()) await writeQueued();
      else if (stopping) return;
      else await alarm.sleep();
    }
  }

  async function writeQueued(): Promise<void> {
    due = false;
    const place = spool.reserve();
    await writePlaced({ place, taken: queue.take(BATCH_WEIGHT_MAX) });
  }

  async function writePlaced({ place, taken }: Placed): Promise<void> {
    held = null;
    counts.inFlight = taken.items.length;
    const error = await attempt(async () => {
      const refused = await writer.write(taken.items);
      counts.written += taken.items.length - refused;
      counts.dropped += refused;
      durable.reach(taken.lastNumber);
    });
    if (error !== null) held = await keep({ place, taken });
    counts.inFlight = held ? taken.items.length : 0;
    await settle(error);
  }

  /** To the disk, in its place in the order; null when that worked. */
  async function keep({ place, taken }: Placed): Promise<Placed | null> {
    try {
      counts.dropped += await spool.append(taken.items, { lastNumber: taken.lastNumber, at: place });
      return null;
    } catch (error) {
      log.error({ error: describeError(error) }, 'the spool cannot be written; a batch waits in memory');
      return { place, taken };
    }
  }

  async function writeSpooled(): Promise<void> {
    const error = await attempt(async () => {
      const segment = await spool.readOldest();
      if (!segment) return;
      const refused = await writer.write(segment.items);
      await spool.remove(segment);
      counts.written += segment.items.length - refused;
      counts.dropped += refused + segment.damaged;
      if (segment.damaged > 0) log.warn({ lines: segment.damaged }, 'damaged lines of the spool are lost');
      durable.reach(segment.lastNumber);
    });
    await settle(error);
  }

  async function attempt(work: () => Promise<void>): Promise<unknown> {
    underWaySince = performance.now();
    try {
      await work();
      return null;
    } catch (error) {
      return error ?? new Error('no reason given');
    } finally {
      underWaySince = null;
    }
  }

  async function settle(error: unknown): Promise<void> {
    if (error === null) {
      if (failures > 0) log.info({ failures }, 'the database is back');
      failures = 0;
      changed();
      return;
    }
    failures++;
    const details = { error: describeError(error), failures };
    if (failures === 1) log.warn(details, 'the database is away; facts wait in the spool');
    else log.debug(details, 'the database is still away');
    void spiller.spill();
    changed();
    if (stopping) return;
    retrying = true;
    await alarm.sleep(random() * Math.min(RETRY_MS_MAX, RETRY_BASE_MS * 2 ** Math.min(failures - 1, 20)));
    retrying = false;
  }

  async function stop(): Promise<void> {
    stopping = true;
    alarm.ring();
    const limit = setTimeout(() => void writer.close(), STOP_WRITE_LIMIT_MS);
    await ended;
    clearTimeout(limit);
    if (timer) clearTimeout(timer);
    await writer.close();
    await spiller.underWay();
    if (held) held = await keep(held);
    await spiller.spill();
    const lost = queue.size() + (held?.taken.items.length ?? 0);
    if (lost > 0) log.error({ facts: lost }, 'facts are lost: neither the database nor the spool took them');
    const left = spool.size();
    await spool.close();
    durable.fail(new Error(`the store stopped before everything was written; ${left} facts wait in the spool`));
    changed();
  }

  const ended = run();

  return {
    offered() {
      if (queue.weight() >= BATCH_WEIGHT_MAX) wake();
      if (queue.weight() >= SPILL_WEIGHT && underWaySince !== null) void spiller.spill();
      timer ??= setTimeout(onTimer, BATCH_WAIT_MS);
    },
    flush() {
      flushTo = queue.newestNumber();
      wake();
      return durable.wait(flushTo);
    },
    ready: () => (hasRoom() ? Promise.resolve() : new Promise((resolve) => awaitingRoom.push(resolve))),
    stop,
    state: () => ({
      away: failures > 0,
      inHand: counts.inFlight + spiller.inHand(),
      written: counts.written,
      dropped: counts.dropped + spiller.dropped(),
    }),
  };
}
