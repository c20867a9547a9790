import { placeBetSchema } from '@/lib/protocol/bets-api';
import { listBets } from '@/server/bets/list-bets';
import { answerJson, refuse } from '@/server/http/answer';
import { readBody } from '@/server/http/read-body';
import { withActor } from '@/server/http/with-actor';
import { withBets } from '@/server/bets/with-bets';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return withActor(request, 'read', (actor) =>
    withBets(async (bets) => answerJson(await listBets(bets, actor, new URL(request.url).searchParams))),
  );
}

/** A key for paper bets may ask; what it may bet on is looked at with the venue. */
export function POST(request: Request): Promise<Response> {
  return withActor(request, 'bet-paper', (actor) =>
    withBets(async (bets) => {
      const body = await readBody(request, placeBetSchema);
      return body.ok ? answerJson(await bets.place(actor, body.value)) : refuse(body.error);
    }),
  );
}
