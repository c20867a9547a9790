import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { GameFact } from '@/lib/game/events';
import { verifyGame } from '@/lib/game/provably-fair';
import { gamesPageSchema, SPARKLINE_POINTS_MAX } from '@/lib/protocol/games-api';
import { scriptGame, toFinished } from '@/lib/test-kit/frames';
import { epochMs } from '@/lib/units/time';
import { createGamesHistory } from '@/server/history/games-history';
import type { GamesFilter } from '@/server/history/games-filter';
import {
  HISTORY_START,
  historyGames,
  insertGames,
  peakOf,
  type HistoryGame,
} from '@/server/history/test-kit/history-games';
import { createReader } from '@/server/store/reader';
import { openTestStore } from '@/server/store/test-kit/store';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
let reader: ReturnType<typeof createReader> | null = null;
const history = () => createGamesHistory((reader ??= createReader(database())));
afterAll(() => reader?.end());

const bound = fc.option(fc.nat({ max: 40 }), { nil: undefined });
const time = fc.option(
  fc.nat({ max: 6 }).map((day) => epochMs(HISTORY_START + day * 86_400_000)),
  { nil: undefined },
);
const filters: fc.Arbitrary<GamesFilter> = fc.record({
  source: fc.constantFrom('live', 'simulator'),
  from: time,
  to: time,
  lengthMin: bound,
  lengthMax: bound,
  peakMin: fc.option(fc.nat({ max: 9 }), { nil: undefined }),
  peakMax: fc.option(fc.nat({ max: 9 }), { nil: undefined }),
  verified: fc.constantFrom('true', 'false', 'unverifiable', undefined),
  complete: fc.constantFrom(true, false, undefined),
});

/** The filter in words of JavaScript. */
function fits(game: HistoryGame, filter: GamesFilter): boolean {
  const { from, to, lengthMin, lengthMax, peakMin, peakMax, verified, complete } = filter;
  const rugTick = game.prices.length - 1;
  const name = { true: 'verified', false: 'failed', unverifiable: 'unverifiable' } as const;
  return (
    game.source === filter.source &&
    (from === undefined || game.endedAt >= from) &&
    (to === undefined || game.endedAt < to) &&
    rugTick >= (lengthMin ?? 0) &&
    rugTick <= (lengthMax ?? Infinity) &&
    peakOf(game) >= (peakMin ?? 0) &&
    peakOf(game) <= (peakMax ?? Infinity) &&
    (verified === undefined || game.verification === name[verified]) &&
    (complete === undefined || game.complete === complete)
  );
}

describe('a filtered list', () => {
  it('holds the games that fit and no others, newest first', async () => {
    await fc.assert(
      fc.asyncProperty(historyGames, filters, async (games, filter) => {
        await database().sql`truncate games cascade`;
        await insertGames(database().sql, games);
        const page = gamesPageSchema.parse(await history().listGames({ filter, limit: 100 }));
        const expected = games
          .filter((game) => fits(game, filter))
          .sort((a, b) => b.endedAt - a.endedAt || (a.gameId < b.gameId ? 1 : -1));
        expect(page.games.map((game) => game.gameId)).toEqual(expected.map((game) => game.gameId));
      }),
      { numRuns: 60 },
    );
  });
});

describe('the list as it was known at a moment', () => {
  it('holds a game that ran then without its end, none that came later, and finished ones as they are', async () => {
    let now = HISTORY_START;
    const store = await openTestStore({ ...database(), clock: () => epochMs(now) });
    const tell = async (at: number, facts: readonly GameFact[]) => {
      now = at;
      for (const fact of facts) store.write(fact);
      await store.flush();
    };
    const script = scriptGame(7);
    const finished = toFinished(script, HISTORY_START + 60_000);
    const { gameId } = script;
    const [announced, ended] = [epochMs(HISTORY_START), epochMs(HISTORY_START + 60_000)];
    await database().sql`truncate games cascade`;
    await tell(announced, [{ type: 'game-announced', gameId, at: announced, serverSeedHash: null, version: 'v3' }]);
    await tell(ended, [
      {
        type: 'game-finished',
        game: finished,
        at: ended,
        rugTick: script.rugTick,
        verification: verifyGame({ ...finished }),
        commitmentKept: null,
        watched: true,
        ticksRepaired: 0,
        ticksCorrected: 0,
      },
    ]);
    const list = async (at: number, filter = {}) =>
      gamesPageSchema.parse(
        await store.games.listGames({ filter: { source: 'live', at: epochMs(at), ...filter }, limit: 9 }),
      );
    expect((await list(announced - 1)).games).toEqual([]);
    const [running] = (await list(announced + 30_000)).games;
    expect(running).toMatchObject({ gameId, rugTick: null, serverSeed: null, verified: null, sparkline: [] });
    const [done] = (await list(ended)).games;
    expect(done).toMatchObject({ gameId, rugTick: script.rugTick, serverSeed: script.serverSeed, verified: true });
    expect(done!.sparkline.at(-1)).toBe(0.01);
    expect((await list(ended, { lengthMin: script.rugTick + 1 })).games).toEqual([]);
    expect((await list(announced + 30_000, { lengthMin: 0 })).games).toEqual([]);
  });
});

describe('a sparkline', () => {
  const sparklineOf = async (prices: readonly number[]) => {
    await database().sql`truncate games cascade`;
    const game = { gameId: '20260101-0000000000000000', source: 'live', endedAt: HISTORY_START, prices } as const;
    await insertGames(database().sql, [{ ...game, verification: 'verified', complete: true }]);
    return (await history().listGames({ filter: { source: 'live' }, limit: 1 })).games[0]!.sparkline;
  };

  it('is the path itself when that is short', async () => {
    expect(await sparklineOf([1, 1.5, 0.02])).toEqual([1, 1.5, 0.02]);
    expect(await sparklineOf([0.02])).toEqual([0.02]);
  });

  it('keeps the peak and the rug of a long path, in few points', async () => {
    const prices = Array.from({ length: 1_000 }, (_, tick) => 1 + tick / 1_000);
    prices[333] = 44.4;
    prices[999] = 0.0199;
    const sparkline = await sparklineOf(prices);
    expect(sparkline).toHaveLength(SPARKLINE_POINTS_MAX);
    expect(Math.max(...sparkline)).toBe(44.4);
    expect(sparkline[0]).toBeCloseTo(1.03, 1);
    expect(sparkline.at(-1)).toBe(0.0199);
  });
});
