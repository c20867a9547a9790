import { epochMs } from '@/lib/units/time';
import { getSessions } from '@/server/history/get-sessions';
import { answerJson } from '@/server/http/answer';
import { problemResponse, STARTING } from '@/server/http/problem';
import { withActor } from '@/server/http/with-actor';
import { getRuntime } from '@/server/runtime';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return withActor(request, 'read', async (actor) => {
    const runtime = getRuntime();
    if (!runtime) return problemResponse(STARTING);
    const query = new URL(request.url).searchParams;
    return answerJson(await getSessions({ history: runtime.sessions, actor, query, now: epochMs(Date.now()) }));
  });
}
