import { emptySchema } from '@/lib/protocol/account-api';
import { acceptOdds } from '@/server/account/accept-odds';
import { withAccountBody } from '@/server/account/with-account';

export const dynamic = 'force-dynamic';

export function POST(request: Request): Promise<Response> {
  return withAccountBody(request, {
    requirement: 'player',
    schema: emptySchema,
    verb: acceptOdds,
  });
}
