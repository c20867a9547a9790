import { getPerformance } from '@/server/history/get-analytics';
import { jsonResponse, problemResponse, STARTING } from '@/server/http/problem';
import { getRuntime } from '@/server/runtime';
import { epochMs } from '@/lib/units/time';

export const dynamic = 'force-dynamic';

export async function GET(request: Request): Promise<Response> {
  const runtime = getRuntime();
  if (!runtime) return problemResponse(STARTING);
  const { analytics: history, source } = runtime;
  const query = new URL(request.url).searchParams;
  const answer = await getPerformance({ history, query, source, now: epochMs(Date.now()) });
  return answer.ok ? jsonResponse(answer.value) : problemResponse(answer.error);
}
