// What every route of the ledger does: one verb on the context of the runtime, its answer or its problem.
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import type { Result } from '@/lib/units/result';
import type { LedgerContext } from '@/server/bets/reconcile/ledger-context';
import { betProblemResponse } from '@/server/http/bet-problem-response';
import { jsonResponse } from '@/server/http/problem';
import { getRuntime } from '@/server/runtime';

export async function answerLedger<T>(verb: (ctx: LedgerContext) => Promise<Result<T, BetProblem>>): Promise<Response> {
  const ctx = getRuntime()?.ledger;
  if (!ctx) return betProblemResponse(betProblem('starting', 'Fortytick is still starting. Try again in a moment.'));
  const result = await verb(ctx);
  return result.ok ? jsonResponse(result.value) : betProblemResponse(result.error);
}
