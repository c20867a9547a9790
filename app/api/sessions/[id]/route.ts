import { getSession } from '@/server/history/get-sessions';
import { answerJson } from '@/server/http/answer';
import { problemResponse, STARTING } from '@/server/http/problem';
import { withActor } from '@/server/http/with-actor';
import { getRuntime } from '@/server/runtime';

export const dynamic = 'force-dynamic';

export function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  return withActor(request, 'read', async (actor) => {
    const runtime = getRuntime();
    if (!runtime) return problemResponse(STARTING);
    const { id } = await context.params;
    const { sessions: history, source, chain } = runtime;
    return answerJson(await getSession({ history, actor, id, source, cluster: chain?.cluster ?? null }));
  });
}
