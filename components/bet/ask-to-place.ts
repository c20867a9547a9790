// Asks the server to prepare a bet. It answers with the bet, with a question to the player, or with a refusal; where no answer
// comes it is asked again under the same name, so that a bet that was prepared is found rather than made twice.
import { askWallet } from '@/components/bet/ask-wallet';
import type { DeskGround } from '@/components/bet/desk-ground';
import type { Intent, Question } from '@/components/bet/desk-state';
import type { PlacedBet, PlaceBetRequest } from '@/lib/protocol/bets-api';

/** A bet is wanted now: asked again this often where the way was broken, then the player decides. */
const PLACE_ATTEMPTS = 3;
const RETRY_MS = 600;

const QUESTIONS: Readonly<Record<string, Question>> = {
  'confirmation-needed': 'high-risk',
  'odds-not-accepted': 'odds',
};

export async function askToPlace(
  ground: DeskGround,
  { intent, isConfirmed }: { intent: Intent; isConfirmed: boolean },
): Promise<void> {
  const errand = ground.begin();
  ground.set({ step: 'placing', intent });
  for (let attempt = 1; ; attempt++) {
    const answer = await ground.parts.api.place(toRequest(intent, isConfirmed));
    if (errand.isOver()) return;
    if (answer.ok) return takePlaced(ground, { intent, placed: answer.value });
    const { error } = answer;
    const question = QUESTIONS[error.code ?? ''];
    if (question) return ground.set({ step: 'asking', intent, question, message: error.message });
    if (error.kind === 'refused' || !error.mayPass || attempt === PLACE_ATTEMPTS) {
      return ground.set({ step: 'refused', intent, failure: error });
    }
    await errand.pause(RETRY_MS);
    if (errand.isOver()) return;
  }
}

function toRequest({ venue, lamports, clientKey, strategyId }: Intent, isConfirmed: boolean): PlaceBetRequest {
  return {
    venue,
    lamports: lamports.toString(),
    clientKey,
    ...(strategyId !== null && { strategyId }),
    ...(isConfirmed && { confirmed: true }),
  };
}

/** Paper and assisted bets have nothing to sign; a bet found again may be further already. */
async function takePlaced(
  ground: DeskGround,
  { intent, placed }: { intent: Intent; placed: PlacedBet },
): Promise<void> {
  const { bet, transaction } = placed;
  ground.parts.store.learn([bet]);
  if (transaction === undefined || bet.state !== 'prepared') return ground.set({ step: 'idle' });
  return askWallet(ground, { intent, placed, transaction });
}
