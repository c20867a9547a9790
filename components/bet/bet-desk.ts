// Takes one bet at a time from the player's word to the server's: asks the server to prepare it, has the wallet sign it,
// hands the signed transaction over and keeps it until the server has it. A second press while one is under way does
// nothing. It decides nothing about money: what it may do is in the steps below, what happened is the server's word.
import type { BetsApi, BetsFailure } from '@/components/bets-live/bets-api';
import type { BetsStore } from '@/components/bets-live/bets-store';
import type { KeptStake, StakeKeeper } from '@/components/bet/stake-keeper';
import type { VenueId } from '@/lib/bets/bet';
import type { PlacedBet } from '@/lib/protocol/bets-api';
import { walletOutcome, type WalletOutcome } from '@/lib/wallet/outcome';
import type { Lamports } from '@/lib/units/lamports';
import { err, type Result } from '@/lib/units/result';
import type { Clock } from '@/lib/units/time';

/** What the player asked for, and the name under which the server knows it: the same again is the same bet. */
export type Intent = {
  readonly venue: VenueId;
  readonly lamports: Lamports;
  readonly strategyId: string | null;
  readonly clientKey: string;
};
export type Wish = Omit<Intent, 'clientKey'>;

/** What the player has to answer before the server takes the bet. */
export type Question = 'high-risk' | 'odds';

export type DeskState =
  | { readonly step: 'idle' }
  | { readonly step: 'placing'; readonly intent: Intent }
  | { readonly step: 'asking'; readonly intent: Intent; readonly question: Question; readonly message: string }
  | { readonly step: 'signing'; readonly intent: Intent; readonly placed: PlacedBet }
  | { readonly step: 'unsigned'; readonly intent: Intent; readonly placed: PlacedBet; readonly outcome: WalletOutcome }
  /** `failure`: the last attempt did not get through; the next follows by itself. */
  | { readonly step: 'submitting'; readonly kept: KeptStake; readonly failure: BetsFailure | null }
  | { readonly step: 'refused'; readonly intent: Intent | null; readonly failure: BetsFailure };

export type BetDesk = {
  get(): DeskState;
  subscribe(listener: () => void): () => void;
  /** False when another bet is under way: nothing was done. */
  place(wish: Wish): boolean;
  /** Yes to the question asked. */
  confirm(): void;
  tryAgain(): void;
  /** Puts away what is shown; a prepared bet is taken back. */
  dismiss(): void;
  /** Sends what an earlier page of this tab had signed and could not hand over. */
  resume(accountId: string): void;
  /** The connection may be back: what waits is tried at once. */
  nudge(): void;
  /** The player left: nothing of theirs is shown or sent any more. What was signed stays with its keeper. */
  reset(): void;
  stop(): void;
};

export type DeskParts = {
  readonly api: BetsApi;
  readonly store: Pick<BetsStore, 'learn' | 'get'>;
  readonly sign: (transaction: string) => Promise<Result<string, WalletOutcome>>;
  readonly keeper: StakeKeeper;
  /** Who is signed in now; null for nobody. */
  readonly accountId: () => string | null;
  readonly createKey: () => string;
  readonly clock: Clock;
  /** Resolves when what is shown has been painted: words come before the wallet's window. */
  readonly painted: () => Promise<void>;
};

const QUESTIONS: Readonly<Record<string, Question>> = {
  'confirmation-needed': 'high-risk',
  'odds-not-accepted': 'odds',
};

/** A bet is wanted now: asked again this often where the way was broken, then the player decides. */
const PLACE_ATTEMPTS = 3;
const RETRY_MS = 600;
const RETRY_MS_MAX = 3_000;

