// The signed-in player's account as the ticket needs it: settings, protection, what is held on the practice chain, and how
// far this browser's clock is off the server's. Asked for on joining and whenever the account or a bet changed; what fails
// is asked again at the next change, and until it is known the ticket waits.
import { ApiProblem, fetchApi } from '@/components/data/fetch-api';
import type { TicketPlayer } from '@/components/bet/compute-ticket';
import { accountViewSchema, type AccountView } from '@/lib/protocol/account-api';
import { lamportsText } from '@/lib/protocol/bets-api';
import { safetyFromJson } from '@/lib/safety/safety-json';
import { settingsFromJson } from '@/lib/safety/settings-json';
import { lamports, type Lamports } from '@/lib/units/lamports';
import { z } from 'zod';

export type PlayerAccount = {
  readonly account: NonNullable<TicketPlayer['account']>;
  readonly practiceLamports: Lamports | null;
  /** The server's clock minus this browser's. */
  readonly clockOffsetMs: number;
};

export type PlayerAccountStore = {
  get(): PlayerAccount | null;
  subscribe(listener: () => void): () => void;
  refresh(): void;
  /** The balance alone: money moved. */
  refreshBalance(): void;
  clear(): void;
};

const balanceSchema = z.object({ lamports: lamportsText });

export function createPlayerAccount({ nowMs }: { nowMs: () => number }): PlayerAccountStore {
  let state: PlayerAccount | null = null;
  let abort = new AbortController();
  const listeners = new Set<() => void>();
  const set = (next: PlayerAccount | null) => {
    state = next;
    listeners.forEach((listener) => listener());
  };
  const readBalance = async (signal: AbortSignal): Promise<Lamports | null> => {
    try {
      const { lamports: text } = await fetchApi({ path: '/api/practice/balance', schema: balanceSchema, signal });
      return lamports(BigInt(text));
    } catch {
      return null; // Not known: the server's own check stands.
    }
  };
  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refresh() {
      const { signal } = abort;
      void Promise.all([readAccount(signal), readBalance(signal)]).then(([view, practiceLamports]) => {
        if (signal.aborted || !view) return;
        set({ ...toPlayerAccount(view, nowMs()), practiceLamports });
      });
    },
    refreshBalance() {
      const { signal } = abort;
      void readBalance(signal).then((practiceLamports) => {
        if (!signal.aborted && state) set({ ...state, practiceLamports });
      });
    },
    clear() {
      abort.abort();
      abort = new AbortController();
      set(null);
    },
  };
}

async function readAccount(signal: AbortSignal): Promise<AccountView | null> {
  try {
    return await fetchApi({ path: '/api/account', schema: accountViewSchema, signal });
  } catch (error) {
    if (error instanceof ApiProblem || signal.aborted) return null;
    throw error;
  }
}

function toPlayerAccount({ account, now }: AccountView, nowMs: number): Omit<PlayerAccount, 'practiceLamports'> {
  const { bankrollLamports } = account.settings;
  return {
    account: {
      settings: settingsFromJson(account.settings, lamports(BigInt(bankrollLamports))),
      safety: safetyFromJson(account.safety),
      playerId: account.playerId,
    },
    clockOffsetMs: now - nowMs,
  };
}
