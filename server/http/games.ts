// The verbs behind /api/games: parse what a stranger sent, ask the record, answer or say why not.
import { err, ok, type Result } from '@/lib/units/result';
import { isGameId } from '@/lib/units/game-id';
import { badParameter, type Problem } from '@/server/http/problem';
import type { GamesPage, GamesRepository } from '@/server/store/store';

const LIMIT_DEFAULT = 20;
const LIMIT_MAX = 100;

export type Answer<T> = Promise<Result<T, Problem>>;

export async function listGames({
  games,
  query,
}: {
  games: GamesRepository;
  query: URLSearchParams;
}): Answer<GamesPage> {
  const limitText = query.get('limit');
  const limit = limitText === null ? LIMIT_DEFAULT : Number(limitText);
  if (limitText === '' || !Number.isInteger(limit) || limit < 1 || limit > LIMIT_MAX) {
    return err(badParameter('limit', limitText ?? '', `a whole number from 1 to ${LIMIT_MAX}`));
  }
  const before = query.get('before') ?? undefined;
  return withDatabase(async () => {
    try {
      return ok(await games.listGames({ limit, before }));
    } catch (error) {
      if (error instanceof RangeError)
        return err(badParameter('before', before ?? '', 'the "next" of an earlier page'));
      throw error;
    }
  });
}

export async function getGame({
  games,
  id,
}: {
  games: GamesRepository;
  id: string;
}): Answer<NonNullable<Awaited<ReturnType<GamesRepository['getGame']>>>> {
  if (!isGameId(id)) return err(badParameter('gameId', id, 'a game id such as 20251207-1e01ac417e8043ca'));
  return withDatabase(async () => {
    const found = await games.getGame(id);
    if (found) return ok(found);
    return err({ status: 404, title: 'Unknown game', detail: `No game ${id} is on record.` });
  });
}

/** The record may be away while the live side goes on; that is the server's trouble, not the caller's. */
async function withDatabase<T>(ask: () => Answer<T>): Answer<T> {
  try {
    return await ask();
  } catch {
    return err({
      status: 503,
      title: 'Record unavailable',
      detail: 'The database does not answer. Live data goes on, and nothing seen meanwhile is lost.',
    });
  }
}
