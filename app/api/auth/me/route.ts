import { toResponse, withAuth } from '@/server/http/with-actor';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return withAuth(async (auth) => toResponse(await auth.me(request)));
}
