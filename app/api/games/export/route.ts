import { exportGames } from '@/server/history/export-games';
import { problemResponse, STARTING } from '@/server/http/problem';
import { getRuntime } from '@/server/runtime';

export const dynamic = 'force-dynamic';

export async function GET(request: Request): Promise<Response> {
  const runtime = getRuntime();
  if (!runtime) return problemResponse(STARTING);
  const { exports, source } = runtime;
  const query = new URL(request.url).searchParams;
  const exported = await exportGames({ exports, source, query, signal: request.signal });
  return exported.ok ? exported.value : problemResponse(exported.error);
}
