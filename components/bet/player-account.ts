// The signed-in player's account as the ticket needs it: settings and protection from the tab's account store, and what is
// held on the practice chain. A balance that cannot be had is not known: the server's own check stands.
import { fetchApi } from '@/components/data/fetch-api';
import type { TicketPlayer } from '@/components/bet/compute-ticket';
import type { AccountState, AccountStore } from '@/components/safety/account-store';
import { lamportsText } from '@/lib/protocol/bets-api';
import { safetyFromJson } from '@/lib/safety/safety-json';
import { settingsFromJson } from '@/lib/safety/settings-json';
import { lamports, type Lamports } from '@/lib/units/lamports';
import { z } from 'zod';

export type PlayerAccount = {
  /** Null until it is known. */
  readonly account: TicketPlayer['account'];
  readonly practiceLamports: Lamports | null;
  /** The server's clock minus this browser's. */
  readonly clockOffsetMs: number;
};

export type PlayerAccountStore = {
  get(): PlayerAccount;
  subscribe(listener: () => void): () => void;
  /** Money moved. */
  refreshBalance(): void;
  clear(): void;
};

const NOBODY: PlayerAccount = { account: null, practiceLamports: null, clockOffsetMs: 0 };
const balanceSchema = z.object({ lamports: lamportsText });

export function createPlayerAccount(
  accounts: Pick<AccountStore, 'get' | 'subscribe'>,
  askBalance: (signal: AbortSignal) => Promise<Lamports> = fetchBalance,
): PlayerAccountStore {
  let state = NOBODY;
  let read: AccountState | null = null;
  let abort = new AbortController();
  const listeners = new Set<() => void>();
  const set = (next: PlayerAccount) => {
    state = next;
    listeners.forEach((listener) => listener());
  };
  return {
    get() {
      const told = accounts.get();
      if (told !== read) {
        read = told;
        state = { ...toAccount(told), practiceLamports: told.view ? state.practiceLamports : null };
      }
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      const leave = accounts.subscribe(listener);
      return () => {
        listeners.delete(listener);
        leave();
      };
    },
    refreshBalance() {
      const { signal } = abort;
      askBalance(signal).then(
        (practiceLamports) => !signal.aborted && set({ ...state, practiceLamports }),
        () => !signal.aborted && set({ ...state, practiceLamports: null }),
      );
    },
    clear() {
      abort.abort();
      abort = new AbortController();
      set({ ...state, practiceLamports: null });
    },
  };
}

async function fetchBalance(signal: AbortSignal): Promise<Lamports> {
  const answer = await fetchApi({ path: '/api/practice/balance', schema: balanceSchema, signal });
  return lamports(BigInt(answer.lamports));
}

function toAccount({ view, clockOffsetMs }: AccountState): Pick<PlayerAccount, 'account' | 'clockOffsetMs'> {
  if (!view) return { account: null, clockOffsetMs };
  const { settings, safety, playerId } = view.account;
  return {
    account: {
      settings: settingsFromJson(settings, lamports(BigInt(settings.bankrollLamports))),
      safety: safetyFromJson(safety),
      playerId,
    },
    clockOffsetMs,
  };
}
