'use client';
import { useCallback, useSyncExternalStore } from 'react';

/** Ages are told in seconds and minutes; nobody needs them finer than this. */
const AGE_STEP_MS = 5_000;
const LOOK_MS = 1_000;

/** How old something of `since` is once it is older than `afterMs`, in steps; null before, so that nothing redraws till then. */
export function useOverage({ since, afterMs }: { since: number; afterMs: number }): number | null {
  const subscribe = useCallback((onStep: () => void) => {
    const timer = setInterval(onStep, LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return useSyncExternalStore(
    subscribe,
    () => {
      const ageMs = Date.now() - since;
      return ageMs > afterMs ? Math.floor(ageMs / AGE_STEP_MS) * AGE_STEP_MS : null;
    },
    () => null,
  );
}
