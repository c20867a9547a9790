// Transactions by signature and by address. Bounded: beyond HISTORY_TRANSACTIONS_MAX the oldest are forgotten, as a node
// without an archive forgets; statuses and lists of signatures then no longer know them.
import type { Address, Signature } from '@/server/chain/chain';
import type { Landed } from '@/server/chain/practice/core/block';

/** 3 kB each in memory, measured: 90 MB. 50 bets a second fill it in five minutes, one a minute in ten days. */
export const HISTORY_TRANSACTIONS_MAX = 30_000;

export type History = ReturnType<typeof createHistory>;

export function createHistory({ max = HISTORY_TRANSACTIONS_MAX }: { max?: number } = {}) {
  // A Map keeps the order in which transactions landed.
  const bySignature = new Map<Signature, Landed>();
  const byAddress = new Map<Address, Landed[]>();

  return {
    add(landed: Landed): void {
      bySignature.set(landed.signature, landed);
      for (const key of new Set(landed.keys)) {
        const list = byAddress.get(key);
        if (list) list.push(landed);
        else byAddress.set(key, [landed]);
      }
      if (bySignature.size <= max) return;
      const oldest = bySignature.values().next().value!;
      bySignature.delete(oldest.signature);
      forget(oldest, (list) => list.shift());
    },
    /** Takes back the newest; callers remove newest first. */
    remove(landed: Landed): void {
      if (!bySignature.delete(landed.signature)) return;
      forget(landed, (list) => list.pop());
    },
    get: (signature: Signature): Landed | undefined => bySignature.get(signature),
    /** Oldest first. */
    of: (address: Address): readonly Landed[] => byAddress.get(address) ?? [],
    size: (): number => bySignature.size,
  };

  function forget(landed: Landed, take: (list: Landed[]) => Landed | undefined): void {
    for (const key of new Set(landed.keys)) {
      const list = byAddress.get(key);
      if (!list) continue;
      take(list);
      if (list.length === 0) byAddress.delete(key);
    }
  }
}
