// The signed-in player's account as the ticket needs it: settings and protection from the tab's account store, and what is
// held on the practice chain and on paper. A balance that cannot be had is not known: the server's own check stands.
import { fetchApi } from '@/components/data/fetch-api';
import type { TicketPlayer } from '@/components/bet/compute-ticket';
import type { AccountState, AccountStore } from '@/components/safety/account-store';
import type { VenueId } from '@/lib/bets/bet';
import { lamportsText } from '@/lib/protocol/bets-api';
import { ledgerSummarySchema } from '@/lib/protocol/ledger-api';
import { safetyFromJson } from '@/lib/safety/safety-json';
import { settingsFromJson } from '@/lib/safety/settings-json';
import { lamports, type Lamports } from '@/lib/units/lamports';
import { z } from 'zod';

export type PlayerAccount = {
  /** Null until it is known. */
  readonly account: TicketPlayer['account'];
  /** Held at each venue; null where it is not known. */
  readonly balances: Balances;
  /** The server's clock minus this browser's. */
  readonly clockOffsetMs: number;
};

export type Balances = Readonly<Record<VenueId, Lamports | null>>;

export type PlayerAccountStore = {
  get(): PlayerAccount;
  subscribe(listener: () => void): () => void;
  /** Money moved. */
  refreshBalances(): void;
  clear(): void;
};

const UNKNOWN: Balances = { practice: null, paper: null, assisted: null };
const NOBODY: PlayerAccount = { account: null, balances: UNKNOWN, clockOffsetMs: 0 };
const practiceSchema = z.object({ lamports: lamportsText });
const ledgerSchema = ledgerSummarySchema.pick({ own: true });

export function createPlayerAccount(
  accounts: Pick<AccountStore, 'get' | 'subscribe'>,
  askBalances: (signal: AbortSignal) => Promise<Balances> = fetchBalances,
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
        state = { ...toAccount(told), balances: told.view ? state.balances : UNKNOWN };
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
    refreshBalances() {
      const { signal } = abort;
      void askBalances(signal).then((balances) => !signal.aborted && set({ ...state, balances }));
    },
    clear() {
      abort.abort();
      abort = new AbortController();
      set({ ...state, balances: UNKNOWN });
    },
  };
}

/** Where one cannot be had, the others still are. */
async function fetchBalances(signal: AbortSignal): Promise<Balances> {
  const [practice, ledger] = await Promise.allSettled([
    fetchApi({ path: '/api/practice/balance', schema: practiceSchema, signal }),
    fetchApi({ path: '/api/ledger/summary', schema: ledgerSchema, signal }),
  ]);
  const paper =
    ledger.status === 'fulfilled' ? ledger.value.own?.find(({ account }) => account === 'paper') : undefined;
  return {
    practice: practice.status === 'fulfilled' ? lamports(BigInt(practice.value.lamports)) : null,
    paper: paper ? lamports(BigInt(paper.lamports)) : null,
    assisted: null,
  };
}

function toAccount({ view, clockOffsetMs }: AccountState): Omit<PlayerAccount, 'balances'> {
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
