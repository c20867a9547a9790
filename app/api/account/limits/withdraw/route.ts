import { withdrawSchema } from '@/lib/protocol/account-api';
import { changeProtection } from '@/server/account/change-protection';
import { withAccountBody } from '@/server/account/with-account';

export const dynamic = 'force-dynamic';

export function POST(request: Request): Promise<Response> {
  return withAccountBody(request, {
    requirement: 'player',
    schema: withdrawSchema,
    verb: (ctx, accountId, { fields }) => changeProtection(ctx, { accountId, wishes: [{ type: 'withdraw', fields }] }),
  });
}
