import { exportBets } from '@/server/history/get-sessions';
import { refuse } from '@/server/http/answer';
import { problemResponse, STARTING } from '@/server/http/problem';
import { withActor } from '@/server/http/with-actor';
import { getRuntime } from '@/server/runtime';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return withActor(request, 'read', async (actor) => {
    const runtime = getRuntime();
    if (!runtime) return problemResponse(STARTING);
    const query = new URL(request.url).searchParams;
    const { betsExports: exports } = runtime;
    const exported = await exportBets({ exports, actor, query, signal: request.signal });
    return exported.ok ? exported.value : refuse(exported.error);
  });
}
