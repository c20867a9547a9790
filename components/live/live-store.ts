// A small external store around the reducer, for React's useSyncExternalStore. Knows nothing of sockets: whoever holds
// it dispatches. A calm feed is shown at once; a burst (a fast simulator, a catch-up) is shown once a frame.
import { INITIAL_LIVE_STATE, type LiveAction, type LiveState } from '@/components/live/live-state';
import { reduceLive } from '@/components/live/reduce-live';

export type LiveStore = {
  get(): LiveState;
  subscribe(listener: () => void): () => void;
  dispatch(action: LiveAction): void;
};

/** Closer together than this, changes wait for the next frame: no screen shows them apart. */
const CALM_MS = 12;

/** `nextFrame` runs a callback before the next paint. */
export function createLiveStore({ nextFrame }: { nextFrame: (run: () => void) => void }): LiveStore {
  let state = INITIAL_LIVE_STATE;
  let toldAtMs = -Infinity;
  let isScheduled = false;
  const listeners = new Set<() => void>();
  const tell = () => listeners.forEach((listener) => listener());
  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch(action) {
      const next = reduceLive(state, action);
      if (next === state) return;
      state = next;
      if (isScheduled) return;
      if (Math.abs(action.atMs - toldAtMs) >= CALM_MS) {
        toldAtMs = action.atMs;
        return tell();
      }
      isScheduled = true;
      nextFrame(() => {
        isScheduled = false;
        tell();
      });
    },
  };
}
