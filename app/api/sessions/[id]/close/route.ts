import { closeSessionSchema } from '@/lib/protocol/sessions-api';
import { closeSession } from '@/server/history/get-sessions';
import { answerJson, refuse } from '@/server/http/answer';
import { problemResponse, STARTING } from '@/server/http/problem';
import { readBody } from '@/server/http/read-body';
import { withActor } from '@/server/http/with-actor';
import { getRuntime } from '@/server/runtime';

export const dynamic = 'force-dynamic';

/** Ending a session places nothing, so that a key for paper bets may do it. */
export function POST(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  return withActor(request, 'bet-paper', async (actor) => {
    const bets = getRuntime()?.bets;
    if (!bets) return problemResponse(STARTING);
    const body = await readBody(request, closeSessionSchema);
    if (!body.ok) return refuse(body.error);
    const { id } = await context.params;
    return answerJson(await closeSession({ bets, actor, id }));
  });
}
