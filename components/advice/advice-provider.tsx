'use client';
// Offers the player's advice to every component below. The adviser comes after the page itself, as a chunk of its own:
// until then, and where there is no provider, the verdict is the assessment's alone.
import { createContext, use, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { AdviceState, Advisor } from '@/components/advice/advisor';
import { measureLatency } from '@/components/advice/measure-latency';
import { PROFILE_KEY } from '@/components/advice/profile-key';
import { useLive, useLiveStore } from '@/components/live/live-provider';
import { walletSession } from '@/components/wallet/wallet-session';
import type { Verdict } from '@/lib/decision/verdict';
import { epochMs } from '@/lib/units/time';

type Loading = { readonly advisor: Advisor | null; readonly hasFailed: boolean };

const AdviceContext = createContext<Loading>({ advisor: null, hasFailed: false });

export function AdviceProvider({ children }: { children: ReactNode }) {
  const live = useLiveStore();
  const [loading, setLoading] = useState<Loading>({ advisor: null, hasFailed: false });
  useEffect(() => {
    let isGone = false;
    import('@/components/advice/advisor').then(
      ({ createAdvisor }) => {
        if (isGone) return;
        const advisor = createAdvisor({ live, storage: findStorage(), clock: () => epochMs(Date.now()) });
        setLoading({ advisor, hasFailed: false });
      },
      () => !isGone && setLoading({ advisor: null, hasFailed: true }),
    );
    return () => {
      isGone = true;
    };
  }, [live]);
  useProfileUpkeep(loading.advisor);
  useAccountProfile(loading.advisor);
  return <AdviceContext value={loading}>{children}</AdviceContext>;
}

/** For tests: any adviser, nothing loaded. */
export function AdvisorProvider({ advisor, children }: { advisor: Advisor; children: ReactNode }) {
  return <AdviceContext value={{ advisor, hasFailed: false }}>{children}</AdviceContext>;
}

export function useAdvisor(): Loading {
  return use(AdviceContext);
}

const NO_ADVICE: AdviceState = {
  profile: null,
  isChosen: false,
  problem: null,
  set: null,
  error: null,
  conditions: null,
  verdict: null,
};

/** `select` must return a primitive or a part of the advice as it is. */
export function useAdvice<T>(select: (state: AdviceState) => T): T {
  const { advisor } = use(AdviceContext);
  return useSyncExternalStore(
    advisor?.subscribe ?? subscribeToNothing,
    () => select(advisor?.get() ?? NO_ADVICE),
    () => select(NO_ADVICE),
  );
}

/** The one verdict on screen, whoever shows it. */
export function useVerdict(): Verdict {
  const plain = useLive((state) => state.verdict);
  return useAdvice((state) => state.verdict) ?? plain;
}

function subscribeToNothing(): () => void {
  return () => {};
}

/** A first visit measures its round trip; another tab's change of the profile is taken over. */
function useProfileUpkeep(advisor: Advisor | null): void {
  useEffect(() => {
    if (!advisor) return;
    const abort = new AbortController();
    const onStorage = ({ key }: StorageEvent) => (key === PROFILE_KEY || key === null) && advisor.reload();
    window.addEventListener('storage', onStorage, { signal: abort.signal });
    if (!advisor.isChosen()) {
      void measureLatency({ signal: abort.signal }).then((latencyMs) => {
        if (latencyMs !== null && !abort.signal.aborted) advisor.suggestLatency(latencyMs);
      });
    }
    return () => abort.abort();
  }, [advisor]);
}

/** Signed in, the account's profile is the adviser's. Nothing of it is loaded before somebody is. */
function useAccountProfile(advisor: Advisor | null): void {
  useEffect(() => {
    if (!advisor) return;
    let stop: (() => void) | null = null;
    let isGone = false;
    const begin = () => {
      if (stop || walletSession.get().status !== 'signed-in') return;
      stop = () => {};
      import('@/components/advice/follow-account').then(
        ({ followAccount }) => {
          if (!isGone) stop = followAccount({ advisor, storage: findStorage() });
        },
        () => (stop = null),
      );
    };
    begin();
    const leave = walletSession.subscribe(begin);
    return () => {
      isGone = true;
      leave();
      stop?.();
    };
  }, [advisor]);
}

/** Some browsers throw at the mere mention of storage. */
function findStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
