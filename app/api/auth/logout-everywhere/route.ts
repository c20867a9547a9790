import type { Me } from '@/lib/protocol/auth-api';
import { jsonResponse } from '@/server/http/problem';
import { withActor, withAuth, withHeaders } from '@/server/http/with-actor';

export const dynamic = 'force-dynamic';

export function POST(request: Request): Promise<Response> {
  return withAuth((auth) =>
    withActor(request, 'player', async ({ accountId }) => {
      await auth.revokeSignIns(accountId, 'logged-out-everywhere');
      return withHeaders(jsonResponse({ account: null } satisfies Me), auth.signedOutHeaders());
    }),
  );
}
