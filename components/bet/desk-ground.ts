// What the errands of the bet desk stand on: the one state that is shown, and which errand is under way. An errand that was put
// away, or followed by another, is over: whatever answer still comes to it is dropped. Made by bet-desk.
import type { DeskParts, DeskState } from '@/components/bet/desk-state';

export type DeskGround = {
  readonly parts: DeskParts;
  get(): DeskState;
  set(next: DeskState): void;
  subscribe(listener: () => void): () => void;
  /** Begins an errand; the one before it is over. */
  begin(): Errand;
  /** What is under way is over. */
  abandon(): void;
  /** Ends the pause of the errand under way. */
  nudge(): void;
  /** Nothing is shown or done any more. */
  stop(): void;
};

export type Errand = {
  isOver(): boolean;
  /** Resolves after so long, or when nudged. */
  pause(ms: number): Promise<void>;
};

export function createDeskGround(parts: DeskParts): DeskGround {
  let state: DeskState = { step: 'idle' };
  let isStopped = false;
  /** Of the errand under way. */
  let round = 0;
  let wake = () => {};
  const listeners = new Set<() => void>();
  const nudge = () => wake();
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const abandon = () => {
    round++;
    nudge();
  };
  return {
    parts,
    get: () => state,
    set(next) {
      if (isStopped) return;
      state = next;
      listeners.forEach((listener) => listener());
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    begin() {
      abandon();
      const mine = round;
      return { isOver: () => isStopped || mine !== round, pause };
    },
    abandon,
    nudge,
    stop() {
      isStopped = true;
      nudge();
    },
  };
}
