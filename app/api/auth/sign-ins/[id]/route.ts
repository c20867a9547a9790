import { betProblemResponse } from '@/server/http/bet-problem-response';
import { jsonResponse } from '@/server/http/problem';
import { withActor, withAuth } from '@/server/http/with-actor';

export const dynamic = 'force-dynamic';

type Params = { readonly params: Promise<{ readonly id: string }> };

export function DELETE(request: Request, { params }: Params): Promise<Response> {
  return withAuth((auth) =>
    withActor(request, 'player', async (actor) => {
      const revoked = await auth.revokeSignIn(actor, (await params).id);
      if (!revoked.ok) return betProblemResponse(revoked.error);
      return jsonResponse({ signIns: await auth.signIns(actor) });
    }),
  );
}
