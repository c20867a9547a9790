import { cancelBetSchema } from '@/lib/protocol/bets-api';
import { answerJson, refuse } from '@/server/http/answer';
import { readBody } from '@/server/http/read-body';
import { withActor } from '@/server/http/with-actor';
import { withBets } from '@/server/bets/with-bets';

export const dynamic = 'force-dynamic';

/** Taking back places nothing, so that a key for paper bets may do it. */
export function POST(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  return withActor(request, 'bet-paper', (actor) =>
    withBets(async (bets) => {
      const body = await readBody(request, cancelBetSchema);
      if (!body.ok) return refuse(body.error);
      const { id } = await context.params;
      return answerJson(await bets.cancel(actor, id));
    }),
  );
}
