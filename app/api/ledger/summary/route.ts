import { ok } from '@/lib/units/result';
import { getLedgerSummary } from '@/server/bets/reconcile/get-ledger-summary';
import { answerLedger } from '@/server/bets/reconcile/with-ledger';
import { betProblemResponse } from '@/server/http/bet-problem-response';
import { withAuth, withHeaders } from '@/server/http/with-actor';

export const dynamic = 'force-dynamic';

/** Anybody may see that the sum is 0; whoever is signed in sees their own accounts beside it. */
export function GET(request: Request): Promise<Response> {
  return withAuth(async (auth) => {
    const { admitted, headers } = await auth.admit(request, 'read');
    const isNobody = !admitted.ok && ['not-signed-in', 'sign-in-expired'].includes(admitted.error.code);
    if (!admitted.ok && !isNobody) return withHeaders(betProblemResponse(admitted.error), headers);
    const accountId = admitted.ok ? admitted.value.accountId : null;
    const response = await answerLedger(async (ctx) => ok(await getLedgerSummary(ctx, accountId)));
    return withHeaders(response, headers);
  });
}
