import { changeSettingsSchema } from '@/lib/protocol/account-api';
import { saveSettings } from '@/server/account/save-settings';
import { withAccountBody } from '@/server/account/with-account';

export const dynamic = 'force-dynamic';

export function PUT(request: Request): Promise<Response> {
  return withAccountBody(request, {
    requirement: 'player',
    schema: changeSettingsSchema,
    verb: (ctx, accountId, change) => saveSettings(ctx, { accountId, change }),
  });
}
