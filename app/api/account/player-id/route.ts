import { playerIdSchema } from '@/lib/protocol/account-api';
import { linkPlayer } from '@/server/account/link-player';
import { withAccountBody } from '@/server/account/with-account';

export const dynamic = 'force-dynamic';

export function PUT(request: Request): Promise<Response> {
  return withAccountBody(request, {
    requirement: 'player',
    schema: playerIdSchema,
    verb: (ctx, accountId, { playerId }) => linkPlayer(ctx, { accountId, playerId }),
  });
}
