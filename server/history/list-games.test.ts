import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gamesPageSchema, SPARKLINE_POINTS_MAX } from '@/lib/protocol/games-api';
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
import { useTestDatabase } from '@/server/test-kit/postgres';
import { afterAll } from 'vitest';

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
  at: time,
  lengthMin: bound,
  lengthMax: bound,
  peakMin: fc.option(fc.nat({ max: 9 }), { nil: undefined }),
  peakMax: fc.option(fc.nat({ max: 9 }), { nil: undefined }),
  verified: fc.constantFrom('true', 'false', 'unverifiable', undefined),
  complete: fc.constantFrom(true, false, undefined),
});

/** The filter in words of JavaScript. */
function fits(game: HistoryGame, filter: GamesFilter): boolean {
  const { from, to, at, lengthMin, lengthMax, peakMin, peakMax, verified, complete } = filter;
  const rugTick = game.prices.length - 1;
  const name = { true: 'verified', false: 'failed', unverifiable: 'unverifiable' } as const;
  return (
    game.source === filter.source &&
    (from === undefined || game.endedAt >= from) &&
    (to === undefined || game.endedAt < to) &&
    (at === undefined || game.endedAt <= at) &&
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
