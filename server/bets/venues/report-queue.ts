// Reports of a venue without a chain: each is told until the engine has it on record, in order by bet, one at a time for
// each. Bounded; what comes beyond is told again after the next start, when the engine follows its bets anew.
import type { StoreLog } from '@/server/store/store-log';

export type ReportQueue = {
  /** `tell` runs until it succeeds; of one bet, one after another. */
  push(betId: string, tell: () => Promise<void>): void;
  /** Tries again what failed. Called every now and then. */
  retry(): void;
  /** Resolves when nothing is being told. */
  idle(): Promise<void>;
};

const BETS_MAX = 20_000;

export function createReportQueue({ log }: { log: Pick<StoreLog, 'warn' | 'error'> }): ReportQueue {
  const waiting = new Map<string, (() => Promise<void>)[]>();
  const busy = new Map<string, Promise<void>>();

  async function work(betId: string, queue: (() => Promise<void>)[]): Promise<void> {
    while (queue.length > 0) {
      try {
        await queue[0]!();
      } catch (error) {
        log.warn({ betId, error: String(error) }, 'a report of a venue is told again');
        return;
      }
      queue.shift();
    }
    waiting.delete(betId);
  }

  function run(betId: string): void {
    const queue = waiting.get(betId);
    if (!queue || busy.has(betId)) return;
    busy.set(
      betId,
      work(betId, queue).finally(() => busy.delete(betId)),
    );
  }

  return {
    push(betId, tell) {
      const queue = waiting.get(betId);
      if (queue) queue.push(tell);
      else if (waiting.size < BETS_MAX) waiting.set(betId, [tell]);
      else return log.error({ betId }, 'too many reports wait: this one comes again with the next start');
      run(betId);
    },
    retry: () => [...waiting.keys()].forEach(run),
    async idle() {
      while (busy.size > 0) await Promise.all(busy.values());
    },
  };
}
