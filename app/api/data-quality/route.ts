import { jsonResponse, problemResponse, STARTING } from '@/server/http/problem';
import { getDataQuality } from '@/server/quality/get-data-quality';
import { getRuntime } from '@/server/runtime';

export const dynamic = 'force-dynamic';

export async function GET(request: Request): Promise<Response> {
  const runtime = getRuntime();
  if (!runtime) return problemResponse(STARTING);
  const answer = await getDataQuality({ quality: runtime.quality, query: new URL(request.url).searchParams });
  return answer.ok ? jsonResponse(answer.value) : problemResponse(answer.error);
}