export function createBetDesk({ api, store, sign, keeper, accountId, createKey, clock, painted }: DeskParts): BetDesk {
  let state: DeskState = { step: 'idle' };
  const listeners = new Set<() => void>();
  const waiting: { timer?: ReturnType<typeof setTimeout>; wake?: () => void } = {};
  let isStopped = false;
  /** Of what is under way; an answer to an earlier one is dropped. */
  let round = 0;
  const set = (next: DeskState) => {
    if (isStopped) return;
    state = next;
    listeners.forEach((listener) => listener());
  };
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      waiting.wake = resolve;
      waiting.timer = setTimeout(resolve, ms);
    });

  const nudge = () => {
    clearTimeout(waiting.timer);
    waiting.wake?.();
  };

  async function askToPlace(intent: Intent, isConfirmed: boolean): Promise<void> {
    set({ step: 'placing', intent });
    const mine = ++round;
    for (let attempt = 1; ; attempt++) {
      const answer = await api.place({
        venue: intent.venue,
        lamports: intent.lamports.toString(),
        clientKey: intent.clientKey,
        ...(intent.strategyId !== null && { strategyId: intent.strategyId }),
        ...(isConfirmed && { confirmed: true }),
      });
      if (isStopped || mine !== round) return;
      if (answer.ok) return takePlaced(intent, answer.value);
      const question = QUESTIONS[answer.error.code ?? ''];
      if (question) return set({ step: 'asking', intent, question, message: answer.error.message });
      if (answer.error.kind === 'refused' || !answer.error.mayPass || attempt === PLACE_ATTEMPTS) {
        return set({ step: 'refused', intent, failure: answer.error });
      }
      await pause(RETRY_MS);
      if (isStopped || mine !== round) return;
    }
  }

  function takePlaced(intent: Intent, placed: PlacedBet): Promise<void> | void {
    store.learn([placed.bet]);
    if (placed.transaction === undefined || placed.bet.state !== 'prepared') return set({ step: 'idle' });
    return askWallet(intent, placed, placed.transaction);
  }

  async function askWallet(intent: Intent, placed: PlacedBet, transaction: string): Promise<void> {
    set({ step: 'signing', intent, placed });
    await painted();
    // The wallet's code may fail to load: an answer like any other.
    const signed = await sign(transaction).catch(() => err(NOT_LOADED));
    if (state.step !== 'signing' || state.placed !== placed) return; // Signed out or put away meanwhile.
    if (!signed.ok) return set({ step: 'unsigned', intent, placed, outcome: signed.error });
    const { id, stakeLamports, expiresAt } = placed.bet;
    const kept = { betId: id, accountId: accountId() ?? '', transaction: signed.value, stakeLamports, expiresAt };
    keeper.keep(kept);
    return handOver(kept);
  }

  /** Until the server answers: of a bet that came too late it says so, and then nothing was paid. */
  async function handOver(kept: KeptStake): Promise<void> {
    set({ step: 'submitting', kept, failure: null });
    const mine = ++round;
    for (let delayMs = RETRY_MS; ; delayMs = Math.min(RETRY_MS_MAX, delayMs * 1.6)) {
      const answer = await api.submit(kept.betId, kept.transaction);
      if (isStopped || mine !== round) return;
      if (answer.ok) store.learn([answer.value]);
      if (answer.ok || answer.error.code === 'already-submitted' || hasMovedOn(store, kept)) return settle();
      if (!answer.error.mayPass) return settle({ step: 'refused', intent: null, failure: answer.error });
      set({ step: 'submitting', kept, failure: answer.error });
      await pause(Math.max(delayMs, answer.error.retryAfterMs ?? 0));
      if (isStopped || mine !== round) return;
      if (hasMovedOn(store, kept)) return settle();
    }
  }

  function settle(next: DeskState = { step: 'idle' }): void {
    keeper.forget();
    set(next);
  }

  async function takeBack({ bet }: PlacedBet): Promise<void> {
    set({ step: 'idle' });
    const answer = await api.cancel(bet.id);
    if (answer.ok) store.learn([answer.value]);
  }

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    place(wish) {
      if (state.step !== 'idle' && state.step !== 'refused') return false;
      void askToPlace({ ...wish, clientKey: createKey() }, false);
      return true;
    },
    confirm() {
      if (state.step === 'asking') void askToPlace(state.intent, state.question === 'high-risk');
    },
    tryAgain() {
      if (state.step === 'refused' && state.intent) {
        // Where no answer came, the bet may stand: the same name finds it again rather than make a second.
        const isUnsure = state.failure.kind !== 'refused';
        void askToPlace(isUnsure ? state.intent : { ...state.intent, clientKey: createKey() }, false);
      } else if (state.step === 'unsigned') {
        const { intent, placed } = state;
        if (placed.transaction !== undefined && clock() < placed.bet.expiresAt) {
          void askWallet(intent, placed, placed.transaction);
        } else void askToPlace({ ...intent, clientKey: createKey() }, false);
      }
    },
    dismiss() {
      if (state.step === 'unsigned' || state.step === 'signing') void takeBack(state.placed);
      else if (state.step === 'asking' || state.step === 'refused') set({ step: 'idle' });
    },
    resume(account) {
      const kept = keeper.kept();
      if (!kept || state.step !== 'idle') return;
      if (kept.accountId === account) void handOver(kept);
      else keeper.forget();
    },
    nudge,
    reset() {
      round++;
      nudge();
      set({ step: 'idle' });
    },
    stop() {
      isStopped = true;
      nudge();
    },
  };
}

const NOT_LOADED = walletOutcome('unreachable', { errand: 'transaction', walletName: 'The wallet' });

/** The live channel may know better than the answer that was lost. */
function hasMovedOn(store: DeskParts['store'], kept: KeptStake): boolean {
  const bet = store.get().bets.find(({ id }) => id === kept.betId);
  return bet !== undefined && bet.state !== 'prepared';
}
