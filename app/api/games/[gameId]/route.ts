import { getGame } from '@/server/history/get-games';
import { jsonResponse, problemResponse, STARTING } from '@/server/http/problem';
import { getRuntime } from '@/server/runtime';

export const dynamic = 'force-dynamic';

export async function GET(request: Request, context: { params: Promise<{ gameId: string }> }): Promise<Response> {
  const runtime = getRuntime();
  if (!runtime) return problemResponse(STARTING);
  const { gameId: id } = await context.params;
  const game = await getGame({ history: runtime.games, id, query: new URL(request.url).searchParams });
  return game.ok ? jsonResponse(game.value) : problemResponse(game.error);
}
