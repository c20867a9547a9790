// Finished games put straight into the tables, for tests that read them.
import fc from 'fast-check';
import type { RawSql } from '@/db/connect';
import { toArrayLiteral } from '@/server/store/insert-rows';

export type HistoryGame = {
  readonly gameId: string;
  readonly source: 'live' | 'simulator';
  readonly endedAt: number;
  readonly prices: readonly number[];
  readonly verification: 'verified' | 'failed' | 'unverifiable';
  readonly complete: boolean;
};

export const HISTORY_START = Date.UTC(2026, 0, 1);

/** Few distinct times and lengths, so that borders are hit. */
export const historyGames: fc.Arbitrary<HistoryGame[]> = fc
  .array(
    fc.record({
      source: fc.constantFrom('live', 'live', 'simulator'),
      endedAt: fc.nat({ max: 5 }).map((day) => HISTORY_START + day * 86_400_000),
      prices: fc.array(
        fc.double({ min: 0, max: 9, noNaN: true }).map((price) => price + 0),
        { minLength: 1, maxLength: 40 },
      ),
      verification: fc.constantFrom('verified', 'verified', 'failed', 'unverifiable'),
      complete: fc.boolean(),
    }),
    { maxLength: 25 },
  )
  .map((games) => games.map((game, n) => ({ gameId: historyGameId(n), ...game })));

export function historyGameId(n: number): string {
  return `20260101-${n.toString(16).padStart(16, '0')}`;
}

export async function insertGames(sql: RawSql, games: readonly HistoryGame[]): Promise<void> {
  const column = (of: (game: HistoryGame) => string | number | boolean) => toArrayLiteral(games.map(of));
  await sql`
    insert into games (game_id, source, phase, ended_at, confirmed_at, listed_at, rug_tick, peak, verification, complete,
      ticks_repaired, ticks_corrected, server_seed)
    select id, source, 'rugged', ended_at, ended_at, ended_at, length - 1, peak, verification, complete, 0, 0, '=seed'
    from unnest(${column((game) => game.gameId)}::text[], ${column((game) => game.source)}::text[],
      ${column((game) => new Date(game.endedAt).toISOString())}::timestamptz[],
      ${column((game) => game.prices.length)}::integer[], ${column(peakOf)}::double precision[],
      ${column((game) => game.verification)}::text[], ${column((game) => game.complete)}::boolean[])
      as game(id, source, ended_at, length, peak, verification, complete)`;
  for (const { gameId, prices, endedAt } of games) {
    await sql`
      insert into game_paths (game_id, prices, sources, compacted_at)
      values (${gameId}, ${toArrayLiteral(prices)}, ${`history:0-${prices.length - 1}`}, ${new Date(endedAt).toISOString()})`;
  }
}

export function peakOf({ prices }: Pick<HistoryGame, 'prices'>): number {
  return Math.max(...prices);
}
