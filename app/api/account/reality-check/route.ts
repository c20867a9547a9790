import { realityCheckSchema } from '@/lib/protocol/account-api';
import { changeProtection } from '@/server/account/change-protection';
import { withAccountBody } from '@/server/account/with-account';

export const dynamic = 'force-dynamic';

export function PUT(request: Request): Promise<Response> {
  return withAccountBody(request, {
    requirement: 'player',
    schema: realityCheckSchema,
    verb: (ctx, accountId, { intervalMs }) =>
      changeProtection(ctx, { accountId, wishes: [{ type: 'reality-check-interval', intervalMs }] }),
  });
}
