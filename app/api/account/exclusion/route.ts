import { exclusionSchema } from '@/lib/protocol/account-api';
import { changeProtection } from '@/server/account/change-protection';
import { withAccountBody } from '@/server/account/with-account';

export const dynamic = 'force-dynamic';

export function POST(request: Request): Promise<Response> {
  return withAccountBody(request, {
    requirement: 'player',
    schema: exclusionSchema,
    verb: (ctx, accountId, { durationMs }) =>
      changeProtection(ctx, { accountId, wishes: [{ type: 'exclusion', durationMs }] }),
  });
}
