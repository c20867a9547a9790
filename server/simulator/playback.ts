// Plays a run script in real time at a speed: the simulator's one timer. Speed is a wish: a machine that cannot keep up
// plays as fast as it can, and time it has fallen behind by is forgotten rather than made up for in a flood.
import type { Pacer } from '@/server/simulator/pacer';

export type Playback = {
  start(): void;
  pause(): void;
  resume(): void;
  isPaused(): boolean;
  /** Real milliseconds forgotten so far because the machine was late. */
  forgottenMs(): number;
  stop(): void;
};

/** Lateness up to this is caught up: event loops are late now and then. Beyond it, time is forgotten. */
const CATCH_UP_MS_MAX = 250;
/** After this much work on end, other work gets its turn. */
const SLICE_MS = 8;

export function createPlayback({
  speed,
  pacer,
  nextAtMs,
  step,
}: {
  speed: number;
  pacer: Pacer;
  /** Simulated time of the next step. */
  nextAtMs: () => number;
  step: () => void;
}): Playback {
  /** Real time at which simulated time was, or would have been, 0. */
  let originMs = 0;
  let pausedAtMs: number | null = null;
  let forgottenMs = 0;
  let cancel: (() => void) | null = null;

  const dueMs = () => originMs + nextAtMs() / speed;
  const plan = (delayMs: number) => {
    cancel?.();
    cancel = pacer.schedule(Math.max(0, delayMs), run);
  };
  const run = () => {
    const startedMs = pacer.nowMs();
    const lateMs = startedMs - dueMs();
    if (lateMs > CATCH_UP_MS_MAX) {
      originMs += lateMs;
      forgottenMs += lateMs;
    }
    let nowMs = startedMs;
    while (cancel && dueMs() <= nowMs && nowMs - startedMs < SLICE_MS) {
      step();
      nowMs = pacer.nowMs();
    }
    // A step may have stopped or paused the playback.
    if (cancel) plan(dueMs() - nowMs);
  };
  const halt = () => {
    cancel?.();
    cancel = null;
  };

  return {
    start() {
      originMs = pacer.nowMs();
      plan(0);
    },
    pause() {
      if (pausedAtMs !== null || !cancel) return;
      pausedAtMs = pacer.nowMs();
      halt();
    },
    resume() {
      if (pausedAtMs === null) return;
      originMs += pacer.nowMs() - pausedAtMs;
      pausedAtMs = null;
      plan(dueMs() - pacer.nowMs());
    },
    isPaused: () => pausedAtMs !== null,
    forgottenMs: () => forgottenMs,
    stop() {
      halt();
      pausedAtMs = null;
    },
  };
}
