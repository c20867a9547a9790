import { changeLimitsSchema } from '@/lib/protocol/account-api';
import { limitsFromJson } from '@/lib/safety/safety-json';
import { lamports } from '@/lib/units/lamports';
import { changeProtection } from '@/server/account/change-protection';
import { withAccountBody } from '@/server/account/with-account';

export const dynamic = 'force-dynamic';

export function PUT(request: Request): Promise<Response> {
  return withAccountBody(request, {
    requirement: 'player',
    schema: changeLimitsSchema,
    verb: (ctx, accountId, { limits, highRiskLamports }) =>
      changeProtection(ctx, {
        accountId,
        wishes: [
          { type: 'limits', limits: limitsFromJson(limits) },
          ...(highRiskLamports === undefined
            ? []
            : [{ type: 'high-risk' as const, lamports: lamports(BigInt(highRiskLamports)) }]),
        ],
      }),
  });
}
