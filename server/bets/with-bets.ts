// What every route of bets needs once it knows who asks: the engine, or the word that it is not there yet.
import { betProblem } from '@/lib/protocol/bet-problem';
import type { BetEngine } from '@/server/bets/bet-engine';
import { betProblemResponse } from '@/server/http/bet-problem-response';
import { getRuntime } from '@/server/runtime';

export async function withBets(answer: (bets: BetEngine) => Promise<Response>): Promise<Response> {
  const bets = getRuntime()?.bets;
  if (bets) return answer(bets);
  return betProblemResponse(
    betProblem('starting', 'Fortytick is still starting. Nothing was done; try again in a moment.', {
      retryAfterMs: 1_000,
    }),
  );
}
