// The queue of one before the wallets: a wallet answers a second request with an error, so a second one is never sent. The
// same request again joins the open one; another is refused in its own words. A wallet that does not answer is given up
// after a time, but its request counts as open until the wallet itself ends it.
import type { WalletPort } from '@/components/wallet/wallet-port';
import { err, ok, type Result } from '@/lib/units/result';
import { walletOutcome, type OutcomeContext, type WalletErrand, type WalletOutcome } from '@/lib/wallet/outcome';
import { toOutcome } from '@/lib/wallet/to-outcome';

/** Long enough to find the window and read it; a player who needs longer joins the same request by trying again. */
export const ANSWER_LIMIT_MS = 60_000;

export type WalletRequests = {
  run<T>(request: WalletRequest<T>): Promise<Result<T, WalletOutcome>>;
  /** The player does not want to wait: as if the time were over. */
  giveUp(): void;
};

export type WalletRequest<T> = {
  readonly port: Pick<WalletPort, 'name'>;
  readonly errand: WalletErrand;
  /** Two requests of one wallet with the same key are the same request. */
  readonly key: string;
  readonly ask: () => Promise<T>;
};

/** Runs `hold` while no other tab does under this name; null when one does. */
export type TabLock = (name: string, hold: () => Promise<void>) => Promise<boolean>;

type Timers = { after(delayMs: number, run: () => void): () => void };

type Open = { readonly key: string; readonly answer: Promise<Result<unknown, WalletOutcome>>; isWaitedFor: boolean };

export function createWalletRequests({ timers, lock }: { timers: Timers; lock: TabLock }): WalletRequests {
  /** By wallet: at most one entry each, and at most one that is waited for. */
  const open = new Map<string, Open>();
  let stopWaiting = () => {};

  async function send<T>(request: WalletRequest<T>, context: OutcomeContext): Promise<Result<T, WalletOutcome>> {
    let answer: Result<T, WalletOutcome> | null = null;
    const isOurs = await lock(`fortytick-wallet:${request.port.name}`, async () => {
      try {
        answer = ok(await request.ask());
      } catch (thrown) {
        answer = err(toOutcome(thrown, context));
      }
    });
    return isOurs ? answer! : err(walletOutcome('other-tab', context));
  }

  function start<T>(request: WalletRequest<T>, context: OutcomeContext): Open {
    const { name } = request.port;
    const entry: Open = {
      key: request.key,
      isWaitedFor: true,
      answer: send(request, context).finally(() => open.delete(name)),
    };
    open.set(name, entry);
    return entry;
  }

  async function awaitAnswer<T>(entry: Open, context: OutcomeContext): Promise<Result<T, WalletOutcome>> {
    entry.isWaitedFor = true;
    const limit = new Promise<Result<T, WalletOutcome>>((resolve) => {
      const end = () => {
        entry.isWaitedFor = false;
        resolve(err(walletOutcome('no-answer', context)));
      };
      const cancel = timers.after(ANSWER_LIMIT_MS, end);
      stopWaiting = end;
      void entry.answer.finally(cancel);
    });
    return Promise.race([entry.answer as Promise<Result<T, WalletOutcome>>, limit]);
  }

  return {
    async run<T>(request: WalletRequest<T>) {
      const context: OutcomeContext = { errand: request.errand, walletName: request.port.name };
      const same = open.get(request.port.name);
      if (same?.key === request.key) return awaitAnswer<T>(same, context);
      if (same) return err(walletOutcome(same.isWaitedFor ? 'busy' : 'wallet-busy', context));
      const waiting = [...open].find(([, entry]) => entry.isWaitedFor);
      if (waiting) return err(walletOutcome('busy', { ...context, walletName: waiting[0] }));
      return awaitAnswer<T>(start(request, context), context);
    },
    giveUp: () => stopWaiting(),
  };
}
