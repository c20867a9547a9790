// Laws: the order, repetition and grouping of facts do not matter; the history undoes what was seen wrong; nothing the
// history has confirmed is changed by live facts; a confirmed game's path tells its ticks, and stands for them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactGame, expandPath } from '@/server/store/plan-path';
import type { StoredFact } from '@/server/store/store-item';
import {
  arbitraryBatches,
  arbitraryDelivery,
  arbitraryDisturbance,
  arbitraryGame,
  type GameOfFacts,
} from '@/server/store/test-kit/facts';
import { applyBatch, createTables, dropTickRows, toPlain, type Tables } from '@/server/store/test-kit/tables';

function write(batches: readonly (readonly StoredFact[])[]): Tables {
  const tables = createTables();
  for (const batch of batches) applyBatch(tables, batch);
  return tables;
}

/** What nobody told in a wrong form: where a price was learnt depends on which of two wrong ones came last. */
function withoutSources(tables: Tables) {
  const plain = toPlain(tables);
  return {
    ...plain,
    ticks: plain.ticks.map(([id, rows]) => [id, rows.map(({ tick, price, receivedAt }) => [tick, price, receivedAt])]),
    paths: plain.paths.map(([id, { path, intervals }]) => [id, { ...path, sources: null }, intervals]),
  };
}

const twoGames = fc.tuple(
  arbitraryGame(1),
  fc.boolean().chain((ended) => arbitraryGame(2, { ended })),
);

describe('the rows that facts lead to', () => {
  it('are the same in any order, with any repeats, in any batches', () => {
    const cases = twoGames.chain(([a, b]) => {
      const facts = [...a.facts, ...b.facts];
      return fc.tuple(fc.constant(facts), arbitraryDelivery(facts).chain(arbitraryBatches));
    });
    fc.assert(
      fc.property(cases, ([facts, batches]) => {
        expect(toPlain(write(batches))).toEqual(toPlain(write([facts])));
      }),
      { numRuns: 300 },
    );
  });

  it('are right in the end whatever was seen wrong on the way', () => {
    const cases = arbitraryGame(1).chain((game) =>
      arbitraryDisturbance(game).chain((wrong) =>
        fc.tuple(fc.constant(game), arbitraryDelivery([...game.facts, ...wrong]).chain(arbitraryBatches)),
      ),
    );
    fc.assert(
      fc.property(cases, ([game, batches]) => {
        const tables = write(batches);
        expectFinal(tables, game);
        expect(withoutSources(tables)).toEqual(withoutSources(write([batches.flat()])));
      }),
      { numRuns: 300 },
    );
  });

  it('are not touched by writing everything again', () => {
    fc.assert(
      fc.property(twoGames, ([a, b]) => {
        const facts = [...a.facts, ...b.facts];
        const tables = write([facts]);
        const before = toPlain(tables);
        applyBatch(tables, facts);
        expect(toPlain(tables)).toEqual(before);
      }),
    );
  });
});

describe('the path of a confirmed game', () => {
  it('tells every tick as its row does, whenever and however often facts come', () => {
    const cases = twoGames.chain(([a, b]) => arbitraryDelivery([...a.facts, ...b.facts]).chain(arbitraryBatches));
    fc.assert(
      fc.property(cases, (batches) => {
        const tables = createTables();
        for (const batch of batches) {
          applyBatch(tables, batch);
          expectPathsOfTicks(tables);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('stands for its ticks: without their rows, what comes later leads to the same path and to no new rows', () => {
    const cases = arbitraryGame(1).chain((game) =>
      arbitraryDisturbance(game).chain((wrong) =>
        fc.tuple(arbitraryDelivery([...game.facts, ...wrong]).chain(arbitraryBatches), fc.nat()),
      ),
    );
    fc.assert(
      fc.property(cases, ([batches, at]) => {
        const dropped = createTables();
        const kept = createTables();
        batches.forEach((batch, i) => {
          if (i === at % batches.length) dropTickRows(dropped);
          applyBatch(dropped, batch);
          applyBatch(kept, batch);
        });
        dropTickRows(dropped);
        dropTickRows(kept);
        expect(toPlain(dropped)).toEqual(toPlain(kept));
      }),
      { numRuns: 300 },
    );
  });

  it('once it is deleted too, is not begun again by single ticks', () => {
    fc.assert(
      fc.property(arbitraryGame(1), (game) => {
        const tables = write([game.facts]);
        dropTickRows(tables);
        tables.paths.clear();
        const before = toPlain(tables);
        applyBatch(tables, game.facts);
        expect(toPlain(tables)).toEqual(before);
      }),
    );
  });
});

function expectPathsOfTicks(tables: Tables) {
  for (const [id, game] of tables.games) {
    const compacted = tables.paths.get(id);
    expect(compacted !== undefined).toBe(game.confirmedAt !== null);
    if (!compacted) continue;
    const ticks = [...tables.ticks.get(id)!.values()].sort((a, b) => a.tick - b.tick);
    expect(expandPath(compacted.path)).toEqual(ticks);
    expect(compactGame({ gameId: id, rugTick: game.rugTick!, ticks: tables.ticks.get(id)! })).toEqual(compacted);
  }
}

function expectFinal(tables: Tables, game: GameOfFacts) {
  const row = tables.games.get(game.gameId)!;
  expect(row).toMatchObject({
    phase: 'rugged',
    rugTick: game.rugTick,
    complete: true,
    ticksRepaired: 2,
    ticksCorrected: 1,
  });
  const ticks = [...tables.ticks.get(game.gameId)!.values()].sort((a, b) => a.tick - b.tick);
  expect(ticks.map((tick) => tick.price)).toEqual(game.prices);
  for (const bet of tables.sideBets.get(game.gameId)!.values()) expect(bet.outcome).not.toBeNull();
}
