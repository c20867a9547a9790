import { exportAccount, toBody } from '@/server/account/export-account';
import { STARTING } from '@/server/account/with-account';
import { betProblemResponse } from '@/server/http/bet-problem-response';
import { withActor } from '@/server/http/with-actor';
import { getRuntime } from '@/server/runtime';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return withActor(request, 'player', async ({ accountId }) => {
    const ctx = getRuntime()?.accounts;
    if (!ctx) return betProblemResponse(STARTING);
    const pieces = await exportAccount(ctx, accountId);
    if (!pieces.ok) return betProblemResponse(pieces.error);
    return new Response(toBody(pieces.value), {
      headers: {
        'content-type': 'application/json',
        'content-disposition': 'attachment; filename="fortytick-account.json"',
        'cache-control': 'no-store',
      },
    });
  });
}
