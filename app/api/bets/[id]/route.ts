import { getBet } from '@/server/bets/list-bets';
import { answerJson } from '@/server/http/answer';
import { withActor } from '@/server/http/with-actor';
import { withBets } from '@/server/bets/with-bets';

export const dynamic = 'force-dynamic';

export function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  return withActor(request, 'read', (actor) =>
    withBets(async (bets) => answerJson(await getBet(bets, actor, (await context.params).id))),
  );
}
