import { describe, expect, it } from 'vitest';
import { getGame, listGames } from '@/server/http/games';
import type { GamesRepository } from '@/server/store/store';

const asked: unknown[] = [];
const games: GamesRepository = {
  async listGames(query) {
    asked.push(query);
    if (query.before === 'bad') throw new RangeError('no cursor');
    return { games: [], next: null };
  },
  getGame: async () => null,
};
const away: GamesRepository = {
  listGames: () => Promise.reject(new Error('connection refused')),
  getGame: () => Promise.reject(new Error('connection refused')),
};
const list = (query: string) => listGames({ games, query: new URLSearchParams(query) });

describe('the list of games', () => {
  it('asks for twenty unless told otherwise', async () => {
    expect(await list('')).toMatchObject({ ok: true });
    expect(asked.at(-1)).toEqual({ limit: 20, before: undefined });
    await list('limit=100&before=x');
    expect(asked.at(-1)).toEqual({ limit: 100, before: 'x' });
  });

  it.each(['limit=0', 'limit=-1', 'limit=101', 'limit=1.5', 'limit=NaN', 'limit=', 'limit=1e99', 'before=bad'])(
    'refuses %s, naming the parameter and what it takes',
    async (query) => {
      const answer = await list(query);
      expect(answer).toMatchObject({ ok: false, error: { status: 400 } });
      expect(!answer.ok && answer.error.detail).toMatch(new RegExp(`^${query.split('=')[0]} is .*: it takes `));
    },
  );

  it('says that the record is away when the database is', async () => {
    expect(await listGames({ games: away, query: new URLSearchParams() })).toMatchObject({ error: { status: 503 } });
  });
});

describe('one game', () => {
  it('is unknown with 404 and malformed with 400', async () => {
    expect(await getGame({ games, id: '20260101-0000000000000000' })).toMatchObject({ error: { status: 404 } });
    expect(await getGame({ games, id: "'; drop table games" })).toMatchObject({ error: { status: 400 } });
  });
});
