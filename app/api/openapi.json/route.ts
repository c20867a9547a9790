import { createOpenApi } from '@/server/http/openapi';
import { jsonResponse } from '@/server/http/problem';

export const dynamic = 'force-dynamic';

export function GET(): Response {
  return jsonResponse(createOpenApi());
}
