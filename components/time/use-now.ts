'use client';
import { useCallback, useSyncExternalStore } from 'react';
import { epochMs, type EpochMs } from '@/lib/units/time';

/** The wall clock in whole steps of `stepMs`, redrawing once a step; null on the server, which has no reader's clock. */
export function useNow(stepMs: number): EpochMs | null {
  const subscribe = useCallback(
    (onStep: () => void) => {
      const timer = setInterval(onStep, Math.min(stepMs / 4, LOOK_MS_MAX));
      return () => clearInterval(timer);
    },
    [stepMs],
  );
  return useSyncExternalStore<EpochMs | null>(
    subscribe,
    () => epochMs(Math.floor(Date.now() / stepMs) * stepMs),
    () => null,
  );
}

/** A laptop that slept is behind by hours: however long a step, the clock is looked at this often. */
const LOOK_MS_MAX = 1_000;
