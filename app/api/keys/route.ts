import { createKeySchema } from '@/lib/protocol/auth-api';
import { betProblemResponse } from '@/server/http/bet-problem-response';
import { jsonResponse } from '@/server/http/problem';
import { readBody } from '@/server/http/read-body';
import { withActor, withAuth } from '@/server/http/with-actor';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return withAuth((auth) =>
    withActor(request, 'player', async (actor) => jsonResponse({ keys: await auth.keys(actor) })),
  );
}

export function POST(request: Request): Promise<Response> {
  return withAuth((auth) =>
    withActor(request, 'player', async (actor) => {
      const body = await readBody(request, createKeySchema);
      if (!body.ok) return betProblemResponse(body.error);
      const created = await auth.createKey(actor, body.value);
      return created.ok ? jsonResponse(created.value, 201) : betProblemResponse(created.error);
    }),
  );
}
