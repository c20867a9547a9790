import { deleteAccountSchema } from '@/lib/protocol/account-api';
import { deleteAccount } from '@/server/account/delete-account';
import { getAccount } from '@/server/account/get-account';
import { answer, withAccount } from '@/server/account/with-account';
import { betProblemResponse } from '@/server/http/bet-problem-response';
import { readBody } from '@/server/http/read-body';
import { withAuth, withHeaders } from '@/server/http/with-actor';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return withAccount(request, 'read', getAccount);
}

/** Whoever succeeds is signed out with the answer. */
export function DELETE(request: Request): Promise<Response> {
  return withAuth(async (auth) => {
    const { admitted, headers } = await auth.admit(request, 'player');
    if (!admitted.ok) return withHeaders(betProblemResponse(admitted.error), headers);
    const body = await readBody(request, deleteAccountSchema);
    if (!body.ok) return withHeaders(betProblemResponse(body.error), headers);
    const response = await answer((ctx) => deleteAccount(ctx, admitted.value.accountId));
    return withHeaders(response, response.ok ? auth.signedOutHeaders() : headers);
  });
}
