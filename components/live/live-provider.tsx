'use client';
// Holds the one live connection of a page and offers its state to every component below.
import { createContext, use, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { connectLive } from '@/components/live/live-socket';
import { INITIAL_LIVE_STATE, type LiveState } from '@/components/live/live-state';
import { createLiveStore, type LiveStore } from '@/components/live/live-store';

/** Silence is counted in whole seconds; twice a second keeps the count from skipping one. */
const CLOCK_MS = 500;

const LiveStoreContext = createContext<LiveStore | null>(null);

export function LiveProvider({ children }: { children: ReactNode }) {
  const [store] = useState(() => createLiveStore({ nextFrame: (run) => requestAnimationFrame(run) }));
  useEffect(() => {
    // A moment later, since React in development mounts twice: the first line would be cut while it is being laid.
    let hangUp = () => {};
    const connecting = setTimeout(() => {
      hangUp = connectLive({ store, nowMs: Date.now });
    }, 0);
    const clock = setInterval(() => store.dispatch({ type: 'clock', atMs: Date.now() }), CLOCK_MS);
    return () => {
      clearTimeout(connecting);
      hangUp();
      clearInterval(clock);
    };
  }, [store]);
  return <LiveStoreContext value={store}>{children}</LiveStoreContext>;
}

/** For tests and stories: any store, no socket. */
export function LiveStoreProvider({ store, children }: { store: LiveStore; children: ReactNode }) {
  return <LiveStoreContext value={store}>{children}</LiveStoreContext>;
}

export function useLiveStore(): LiveStore {
  const store = use(LiveStoreContext);
  if (!store) throw new Error('useLive needs a LiveProvider above it');
  return store;
}

/** `select` must return a primitive or a part of the state as it is: the component redraws only when that part changes. */
export function useLive<T>(select: (state: LiveState) => T): T {
  const store = useLiveStore();
  return useSyncExternalStore(
    store.subscribe,
    () => select(store.get()),
    () => select(INITIAL_LIVE_STATE),
  );
}
