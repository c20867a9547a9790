// The store of a simulated world in memory, and what its record says at the end.
import type { Record } from '@/server/bets/simulation/check-world';
import { createSimAccount } from '@/server/bets/simulation/sim-account';
import { SIM_START } from '@/server/bets/simulation/sim-feed';
import type { createSimWorld, SimStore } from '@/server/bets/simulation/sim-world';
import { createMemoryBetStore, type MemoryBetStore } from '@/server/bets/store/memory-bet-store';

type OpenStore = Parameters<typeof createSimWorld>[0]['openStore'];

export const openMemoryStore: OpenStore = async ({ clock, accountIds, resultOf }) => {
  const accounts = new Map(accountIds.map((id) => [id, createSimAccount(id, SIM_START)]));
  const store = createMemoryBetStore({ clock, readAccount: (id) => accounts.get(id) ?? null, resultOf });
  return { store, settle: allPromises };
};

/** In memory nothing takes longer than promises do: once it is the loop's turn, all of them are through. */
function allPromises(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export async function readMemoryRecord(store: SimStore['store']): Promise<Record> {
  const { rows, balances } = store as MemoryBetStore;
  const facts = await store.look({});
  return { bets: [...rows.bets.keys()].map((betId) => facts.bet(betId)!), balances };
}
