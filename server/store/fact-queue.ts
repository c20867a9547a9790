// What has been taken and not yet been written or spooled: in memory, in order, bounded by weight. Every item has a
// number, counted from the start of the process, so that others can say how far they have got.
import { isExpendable, weightOf, type StoreItem } from '@/server/store/store-item';

export type Taken = {
  readonly items: readonly StoreItem[];
  /** Number of the last of them. */
  readonly lastNumber: number;
};

export type FactQueue = {
  /** False when the item was dropped at the bound. */
  offer(item: StoreItem): boolean;
  /** The oldest items, up to a weight, at least one when there is any. */
  take(weightMax: number): Taken;
  /** Puts back what was taken last, before anything else is taken. */
  putBack(taken: Taken): void;
  size(): number;
  weight(): number;
  /** Number of the newest item ever taken in; 0 before the first. */
  newestNumber(): number;
  /** Number of the oldest item waiting; the next item's when none is. */
  oldestNumber(): number;
};

/** About 25 MB of ticks, or 17 hours of a live feed; the spool takes over long before. */
export const QUEUE_WEIGHT_MAX = 250_000;
/** Room beyond the bound for what is not expendable. */
const RESERVE_FACTOR = 1.2;

export function createFactQueue({ weightMax = QUEUE_WEIGHT_MAX }: { weightMax?: number } = {}): FactQueue {
  let items: StoreItem[] = [];
  let head = 0;
  let weight = 0;
  let newest = 0;
  return {
    offer(item) {
      if (weight >= (isExpendable(item) ? weightMax : weightMax * RESERVE_FACTOR)) return false;
      items.push(item);
      weight += weightOf(item);
      newest++;
      return true;
    },
    take(takeMax) {
      const start = head;
      let taken = 0;
      while (head < items.length) {
        const next = weightOf(items[head]!);
        if (head > start && taken + next > takeMax) break;
        taken += next;
        head++;
      }
      weight -= taken;
      const result = { items: items.slice(start, head), lastNumber: newest - (items.length - head) };
      if (head * 2 > items.length) {
        items = items.slice(head);
        head = 0;
      }
      return result;
    },
    putBack(taken) {
      items = [...taken.items, ...items.slice(head)];
      head = 0;
      for (const item of taken.items) weight += weightOf(item);
    },
    size: () => items.length - head,
    weight: () => weight,
    newestNumber: () => newest,
    oldestNumber: () => newest - (items.length - head) + 1,
  };
}
