// Promises that resolve when a count reaches a number.

export type Waiters = {
  /** Resolves at once when the number is reached already. */
  wait(number: number): Promise<void>;
  reach(number: number): void;
  /** Rejects all who wait, and whoever waits later for what was not reached. */
  fail(error: Error): void;
};

type Waiter = { readonly number: number; readonly resolve: () => void; readonly reject: (error: Error) => void };

export function createWaiters(start: number): Waiters {
  let reached = start;
  let failure: Error | null = null;
  let waiting: Waiter[] = [];
  return {
    wait(number) {
      if (number <= reached) return Promise.resolve();
      if (failure) return Promise.reject(failure);
      return new Promise((resolve, reject) => waiting.push({ number, resolve, reject }));
    },
    reach(number) {
      reached = Math.max(reached, number);
      const done = waiting.filter((waiter) => waiter.number <= reached);
      waiting = waiting.filter((waiter) => waiter.number > reached);
      for (const waiter of done) waiter.resolve();
    },
    fail(error) {
      failure = error;
      for (const waiter of waiting) waiter.reject(error);
      waiting = [];
    },
  };
}
