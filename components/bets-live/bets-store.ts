// The player's bets as this browser knows them: those that are not closed, and the newest closed ones. Fed by the live
// channel and by answers of the API, in any order: of two tellings of a bet the one of the higher version stands. Knows
// neither sockets nor React.
import { keepNewest } from '@/components/bets-live/keep-newest';
import type { BetsPush, BetView } from '@/lib/protocol/bets-api';

export type BetsLine = 'connecting' | 'open' | 'lost' | 'refused';

export type BetsState = {
  readonly line: BetsLine;
  /** Newest first. */
  readonly bets: readonly BetView[];
  /** Whether the server has told which bets are open: before that, "none" is not known. */
  readonly isKnown: boolean;
  /** Grows when the account's settings or safety changed elsewhere. */
  readonly accountRevision: number;
  /** Pushes that did not validate and were dropped. */
  readonly rejectedPushes: number;
};

/** What happened to a bet while this browser was listening; `from` null for one it did not know. */
export type BetChange = { readonly from: BetView | null; readonly to: BetView };

export type BetsStore = {
  get(): BetsState;
  subscribe(listener: () => void): () => void;
  /** Told of each step of a bet, not of what a snapshot or a list brings. */
  onChange(listener: (change: BetChange) => void): () => void;
  take(push: BetsPush): void;
  /** Bets of an answer of the API: the past, so nobody is told. */
  learn(bets: readonly BetView[]): void;
  setLine(line: BetsLine): void;
  reject(): void;
  /** Another player, or none. */
  clear(): void;
};

/** Bets kept; the server sends up to 200 that are not closed. Beyond it the oldest closed ones go. */
export const BETS_KEPT = 200;

const EMPTY: BetsState = { line: 'connecting', bets: [], isKnown: false, accountRevision: 0, rejectedPushes: 0 };

export function createBetsStore(): BetsStore {
  let state = EMPTY;
  const listeners = new Set<() => void>();
  const watchers = new Set<(change: BetChange) => void>();
  const set = (next: BetsState) => {
    if (next === state) return;
    state = next;
    listeners.forEach((listener) => listener());
  };
  const merge = (told: readonly BetView[], more: Partial<BetsState> = {}) =>
    set({ ...state, ...more, bets: keepNewest(state.bets, told, BETS_KEPT) });
  return {
    get: () => state,
    subscribe: (listener) => join(listeners, listener),
    onChange: (listener) => join(watchers, listener),
    take(push) {
      switch (push.type) {
        case 'snapshot':
          return merge(push.bets, { isKnown: true });
        case 'account':
          return set({ ...state, accountRevision: state.accountRevision + 1 });
        case 'bet': {
          const from = state.bets.find(({ id }) => id === push.bet.id) ?? null;
          if (from && from.version >= push.bet.version) return;
          merge([push.bet]);
          watchers.forEach((watch) => watch({ from, to: push.bet }));
        }
      }
    },
    learn: (bets) => merge(bets),
    setLine: (line) => state.line !== line && set({ ...state, line }),
    reject: () => set({ ...state, rejectedPushes: state.rejectedPushes + 1 }),
    clear: () => set(EMPTY),
  };
}

function join<T>(set: Set<T>, member: T): () => void {
  set.add(member);
  return () => set.delete(member);
}
