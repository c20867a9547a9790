import { describe, expect, it } from 'vitest';
import type { GamesHistory } from '@/server/history/games-history';
import { getGame, getGameDetail, getGames } from '@/server/history/get-games';

const asked: unknown[] = [];
const history: Pick<GamesHistory, 'listGames' | 'getGame' | 'getGameDetail'> = {
  async listGames(query) {
    asked.push(query);
    return { games: [], source: 'live', next: null, at: null };
  },
  getGame: async () => null,
  getGameDetail: async () => null,
};
const fail = () => Promise.reject(new Error('connection refused'));
const away = { listGames: fail, getGame: fail, getGameDetail: fail };
const list = (query: string) => getGames({ history, source: 'live', query: new URLSearchParams(query) });
const UNKNOWN = '20260101-0000000000000000';

describe('the list of games', () => {
  it('asks for twenty games of the running feed unless told otherwise', async () => {
    expect(await list('')).toMatchObject({ ok: true });
    expect(asked.at(-1)).toMatchObject({ limit: 20, filter: { source: 'live' } });
    await list('limit=100&source=simulator&lengthMin=10&verified=false&complete=false');
    expect(asked.at(-1)).toMatchObject({
      limit: 100,
      filter: { source: 'simulator', lengthMin: 10, verified: 'false', complete: false },
    });
  });

  it.each([
    'limit=0',
    'limit=1e99',
    'before=bad',
    'lengthMin=-1',
    'lengthMax=5001',
    'peakMin=NaN',
    'peakMax=1e300',
    'verified=yes',
    'complete=1',
    'source=both',
    'from=soon',
    'at=0',
    'lengthMin=20&lengthMax=10',
    'peakMin=2&peakMax=1',
    'from=2025-12-08&to=2025-12-06',
    'limit=1&limit=2',
    'limits=1',
  ])('refuses %s, naming the parameter and what it takes', async (query) => {
    const answer = await list(query);
    expect(answer).toMatchObject({ ok: false, error: { status: 400 } });
    expect(!answer.ok && answer.error.detail).toMatch(new RegExp(`^${query.split('=')[0]} is .*: it takes `));
  });

  it('says that the record is away when the database is', async () => {
    const answer = await getGames({ history: away, source: 'live', query: new URLSearchParams() });
    expect(answer).toMatchObject({ error: { status: 503 } });
  });
});

describe('one game', () => {
  it.each([getGame, getGameDetail])('is unknown with 404 and malformed with 400', async (get) => {
    const query = new URLSearchParams();
    expect(await get({ history, id: UNKNOWN, query })).toMatchObject({ error: { status: 404 } });
    expect(await get({ history, id: "'; drop table games", query })).toMatchObject({ error: { status: 400 } });
    expect(await get({ history: away, id: UNKNOWN, query })).toMatchObject({ error: { status: 503 } });
  });

  it('takes no parameter but the moment of its detail', async () => {
    const query = new URLSearchParams('at=2025-12-07');
    expect(await getGame({ history, id: UNKNOWN, query })).toMatchObject({ error: { status: 400 } });
    expect(await getGameDetail({ history, id: UNKNOWN, query })).toMatchObject({ error: { status: 404 } });
  });
});
