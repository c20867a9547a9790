import { toResponse, withAuth } from '@/server/http/with-actor';

export const dynamic = 'force-dynamic';

export function POST(request: Request): Promise<Response> {
  return withAuth(async (auth) => toResponse(await auth.logout(request)));
}
