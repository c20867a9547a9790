import { getBetProof } from '@/server/history/get-sessions';
import { answerJson } from '@/server/http/answer';
import { problemResponse, STARTING } from '@/server/http/problem';
import { getRuntime } from '@/server/runtime';

export const dynamic = 'force-dynamic';

/** Whoever has the link may read it: nobody can guess a bet's id, and a proof names nobody. */
export async function GET(_request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const runtime = getRuntime();
  if (!runtime) return problemResponse(STARTING);
  const { id } = await context.params;
  return answerJson(await getBetProof({ history: runtime.sessions, chain: runtime.chain, id }));
}
