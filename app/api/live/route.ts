import { jsonResponse, problemResponse, STARTING } from '@/server/http/problem';
import { getRuntime } from '@/server/runtime';

export const dynamic = 'force-dynamic';

export function GET(): Response {
  const runtime = getRuntime();
  return runtime ? jsonResponse(runtime.live.view()) : problemResponse(STARTING);
}
