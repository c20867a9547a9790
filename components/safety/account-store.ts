// The signed-in player's account as this tab knows it, for whoever shows or changes any of it. Asked for on signing in, after
// every change here or in another tab, and when the page is looked at again; emptied on signing out. Part of no first load:
// whoever imports it comes after a click or a sign-in.
import { askApi, type Ask, type AskProblem } from '@/components/safety/ask-api';
import { walletSession } from '@/components/wallet/wallet-session';
import { onSignedOut } from '@/components/wallet/wallet-session-state';
import { accountViewSchema, type AccountView } from '@/lib/protocol/account-api';
import type { Result } from '@/lib/units/result';

export type AccountState = {
  /** Null for nobody, and until the account is known. */
  readonly view: AccountView | null;
  /** The server's clock minus this browser's: times of the account are by the server's. */
  readonly clockOffsetMs: number;
  /** Why the account is not known, or not known anew. */
  readonly problem: string | null;
};

export type AccountChange = {
  readonly method: 'POST' | 'PUT';
  /** Below /api/account. */
  readonly path: string;
  readonly body: object;
};

export type AccountStore = {
  get(): AccountState;
  subscribe(listener: () => void): () => void;
  refresh(): Promise<void>;
  change(change: AccountChange): Promise<Result<AccountView, AskProblem>>;
  clear(): void;
};

export type AccountStoreParts = {
  readonly ask: (question: Ask<AccountView>) => Promise<Result<AccountView, AskProblem>>;
  readonly nowMs: () => number;
  /** Tells the other tabs that the account changed. */
  readonly announce: () => void;
};

const NOBODY: AccountState = { view: null, clockOffsetMs: 0, problem: null };

export function createAccountStore({ ask, nowMs, announce }: AccountStoreParts): AccountStore {
  let state = NOBODY;
  // An answer that was asked for before the player left, or before a newer change, says nothing any more.
  let generation = 0;
  const listeners = new Set<() => void>();
  const set = (next: AccountState) => {
    state = next;
    listeners.forEach((listener) => listener());
  };
  const know = (view: AccountView) => set({ view, clockOffsetMs: view.now - nowMs(), problem: null });
  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async refresh() {
      const asked = ++generation;
      const answer = await ask({ method: 'GET', path: '/api/account', schema: accountViewSchema });
      if (asked !== generation) return;
      if (answer.ok) know(answer.value);
      else set({ ...state, problem: answer.error.message });
    },
    async change({ method, path, body }) {
      const asked = ++generation;
      const answer = await ask({ method, path: `/api/account/${path}`, body, schema: accountViewSchema });
      if (answer.ok && asked === generation) know(answer.value);
      if (answer.ok) announce();
      return answer;
    },
    clear() {
      generation++;
      set(NOBODY);
    },
  };
}

const CHANNEL = 'fortytick-account';
let shared: AccountStore | null = null;

/** The tab's own. Follows the sign-in from the first call on. */
export function accountStore(): AccountStore {
  if (shared) return shared;
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CHANNEL);
  const store = createAccountStore({
    ask: (question) => askApi(question),
    nowMs: Date.now,
    announce: () => channel?.postMessage('changed'),
  });
  let known: string | null = null;
  const follow = () => {
    const player = walletSession.get();
    if (player.status === 'signed-in' && player.accountId !== known) {
      store.clear();
      known = player.accountId;
      void store.refresh();
    }
  };
  const again = () => void (walletSession.get().status === 'signed-in' && store.refresh());
  channel?.addEventListener('message', again);
  document.addEventListener('visibilitychange', () => !document.hidden && again());
  walletSession.subscribe(follow);
  onSignedOut(() => {
    known = null;
    store.clear();
  });
  follow();
  shared = store;
  return store;
}
