import { jsonResponse } from '@/server/http/problem';
import { withActor, withAuth } from '@/server/http/with-actor';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return withAuth((auth) =>
    withActor(request, 'player', async (actor) => jsonResponse({ signIns: await auth.signIns(actor) })),
  );
}
