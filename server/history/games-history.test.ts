import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GameFact } from '@/lib/game/events';
import { gameId } from '@/lib/units/game-id';
import { epochMs } from '@/lib/units/time';
import { scriptGame, toFinished } from '@/lib/test-kit/frames';
import { verifyGame } from '@/lib/game/provably-fair';
import { parseCursor, type GamesCursor } from '@/server/store/games-cursor';
import { openTestStore, type TestStore } from '@/server/store/test-kit/store';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const LIVE = { source: 'live' } as const;
/** Few distinct times, so that many games share one. */
const TIMES = 4;

function announced(n: number, at: number): GameFact {
  const id = gameId(`20260404-${n.toString(16).padStart(16, '0')}`);
  return { type: 'game-announced', gameId: id, at: epochMs(at), serverSeedHash: null, version: null };
}

async function walk(store: TestStore, limits: readonly number[]): Promise<string[]> {
  const ids: string[] = [];
  let after: GamesCursor | undefined;
  for (let page = 0; ; page++) {
    const limit = limits[page % limits.length]!;
    const { games, next } = await store.games.listGames({ limit, after, filter: LIVE });
    expect(games.length).toBeLessThanOrEqual(limit);
    ids.push(...games.map((game) => game.gameId));
    if (next === null) return ids;
    expect(games).toHaveLength(limit);
    after = parseCursor(next);
  }
}

describe('the list of games', () => {
  it('is walked whole by pages of any size: newest first, each game once', async () => {
    const store = await openTestStore(database());
    const times = fc.array(fc.nat({ max: TIMES }), { maxLength: 25 });
    const limits = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(times, limits, async (ats, sizes) => {
        await database().sql`truncate games cascade`;
        ats.forEach((at, n) => store.write(announced(n, 1_000 + at)));
        await store.flush();
        const expected = ats
          .map((at, n) => ({ at, id: `20260404-${n.toString(16).padStart(16, '0')}` }))
          .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
          .map(({ id }) => id);
        expect(await walk(store, sizes)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  it('goes on where a page ended when games come in meanwhile', async () => {
    const store = await openTestStore(database());
    await database().sql`truncate games cascade`;
    for (let n = 0; n < 6; n++) store.write(announced(n, 1_000 + n));
    await store.flush();
    const first = await store.games.listGames({ limit: 3, filter: LIVE });
    store.write(announced(99, 5_000));
    await store.flush();
    const second = await store.games.listGames({ limit: 3, after: parseCursor(first.next!), filter: LIVE });
    const numbers = [...first.games, ...second.games].map((game) => Number(`0x${game.gameId.slice(-4)}`));
    expect(numbers).toEqual([5, 4, 3, 2, 1, 0]);
    expect(second.next).toBeNull();
  });

  it('is read through the index of its order', async () => {
    const { sql } = database();
    const rows = await sql.unsafe(`
      set enable_seqscan = off;
      explain select * from games where source = 'live' and (listed_at, game_id) < (now(), '20260404-0000000000000001')
      order by listed_at desc, game_id desc limit 3`);
    const plan = (rows.at(-1) as unknown as { 'QUERY PLAN': string }[]).map((row) => row['QUERY PLAN']).join('\n');
    await sql.unsafe('reset enable_seqscan');
    expect(plan).toContain('Index Scan Backward using games_source_listed_at_index');
    expect(plan).not.toContain('Sort');
  });
});

describe('a finished game', () => {
  it('is told with all that its facts said', async () => {
    const store = await openTestStore(database());
    const script = scriptGame(7);
    const game = toFinished(script);
    const start = game.endedAt - 60_000;
    store.write({
      type: 'game-announced',
      gameId: game.gameId,
      at: epochMs(start - 15_000),
      serverSeedHash: game.serverSeedHash,
      version: 'v3',
    });
    store.write({ type: 'phase', gameId: game.gameId, phase: 'active', at: epochMs(start) });
    await store.flush();
    const unfinished = await store.games.getGame(game.gameId);
    expect(unfinished).toMatchObject({
      game: { verified: null, complete: false, rugTick: null, endedAt: null },
      prices: [],
    });
    store.write({
      type: 'game-finished',
      game,
      at: epochMs(game.endedAt + 500),
      rugTick: script.rugTick,
      verification: verifyGame({ ...game, version: game.version }),
      commitmentKept: true,
      watched: true,
      ticksRepaired: script.prices.length,
      ticksCorrected: 0,
    });
    await store.flush();
    expect(await store.games.getGame(game.gameId)).toEqual({
      game: {
        gameId: game.gameId,
        phase: 'rugged',
        source: 'live',
        rugTick: script.rugTick,
        peak: script.peak,
        verified: true,
        verification: 'verified',
        checks: null,
        complete: true,
        version: 'v3',
        serverSeed: game.serverSeed,
        serverSeedHash: game.serverSeedHash,
        commitmentKept: true,
        ticksRepaired: script.prices.length,
        ticksCorrected: 0,
        startedAt: start,
        endedAt: game.endedAt,
        listedAt: game.endedAt,
      },
      prices: game.prices,
    });
  });
});

describe('a reader', () => {
  it('finds a database that was away', async () => {
    const store = await openTestStore(database());
    await store.games.listGames({ limit: 1, filter: LIVE });
    await database().sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'fortytick-reader' and datname = current_database()`;
    const ask = () =>
      store.games.listGames({ limit: 1, filter: LIVE }).then(
        () => true,
        () => false,
      );
    // The first may still meet the connection that is gone; the one after it does not.
    await ask();
    expect(await ask()).toBe(true);
  });
});
