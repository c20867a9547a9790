import { previewDeletion } from '@/server/account/delete-account';
import { withAccount } from '@/server/account/with-account';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return withAccount(request, 'player', previewDeletion);
}
