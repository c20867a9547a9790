// The store on a real PostgreSQL: what is written is what is read, whatever the facts are and however they come.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GameFact } from '@/lib/game/events';
import { gameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import { readGames, readPaths, readSideBets, readTicks } from '@/server/store/read-known';
import { DEAD_LETTERS_MAX } from '@/server/store/dead-letters';
import { arbitraryDelivery, arbitraryGame, price, type GameOfFacts } from '@/server/store/test-kit/facts';
import { openTestStore, type TestStore } from '@/server/store/test-kit/store';
import { applyBatch, createTables, toPlain } from '@/server/store/test-kit/tables';
import { toArrayLiteral } from '@/server/store/insert-rows';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
let nextGame = 1;

const tick = (id: string, n: number, value: number, at: number | null = 0): GameFact => ({
  type: 'tick',
  gameId: gameId(id),
  tick: n,
  price: value,
  at: at === null ? null : epochMs(at),
  source: at === null ? 'partial' : 'frame',
  live: at !== null,
});

function newGameId(day = '20260202'): string {
  return `${day}-${(nextGame++).toString(16).padStart(16, '0')}`;
}

function sample<T>(arbitrary: fc.Arbitrary<T>, seed: number): T {
  return fc.sample(arbitrary, { numRuns: 1, seed })[0]!;
}

/** A game with a history and more than one side bet in it. */
function sampleGame(): GameOfFacts {
  const n = 0x10_000 + nextGame++;
  return sample(
    arbitraryGame(n).filter((game) => game.finished.game.sideBets.length > 1),
    n,
  );
}

async function writeAll(store: TestStore, facts: readonly GameFact[]): Promise<void> {
  for (const fact of facts) store.write(fact);
  await store.flush();
}

async function readTables(ids: readonly string[]) {
  const { sql } = database();
  const games = ids.map(gameId);
  const trades = await sql`
    select * from trades where game_id = any(${toArrayLiteral(ids)}::text[]) order by trade_id collate "C"`;
  const known = {
    games: await readGames(sql, games),
    ...(await readTicks(sql, games)),
    paths: new Map((await readPaths(sql, games)).map((path) => [path.gameId, path])),
    sideBets: await readSideBets(sql, games),
  };
  return { known, trades };
}

describe('prices', () => {
  it('come back as the very same doubles, by COPY and by single rows', async () => {
    const store = await openTestStore(database());
    // Few go in as rows, many by COPY.
    const paths = fc.oneof(
      fc.array(price, { minLength: 1, maxLength: 20 }),
      fc.array(price, { minLength: 60, maxLength: 120 }),
    );
    await fc.assert(
      fc.asyncProperty(paths, async (prices) => {
        const id = newGameId();
        const seen: GameFact = { type: 'phase', gameId: gameId(id), phase: 'active', at: epochMs(1) };
        await writeAll(store, [seen, ...prices.map((value, n) => tick(id, n, value, n * 250))]);
        const found = await store.games.getGame(gameId(id));
        expect(found!.prices).toEqual(prices);
      }),
      { numRuns: 25, examples: [[[5e-324, 1.7976931348623157e308, 0.1 + 0.2, 1 / 3, 1e21, 123456789.12345679]]] },
    );
  });

  it('are null where no tick is known', async () => {
    const store = await openTestStore(database());
    const id = newGameId();
    await writeAll(store, [
      { type: 'phase', gameId: gameId(id), phase: 'active', at: epochMs(1) },
      tick(id, 3, 1.5),
      tick(id, 1, 1.25),
    ]);
    expect((await store.games.getGame(gameId(id)))!.prices).toEqual([null, 1.25, null, 1.5]);
    expect(await store.games.getGame(gameId(newGameId()))).toBeNull();
  });
});

describe('facts', () => {
  it('lead to the rows that the rules say, in any order, with repeats, over any batches', async () => {
    const store = await openTestStore(database());
    const n = nextGame;
    nextGame += 40;
    let run = 0;
    const cases = fc
      .constant(null)
      .chain(() => arbitraryGame(n + (run++ % 40)))
      .chain((game) => fc.tuple(fc.constant(game), arbitraryDelivery(game.facts), fc.array(fc.nat({ max: 20 }))));
    await fc.assert(
      fc.asyncProperty(cases, async ([game, facts, pauses]) => {
        const { sql } = database();
        await sql`delete from game_paths where game_id = ${game.gameId}`;
        await sql`delete from tick_intervals where game_id = ${game.gameId}`;
        await sql`delete from games where game_id = ${game.gameId}`;
        await sql`delete from ticks where game_id = ${game.gameId}`;
        await sql`delete from side_bets where game_id = ${game.gameId}`;
        await sql`delete from trades where game_id = ${game.gameId}`;
        for (const [i, fact] of facts.entries()) {
          store.write(fact);
          if (pauses.includes(i)) await store.flush();
        }
        await store.flush();
        const expected = createTables();
        applyBatch(expected, game.facts);
        const { known, trades } = await readTables([game.gameId]);
        const { paths, ...plain } = toPlain(expected);
        expect(toPlain({ ...createTables(), ...asMaps(known) })).toEqual({ ...plain, paths: [], trades: [] });
        expect([...known.paths]).toEqual(paths.map(([id, { path }]) => [id, path]));
        expect(trades.map((row) => row.amount_lamports)).toEqual(
          toPlain(expected).trades.map(([, { trade }]) => trade.amount.toString()),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('that come again after a restart change nothing', async () => {
    const first = await openTestStore(database());
    const game = sampleGame();
    await writeAll(first, game.facts);
    const before = await readTables([game.gameId]);
    const second = await openTestStore(database());
    await writeAll(second, game.facts.toReversed());
    expect(await readTables([game.gameId])).toEqual(before);
    expect(second.logged).toEqual([]);
  });

  it('of a finished game settle every side bet, also one that is told late', async () => {
    const store = await openTestStore(database());
    const id = newGameId();
    const { finished } = sampleGame();
    const bet = {
      gameId: gameId(id),
      playerId: 'late',
      username: null,
      stakeLamports: lamports(3n),
      payoutMultiple: 5,
      coinAddress: 'coin',
      startTick: 0,
      endTick: 40,
      placedAt: null,
    };
    await writeAll(store, [{ ...finished, game: { ...finished.game, gameId: gameId(id) } }]);
    await writeAll(store, [{ type: 'side-bet', sideBet: bet, at: epochMs(7) }]);
    const rows = await database().sql`
      select player_id, outcome, payout_lamports from side_bets where game_id = ${id} order by player_id`;
    expect(rows).toHaveLength(finished.game.sideBets.length + 1);
    expect(rows.every((row) => row.outcome !== null)).toBe(true);
    expect(rows.find((row) => row.player_id === 'late')).toMatchObject({ outcome: 'won', payout_lamports: '15' });
  });

  it('keep a conflict of one tick from costing the rest of its batch, at the end of a COPY as in its middle', async () => {
    const store = await openTestStore(database());
    for (const count of [60, 5_000]) {
      const id = newGameId();
      await writeAll(store, [tick(id, count - 1, 9)]);
      await writeAll(
        store,
        Array.from({ length: count }, (_, n) => tick(id, n, n)),
      );
      const [row] = await database().sql`
        select count(*)::int as count, max(price) as highest from ticks where game_id = ${id}`;
      expect(row).toEqual({ count, highest: count - 1 });
    }
    expect(store.health()).toMatchObject({ status: 'ok', dropped: 0, spooled: 0 });
  });
});

describe('what PostgreSQL refuses', () => {
  it('becomes a dead letter, and costs nothing beside it', async () => {
    const store = await openTestStore(database());
    const id = newGameId();
    const good = Array.from({ length: 10 }, (_, n) => tick(id, n, n));
    await writeAll(store, [...good.slice(0, 5), tick(id, 77, -1), ...good.slice(5)]);
    const [row] = await database().sql`select count(*)::int as count from ticks where game_id = ${id}`;
    expect(row!.count).toBe(10);
    expect(store.health()).toMatchObject({ status: 'ok', dropped: 1, written: 10 });
    const letters = await database().sql`select event, reason, part from dead_letters where event = 'store:tick'`;
    expect(letters).toHaveLength(1);
    expect(letters[0]!.reason).toContain('ticks_price_check');
    expect(letters[0]!.part).toContain(`"gameId":"${id}"`);
  });

  it('in a finished game’s history costs that one bet', async () => {
    const store = await openTestStore(database());
    const { finished } = sampleGame();
    const id = gameId(newGameId());
    const bets = finished.game.sideBets.map((bet, i) => (i === 1 ? { ...bet, stakeLamports: lamports(0n) } : bet));
    await writeAll(store, [{ ...finished, game: { ...finished.game, gameId: id, sideBets: bets } }]);
    expect((await store.games.getGame(id))!.game).toMatchObject({ complete: true });
    const rows = await database().sql`select outcome from side_bets where game_id = ${id}`;
    expect(rows).toHaveLength(bets.length - 1);
  });
});

describe('dead letters', () => {
  const letter = (n: number, part: unknown) => ({ at: epochMs(n), event: 'event', reason: 'reason', part });

  it('may hold NUL, half characters and megabytes', async () => {
    const store = await openTestStore(database());
    store.writeDeadLetter({ at: epochMs(1), event: 'nul\0', reason: '\ud800', part: { text: 'a\0b\ud800' } });
    store.writeDeadLetter(letter(2, { huge: 'x'.repeat(5_000_000), 'key\0': 1 }));
    await store.flush();
    const rows = await database().sql`select * from dead_letters where at <= ${new Date(2)} order by at`;
    expect(rows.map((row) => [row.event, row.reason, row.part.length, row.part_cut])).toEqual([
      ['nul\uFFFD', '\uFFFD', '{"text":"a\\u0000b\\ud800"}'.length, false],
      ['event', 'reason', 8_000, true],
    ]);
    expect(JSON.parse(rows[0]!.part)).toEqual({ text: 'a\0b\ud800' });
  });

  it('are kept to a bound, the newest', async () => {
    const store = await openTestStore(database());
    const count = DEAD_LETTERS_MAX + 300;
    for (let n = 0; n < count; n++) store.writeDeadLetter(letter(10_000 + n, n));
    await store.flush();
    const [row] = await database().sql`
      select count(*)::int as count, min(part::int) as oldest, max(part::int) as newest
      from dead_letters where event = 'event' and at >= ${new Date(10_000)}`;
    expect(row).toEqual({ count: DEAD_LETTERS_MAX, oldest: 300, newest: count - 1 });
  });

  it('that are written twice are one', async () => {
    const store = await openTestStore(database());
    for (let i = 0; i < 2; i++) {
      store.writeDeadLetter(letter(5, 'twice'));
      await store.flush();
    }
    const rows = await database().sql`select 1 from dead_letters where part = '"twice"'`;
    expect(rows).toHaveLength(1);
  });
});

function asMaps(known: Awaited<ReturnType<typeof readTables>>['known']) {
  const copy = <K, V>(map: ReadonlyMap<K, V>) => new Map(map);
  return {
    games: copy(known.games),
    ticks: new Map([...known.ticks].map(([id, rows]) => [id, copy(rows)])),
    sideBets: new Map([...known.sideBets].map(([id, rows]) => [id, copy(rows)])),
  };
}
