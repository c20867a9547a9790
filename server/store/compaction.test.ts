// Compaction on a real PostgreSQL: the path row is written with the game's confirmation, tells what the tick rows told,
// and takes their place once they are gone, whatever is told again.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GameId } from '@/lib/units/game-id';
import { epochMs } from '@/lib/units/time';
import { readPaths, readTicks } from '@/server/store/read-known';
import { arbitraryDelivery, arbitraryGame, type GameOfFacts } from '@/server/store/test-kit/facts';
import { openTestStore } from '@/server/store/test-kit/store';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
let nextGame = 0x50_000;

function sampleGame(): GameOfFacts {
  const n = nextGame++;
  return fc.sample(
    arbitraryGame(n).filter((game) => game.rugTick > 4),
    { numRuns: 1, seed: n },
  )[0]!;
}

async function readRow(gameId: GameId) {
  const [row] = await database().sql`
    select prices, first_received_at, arrivals_ms, sources, assessments, to_jsonb(i) as intervals
    from game_paths left join tick_intervals i using (game_id) where game_id = ${gameId}`;
  return row;
}

async function countTicks(gameId: GameId): Promise<number> {
  const [row] = await database().sql`select count(*)::int as count from ticks where game_id = ${gameId}`;
  return row!.count;
}

describe('a game whose tick rows are gone', () => {
  it('is told as before, and stays as it is when everything is told again in any order', async () => {
    const store = await openTestStore(database());
    const game = sampleGame();
    for (const fact of game.facts) store.write(fact);
    await store.flush();
    const ids = [game.gameId];
    const before = await readTicks(database().sql, ids);
    const row = await readRow(game.gameId);
    expect(before.ticks.get(game.gameId)!.size).toBe(game.prices.length);

    await database().sql`delete from ticks where game_id = ${game.gameId}`;
    expect((await readTicks(database().sql, ids)).ticks).toEqual(before.ticks);

    for (const fact of fc.sample(arbitraryDelivery(game.facts), { numRuns: 1, seed: 1 })[0]!) store.write(fact);
    await store.flush();
    expect(await countTicks(game.gameId)).toBe(0);
    expect(await readRow(game.gameId)).toEqual(row);
    expect(store.logged).toEqual([]);
  });

  it('takes a late arrival into its path, with no row of its own', async () => {
    const store = await openTestStore(database());
    const game = sampleGame();
    store.write(game.finished);
    await store.flush();
    await database().sql`delete from ticks where game_id = ${game.gameId}`;
    const at = epochMs(game.finished.game.endedAt - 500);
    for (const tick of [1, 2]) {
      const price = game.prices[tick]!;
      store.write({ type: 'tick', gameId: game.gameId, tick, price, at, source: 'frame', live: false });
    }
    await store.flush();
    const [path] = await readPaths(database().sql, [game.gameId]);
    expect(path).toMatchObject({ prices: game.prices, firstReceivedAt: at });
    expect(path!.sources).toBe(`history:0-0 frame:1-2 history:3-${game.rugTick}`);
    expect(await readRow(game.gameId)).toMatchObject({ intervals: { intervals: 1, max_ms: 0 } });
    expect(await countTicks(game.gameId)).toBe(0);
  });
});

describe('a game that is not confirmed', () => {
  it('has no path', async () => {
    const store = await openTestStore(database());
    const game = sampleGame();
    for (const fact of game.facts) if (fact.type !== 'game-finished') store.write(fact);
    await store.flush();
    expect(await readRow(game.gameId)).toBeUndefined();
  });
});
