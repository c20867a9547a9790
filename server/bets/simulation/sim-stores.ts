// The stores a simulated world may stand on, in memory and on a database, and what their records say at the end.
import type { RawSql } from '@/db/connect';
import type { GameId } from '@/lib/units/game-id';
import type { Record } from '@/server/bets/simulation/check-world';
import { createSimAccount, walletOf } from '@/server/bets/simulation/sim-account';
import { SIM_START } from '@/server/bets/simulation/sim-feed';
import type { createSimWorld, SimStore } from '@/server/bets/simulation/sim-world';
import type { BetStore } from '@/server/bets/store/bet-store';
import { createBetTables } from '@/server/bets/store/bet-tables';
import { loadStored } from '@/server/bets/store/load-rows';
import { createMemoryBetStore, type MemoryBetStore } from '@/server/bets/store/memory-bet-store';
import { createPostgresBetStore } from '@/server/bets/store/postgres-bet-store';
import { toInstant } from '@/server/store/insert-rows';
import { createRecordDatabase } from '@/server/store/record-database';

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

/** The same on a database: what a step needs is then real work, and `settle` waits for it. */
export function openPostgresStore(databaseUrl: string): {
  openStore: OpenStore;
  readRecord: (store: SimStore['store']) => Promise<Record>;
  end: () => Promise<void>;
} {
  const [writer, reader, other] = [0, 1, 2].map(() => createRecordDatabase({ databaseUrl }));
  return {
    async openStore({ clock, accountIds, resultOf }) {
      const accounts = new Map(accountIds.map((id) => [id, createSimAccount(id, SIM_START)]));
      await other!.use((sql) => insertAccounts(sql, accountIds));
      const postgres = createPostgresBetStore({
        writer: writer!,
        reader: reader!,
        readAccounts: async (_sql, ids) => ids.flatMap((id) => accounts.get(id) ?? []),
        clock,
      });
      const results = async (gameIds: readonly GameId[]) =>
        new Map(gameIds.flatMap((id) => (resultOf(id) === null ? [] : [[id, resultOf(id)!] as const])));
      const counted = countCalls({ ...postgres, results });
      return { store: counted.store, settle: counted.settle };
    },
    readRecord: () => other!.use(readPostgresRecord),
    end: async () => void (await Promise.all([writer, reader, other].map((database) => database!.end()))),
  };
}

async function insertAccounts(sql: RawSql, accountIds: readonly string[]): Promise<void> {
  const at = toInstant(SIM_START);
  for (const id of accountIds) {
    await sql`insert into accounts (account_id, public_key, created_at, last_seen_at)
      values (${id}, ${walletOf(id)}, ${at}::timestamptz, ${at}::timestamptz)`;
  }
}

async function readPostgresRecord(sql: RawSql): Promise<Record> {
  const ids = await sql<{ bet_id: string }[]>`select bet_id from bets order by prepared_at, bet_id`;
  const rows = await loadStored(
    sql,
    ids.map(({ bet_id }) => bet_id),
  );
  const facts = createBetTables(rows).facts(SIM_START);
  const balances = await sql<{ account: string; lamports: string }[]>`select account, lamports from ledger_balances`;
  return {
    bets: ids.map(({ bet_id }) => facts.bet(bet_id)!),
    balances: new Map(balances.map(({ account, lamports }) => [account, BigInt(lamports)])),
  };
}

/** Time stands still in the world until every call has been answered and led to no other. */
function countCalls(store: BetStore): SimStore {
  let underway = 0;
  let woken: (() => void) | null = null;
  const count = async <T>(call: Promise<T>): Promise<T> => {
    underway++;
    try {
      return await call;
    } finally {
      underway--;
      if (underway === 0) woken?.();
    }
  };
  return {
    store: {
      ...store,
      run: (step) => count(store.run(step)),
      look: (asks) => count(store.look(asks)),
      unclosed: () => count(store.unclosed()),
      lostEarly: (since) => count(store.lostEarly(since)),
    },
    async settle() {
      await allPromises();
      while (underway > 0) {
        await new Promise<void>((resolve) => (woken = resolve));
        woken = null;
        await allPromises();
      }
    },
  };
}
