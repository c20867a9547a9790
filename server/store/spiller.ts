// Moves everything that waits in memory to the spool on disk, one move at a time. A disk that does not take it leaves it
// in memory, where the queue's bound holds.
import { describeError } from '@/server/store/database-errors';
import type { FactQueue } from '@/server/store/fact-queue';
import type { Spool } from '@/server/store/spool';
import type { StoreLog } from '@/server/store/store-log';

export type Spiller = {
  /** Starts a move unless one is under way. */
  spill(): Promise<void>;
  /** The move under way; whoever takes from the queue waits for it, so that nothing overtakes. */
  underWay(): Promise<void> | null;
  /** Items that have left the queue and are not yet in the spool. */
  inHand(): number;
  /** Items dropped at the spool's bound. */
  dropped(): number;
};

/** Weight of one append: one sync of the disk each. */
const SPILL_WEIGHT = 20_000;

export function createSpiller({
  queue,
  spool,
  log,
  onSpilled,
}: {
  queue: FactQueue;
  spool: Spool;
  log: StoreLog;
  onSpilled: () => void;
}): Spiller {
  let underWay: Promise<void> | null = null;
  let inHand = 0;
  let dropped = 0;
  let failing = false;

  async function spillAll(): Promise<void> {
    while (queue.size() > 0) {
      const taken = queue.take(SPILL_WEIGHT);
      inHand = taken.items.length;
      try {
        dropped += await spool.append(taken.items, taken);
        failing = false;
      } catch (error) {
        queue.putBack(taken);
        // Tried again every moment; said once.
        if (!failing) log.error({ error: describeError(error) }, 'the spool cannot be written; facts wait in memory');
        failing = true;
        return;
      } finally {
        inHand = 0;
      }
    }
  }

  return {
    spill() {
      underWay ??= spillAll().finally(() => {
        underWay = null;
        onSpilled();
      });
      return underWay;
    },
    underWay: () => underWay,
    inHand: () => inHand,
    dropped: () => dropped,
  };
}
