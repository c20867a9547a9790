'use client';
// The signed-in player's account in a component, and one change of it at a time with what came of it.
import { useState, useSyncExternalStore } from 'react';
import { accountStore, type AccountChange, type AccountState } from '@/components/safety/account-store';

export function useAccount(): AccountState {
  // On the server, and while the page takes over from it, nobody is signed in.
  return useSyncExternalStore(
    subscribe,
    () => accountStore().get(),
    () => NOBODY,
  );
}

const NOBODY: AccountState = { view: null, clockOffsetMs: 0, problem: null };

function subscribe(listener: () => void): () => void {
  return accountStore().subscribe(listener);
}

export type Changing = {
  readonly isBusy: boolean;
  /** Why the last change was refused; null once one was taken. */
  readonly problem: string | null;
  /** Whether it was taken. */
  readonly run: (change: AccountChange) => Promise<boolean>;
};

export function useAccountChange(): Changing {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  return {
    isBusy,
    problem,
    async run(change) {
      setBusy(true);
      const answer = await accountStore().change(change);
      setBusy(false);
      setProblem(answer.ok ? null : answer.error.message);
      return answer.ok;
    },
  };
}
