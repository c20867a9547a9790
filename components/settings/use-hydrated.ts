'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False on the server and while the page takes over from it: what only the browser knows is not shown before. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
