// Collects calls that come while one batch is under way into the next one: under no load each goes alone and at once, under
// load many share one round of work. Bounded: what comes when too many wait is refused.
import { RecordUnavailableError } from '@/server/bets/store/bet-store';

type Outcome<R> = { readonly ok: true; readonly value: R } | { readonly ok: false; readonly error: unknown };

export type Batcher<A, R> = {
  push(item: A): Promise<R>;
  /** Resolves once nothing waits or runs. */
  idle(): Promise<void>;
  /** Finishes what runs, refuses what waits and what comes. */
  stop(): Promise<void>;
};

export function createBatcher<A, R>({
  run,
  batchMax,
  waitingMax,
}: {
  /** An outcome for each item, in order; a rejection is the outcome of all of them. */
  run: (items: readonly A[]) => Promise<readonly Outcome<R>[]>;
  batchMax: number;
  waitingMax: number;
}): Batcher<A, R> {
  type Waiting = { readonly item: A; readonly resolve: (value: R) => void; readonly reject: (error: unknown) => void };
  let waiting: Waiting[] = [];
  let stopped = false;
  let working: Promise<void> | null = null;

  async function work(): Promise<void> {
    await null; // What comes in the same turn goes along.
    while (waiting.length > 0) {
      const batch = waiting.slice(0, batchMax);
      waiting = waiting.slice(batchMax);
      try {
        const outcomes = await run(batch.map(({ item }) => item));
        batch.forEach(({ resolve, reject }, i) => {
          const outcome = outcomes[i]!;
          if (outcome.ok) resolve(outcome.value);
          else reject(outcome.error);
        });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    // In the same breath as finding nothing to do, so that whatever comes next begins anew.
    working = null;
  }

  return {
    push(item) {
      if (stopped) return Promise.reject(new RecordUnavailableError('Fortytick is stopping.'));
      if (waiting.length >= waitingMax) {
        return Promise.reject(new RecordUnavailableError(`More than ${waitingMax} steps wait for the record.`));
      }
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        working ??= work();
      });
    },
    async idle() {
      while (working) await working;
    },
    async stop() {
      stopped = true;
      const refused = waiting;
      waiting = [];
      for (const { reject } of refused) reject(new RecordUnavailableError('Fortytick is stopping.'));
      await working;
    },
  };
}
