import { submitBetSchema } from '@/lib/protocol/bets-api';
import { answerJson, refuse } from '@/server/http/answer';
import { readBody } from '@/server/http/read-body';
import { withActor } from '@/server/http/with-actor';
import { withBets } from '@/server/bets/with-bets';

export const dynamic = 'force-dynamic';

export function POST(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  return withActor(request, 'bet', (actor) =>
    withBets(async (bets) => {
      const body = await readBody(request, submitBetSchema);
      if (!body.ok) return refuse(body.error);
      const { id } = await context.params;
      return answerJson(await bets.submit(actor, id, body.value.transaction));
    }),
  );
}
