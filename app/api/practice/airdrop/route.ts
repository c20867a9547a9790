import { airdropSchema } from '@/lib/protocol/ledger-api';
import { requestAirdrop } from '@/server/bets/reconcile/practice-wallet';
import { answerLedger } from '@/server/bets/reconcile/with-ledger';
import { betProblemResponse } from '@/server/http/bet-problem-response';
import { readBody } from '@/server/http/read-body';
import { withActor } from '@/server/http/with-actor';

export const dynamic = 'force-dynamic';

export function POST(request: Request): Promise<Response> {
  return withActor(request, 'bet', async ({ accountId }) => {
    const body = await readBody(request, airdropSchema);
    if (!body.ok) return betProblemResponse(body.error);
    return answerLedger((ctx) => requestAirdrop(ctx, accountId));
  });
}
