// Collects calls that come while one batch is under way into the next one: under no load each goes alone and at once, under
// load many share one round of work. What is urgent goes before the rest, of which some goes along in every round. Bounded:
// what comes when too many wait is refused.
import { RecordUnavailableError } from '@/server/bets/store/bet-store';

type Outcome<R> = { readonly ok: true; readonly value: R } | { readonly ok: false; readonly error: unknown };

export type Batcher<A, R> = {
  push(item: A): Promise<R>;
  /** Resolves once nothing waits or runs. */
  idle(): Promise<void>;
  /** Finishes what runs, refuses what waits and what comes. */
  stop(): Promise<void>;
};

/** Of a round, for what is not urgent: it never waits for ever. */
const REST_SHARE = 0.2;

export function createBatcher<A, R>({
  run,
  isUrgent = () => false,
  batchMax,
  waitingMax,
}: {
  /** An outcome for each item, in order; a rejection is the outcome of all of them. */
  run: (items: readonly A[]) => Promise<readonly Outcome<R>[]>;
  isUrgent?: (item: A) => boolean;
  batchMax: number;
  waitingMax: number;
}): Batcher<A, R> {
  type Waiting = { readonly item: A; readonly resolve: (value: R) => void; readonly reject: (error: unknown) => void };
  const urgent: Waiting[] = [];
  const rest: Waiting[] = [];
  let stopped = false;
  let working: Promise<void> | null = null;

  async function work(): Promise<void> {
    await null; // What comes in the same turn goes along.
    while (urgent.length + rest.length > 0) {
      const kept = Math.min(rest.length, Math.ceil(batchMax * REST_SHARE));
      const batch = urgent.splice(0, batchMax - kept);
      batch.push(...rest.splice(0, batchMax - batch.length));
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
      if (urgent.length + rest.length >= waitingMax) {
        return Promise.reject(new RecordUnavailableError(`More than ${waitingMax} steps wait for the record.`));
      }
      return new Promise((resolve, reject) => {
        (isUrgent(item) ? urgent : rest).push({ item, resolve, reject });
        working ??= work();
      });
    },
    async idle() {
      while (working) await working;
    },
    async stop() {
      stopped = true;
      for (const { reject } of [...urgent.splice(0), ...rest.splice(0)])
        reject(new RecordUnavailableError('Fortytick is stopping.'));
      await working;
    },
  };
}
