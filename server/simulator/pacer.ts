// Real time for the simulator: a steady clock that no wall-clock jump can move, and timers on it. Tests bring their own.
export type Pacer = {
  nowMs(): number;
  /** Runs a task after real milliseconds; returns its cancellation. */
  schedule(delayMs: number, task: () => void): () => void;
};

export const REAL_PACER: Pacer = {
  nowMs: () => performance.now(),
  schedule(delayMs, task) {
    // Below a timer's resolution: let other work go first, then run.
    if (delayMs < 1) {
      const immediate = setImmediate(task);
      return () => clearImmediate(immediate);
    }
    const timer = setTimeout(task, Math.ceil(delayMs));
    return () => clearTimeout(timer);
  },
};
