import { describe, expect, it, vi } from 'vitest';
import { toAction } from '@/components/live/live-socket';
import { createLiveStore } from '@/components/live/live-store';
import { aSnapshot, aTick, NOW_MS, opening } from '@/components/live/test-kit/live-fixtures';

function createTestStore() {
  const frames: (() => void)[] = [];
  const store = createLiveStore({ nextFrame: (run) => frames.push(run) });
  const listener = vi.fn();
  const unsubscribe = store.subscribe(listener);
  return { store, listener, unsubscribe, paint: () => frames.splice(0).forEach((run) => run()), frames };
}

describe('the live store', () => {
  it('tells of a tick at once when the feed is calm', () => {
    const { store, listener } = createTestStore();
    opening().forEach((action, n) => store.dispatch({ ...action, atMs: NOW_MS + n * 50 }));
    const told = listener.mock.calls.length;
    store.dispatch({ type: 'game', push: aTick(4, 1.2), atMs: NOW_MS + 400 });
    expect(listener).toHaveBeenCalledTimes(told + 1);
    expect(store.get().game?.tick).toBe(4);
  });

  it('tells of a burst once, at the next frame, with the newest state', () => {
    const { store, listener, paint, frames } = createTestStore();
    store.dispatch({ type: 'game', push: aSnapshot(), atMs: NOW_MS });
    for (let tick = 4; tick < 104; tick++) store.dispatch({ type: 'game', push: aTick(tick, 1), atMs: NOW_MS + 1 });
    expect(listener).toHaveBeenCalledTimes(1);
    expect(frames).toHaveLength(1);
    paint();
    expect(listener).toHaveBeenCalledTimes(2);
    expect(store.get().game?.tick).toBe(103);
  });

  it('stays silent when nothing changed and after a listener has left', () => {
    const { store, listener, unsubscribe } = createTestStore();
    store.dispatch({ type: 'clock', atMs: NOW_MS });
    expect(listener).not.toHaveBeenCalled();
    unsubscribe();
    store.dispatch({ type: 'game', push: aSnapshot(), atMs: NOW_MS });
    expect(listener).not.toHaveBeenCalled();
  });
});

describe('what comes off the wire', () => {
  it('is handed on when it validates, and counted and dropped when it does not', () => {
    const { store } = createTestStore();
    store.dispatch(toAction('game', aSnapshot(), NOW_MS));
    store.dispatch(toAction('game', { type: 'tick', g: 'nonsense', t: -1 }, NOW_MS));
    store.dispatch(toAction('status', undefined, NOW_MS));
    expect(store.get().game?.tick).toBe(3);
    expect(store.get().rejectedPushes).toBe(2);
  });
});
