import { getGame } from '@/server/http/games';
import { jsonResponse, problemResponse, STARTING } from '@/server/http/problem';
import { getRuntime } from '@/server/runtime';

export const dynamic = 'force-dynamic';

export async function GET(_request: Request, context: { params: Promise<{ gameId: string }> }): Promise<Response> {
  const runtime = getRuntime();
  if (!runtime) return problemResponse(STARTING);
  const game = await getGame({ games: runtime.games, id: (await context.params).gameId });
  return game.ok ? jsonResponse(game.value) : problemResponse(game.error);
}
