// Hands a signed stake to the server, again and again until the server answers: of a bet that came too late it says so, and then
// nothing was paid. The keeper holds it until then, so that neither a lost connection nor a reload loses it.
import type { DeskGround } from '@/components/bet/desk-ground';
import type { DeskParts, DeskState } from '@/components/bet/desk-state';
import type { KeptStake } from '@/components/bet/stake-keeper';

const RETRY_MS = 600;
const RETRY_MS_MAX = 3_000;
const RETRY_GROWTH = 1.6;

export async function handOver(ground: DeskGround, kept: KeptStake): Promise<void> {
  const { api, store, keeper } = ground.parts;
  const errand = ground.begin();
  const settle = (next: DeskState) => {
    keeper.forget();
    ground.set(next);
  };
  ground.set({ step: 'submitting', kept, failure: null });
  for (let delayMs = RETRY_MS; ; delayMs = Math.min(RETRY_MS_MAX, delayMs * RETRY_GROWTH)) {
    const answer = await api.submit(kept.betId, kept.transaction);
    if (errand.isOver()) return;
    if (answer.ok) store.learn([answer.value]);
    if (answer.ok || answer.error.code === 'already-submitted' || hasMovedOn(store, kept)) {
      return settle({ step: 'idle' });
    }
    const failure = answer.error;
    if (!failure.mayPass) return settle({ step: 'refused', intent: null, failure });
    ground.set({ step: 'submitting', kept, failure });
    await errand.pause(Math.max(delayMs, failure.retryAfterMs ?? 0));
    if (errand.isOver()) return;
    if (hasMovedOn(store, kept)) return settle({ step: 'idle' });
  }
}

/** The live channel may know better than the answer that was lost. */
function hasMovedOn(store: DeskParts['store'], kept: KeptStake): boolean {
  const bet = store.get().bets.find(({ id }) => id === kept.betId);
  return bet !== undefined && bet.state !== 'prepared';
}
