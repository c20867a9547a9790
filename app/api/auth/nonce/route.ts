import { nonceRequestSchema } from '@/lib/protocol/auth-api';
import { betProblemResponse } from '@/server/http/bet-problem-response';
import { readBody } from '@/server/http/read-body';
import { toResponse, withAuth } from '@/server/http/with-actor';

export const dynamic = 'force-dynamic';

export function POST(request: Request): Promise<Response> {
  return withAuth(async (auth) => {
    const body = await readBody(request, nonceRequestSchema);
    return body.ok ? toResponse(await auth.nonce(request)) : betProblemResponse(body.error);
  });
}
