// Takes one bet at a time from the player's word to the server's: asks the server to prepare it (ask-to-place), has the wallet
// sign it (ask-wallet), hands the signed transaction over and keeps it until the server has it (hand-over). A second press while
// one is under way does nothing. It decides nothing about money: what happened is the server's word. Used by bet-room.
import { askToPlace } from '@/components/bet/ask-to-place';
import { askWallet } from '@/components/bet/ask-wallet';
import { createDeskGround, type DeskGround } from '@/components/bet/desk-ground';
import type { DeskParts, DeskState, Wish } from '@/components/bet/desk-state';
import { handOver } from '@/components/bet/hand-over';

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

export function createBetDesk(parts: DeskParts): BetDesk {
  const ground = createDeskGround(parts);
  const { get, subscribe, nudge, stop } = ground;
  return {
    get,
    subscribe,
    nudge,
    stop,
    place(wish) {
      const { step } = get();
      if (step !== 'idle' && step !== 'refused') return false;
      void askToPlace(ground, { intent: { ...wish, clientKey: parts.createKey() }, isConfirmed: false });
      return true;
    },
    confirm() {
      const state = get();
      if (state.step !== 'asking') return;
      void askToPlace(ground, { intent: state.intent, isConfirmed: state.question === 'high-risk' });
    },
    tryAgain: () => tryAgain(ground),
    dismiss() {
      const state = get();
      if (state.step === 'unsigned' || state.step === 'signing') void takeBack(ground, state.placed.bet.id);
      else if (state.step === 'asking' || state.step === 'refused') ground.set({ step: 'idle' });
    },
    resume(account) {
      const kept = parts.keeper.kept();
      if (!kept || get().step !== 'idle') return;
      if (kept.accountId === account) void handOver(ground, kept);
      else parts.keeper.forget();
    },
    reset() {
      ground.abandon();
      ground.set({ step: 'idle' });
    },
  };
}

function tryAgain(ground: DeskGround): void {
  const { createKey, clock } = ground.parts;
  const state = ground.get();
  if (state.step === 'refused' && state.intent) {
    // Where no answer came, the bet may stand: the same name finds it again rather than make a second.
    const isUnsure = state.failure.kind !== 'refused';
    const intent = isUnsure ? state.intent : { ...state.intent, clientKey: createKey() };
    void askToPlace(ground, { intent, isConfirmed: false });
  } else if (state.step === 'unsigned') {
    const { intent, placed } = state;
    if (placed.transaction !== undefined && clock() < placed.bet.expiresAt) {
      void askWallet(ground, { intent, placed, transaction: placed.transaction });
    } else void askToPlace(ground, { intent: { ...intent, clientKey: createKey() }, isConfirmed: false });
  }
}

async function takeBack(ground: DeskGround, betId: string): Promise<void> {
  const { api, store } = ground.parts;
  ground.abandon();
  ground.set({ step: 'idle' });
  const answer = await api.cancel(betId);
  if (answer.ok) store.learn([answer.value]);
}
