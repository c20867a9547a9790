import { jsonResponse, problemResponse, STARTING } from '@/server/http/problem';
import { getRuntime } from '@/server/runtime';

export const dynamic = 'force-dynamic';

export function GET(): Response {
  const runtime = getRuntime();
  if (!runtime) return problemResponse(STARTING);
  const health = runtime.health();
  return jsonResponse(health, health.status === 'down' ? 503 : 200);
}
