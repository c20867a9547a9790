import { getGames } from '@/server/history/get-games';
import { jsonResponse, problemResponse, STARTING } from '@/server/http/problem';
import { getRuntime } from '@/server/runtime';

export const dynamic = 'force-dynamic';

export async function GET(request: Request): Promise<Response> {
  const runtime = getRuntime();
  if (!runtime) return problemResponse(STARTING);
  const { games: history, source } = runtime;
  const page = await getGames({ history, source, query: new URL(request.url).searchParams });
  return page.ok ? jsonResponse(page.value) : problemResponse(page.error);
}
