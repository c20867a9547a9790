import { getPracticeBalance } from '@/server/bets/reconcile/practice-wallet';
import { answerLedger } from '@/server/bets/reconcile/with-ledger';
import { withActor } from '@/server/http/with-actor';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return withActor(request, 'read', ({ accountId }) => answerLedger((ctx) => getPracticeBalance(ctx, accountId)));
}
