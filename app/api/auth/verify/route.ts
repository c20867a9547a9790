import { verifySchema } from '@/lib/protocol/auth-api';
import { betProblemResponse } from '@/server/http/bet-problem-response';
import { readBody } from '@/server/http/read-body';
import { toResponse, withAuth } from '@/server/http/with-actor';

export const dynamic = 'force-dynamic';

export function POST(request: Request): Promise<Response> {
  return withAuth(async (auth) => {
    const body = await readBody(request, verifySchema);
    return body.ok ? toResponse(await auth.verify(request, body.value)) : betProblemResponse(body.error);
  });
}
