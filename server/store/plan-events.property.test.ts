// Laws: the events of a game fold to its row, after every batch, in whatever order and grouping its facts came; what is told
// again adds no event; no player is named.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GENESIS, verifyChain } from '@/lib/event-log/chain-checker';
import { gameStream, toNewEvent, type GameEvent } from '@/lib/event-log/game-event';
import type { StoredEvent } from '@/lib/event-log/event';
import { digestPath } from '@/lib/event-log/path-digest';
import { sealEvents } from '@/lib/event-log/seal-events';
import { gameId } from '@/lib/units/game-id';
import { epochMs } from '@/lib/units/time';
import { foldGame } from '@/server/event-log/fold-game';
import { nativeSha256 } from '@/server/event-log/native-sha256';
import { planEvents } from '@/server/store/plan-events';
import { sortFacts } from '@/server/store/plan-batch';
import type { StoredFact } from '@/server/store/store-item';
import {
  arbitraryBatches,
  arbitraryDelivery,
  arbitraryDisturbance,
  arbitraryGame,
  type GameOfFacts,
} from '@/server/store/test-kit/facts';
import { applyBatch, createTables, type Tables } from '@/server/store/test-kit/tables';

const RECORDED_AT = epochMs(1_800_000_000_000);

/** Writes a batch to tables in memory and its events to a log in memory, as write-batch does with a database. */
function write(tables: Tables, log: StoredEvent[], batch: readonly StoredFact[]): void {
  const known = new Map(tables.games);
  const plan = applyBatch(tables, batch);
  const games = planEvents({ facts: sortFacts(batch), known, plan, recordedAt: RECORDED_AT, sha256: nativeSha256 });
  const events = games.flatMap(({ gameId: id, events: own }) => own.map((event) => toNewEvent(id, event)));
  const versions = new Map(log.map(({ stream, version }) => [stream, version]));
  const last = log.at(-1);
  const head = last ? { position: last.position, hash: last.hash } : GENESIS;
  const sealed = sealEvents(events, { head, versions, recordedAt: RECORDED_AT, sha256: nativeSha256 });
  if (sealed.ok) log.push(...sealed.value);
}

function fold(tables: Tables, log: readonly StoredEvent[]) {
  const rows = [...tables.games.keys()].map((id) => {
    const stream = log.filter((event) => event.stream === gameStream(id));
    return [id, foldGame(stream)] as const;
  });
  return new Map(rows);
}

const disturbed = arbitraryGame(1).chain((game) =>
  arbitraryDisturbance(game).chain((wrong) => {
    const facts = [...game.facts, ...wrong];
    return fc.tuple(fc.constant(game), arbitraryDelivery(facts).chain(arbitraryBatches));
  }),
);

function typesOf(log: readonly StoredEvent[]): string[] {
  return log.map((event) => event.type);
}

function writeAll(facts: readonly StoredFact[]) {
  const tables = createTables();
  const log: StoredEvent[] = [];
  write(tables, log, facts);
  return { tables, log };
}

function sampleGame(seed: number): GameOfFacts {
  return fc.sample(arbitraryGame(1), { numRuns: 1, seed })[0]!;
}

describe('the events of games', () => {
  it('fold to the rows of the table after every batch', () => {
    fc.assert(
      fc.property(disturbed, fc.boolean(), ([, batches], simulated) => {
        const tables = createTables();
        const log: StoredEvent[] = [];
        for (const batch of batches) {
          const sourced = simulated ? batch.map((fact) => ({ ...fact, source: 'simulator' }) as StoredFact) : batch;
          write(tables, log, sourced);
          expect(fold(tables, log)).toEqual(tables.games);
        }
        expect(verifyChain(log, { sha256: nativeSha256 }).broken).toBeNull();
      }),
      { numRuns: 150 },
    );
  });

  it('are not added to by writing everything again, in any order and any batches', () => {
    const cases = arbitraryGame(1).chain((game) =>
      fc.tuple(fc.constant(game), arbitraryDelivery(game.facts).chain(arbitraryBatches)),
    );
    fc.assert(
      fc.property(cases, ([game, batches]) => {
        const { tables, log } = writeAll(game.facts);
        const count = log.length;
        for (const batch of batches) write(tables, log, batch);
        expect(typesOf(log.slice(count))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('seal the path on record, in the end', () => {
    fc.assert(
      fc.property(disturbed, ([game, batches]) => {
        const tables = createTables();
        const log: StoredEvent[] = [];
        for (const batch of batches) write(tables, log, batch);
        const seals = log.map((event) => JSON.parse(event.payload) as { path?: string });
        const prices = tables.paths.get(game.gameId)!.path.prices;
        expect(seals.findLast(({ path }) => path !== undefined)?.path).toBe(digestPath(prices));
      }),
    );
  });

  it('of a game that was watched are one each for announcement, presale, start, rug and end', () => {
    const { log } = writeAll(sampleGame(7).facts);
    expect(typesOf(log)).toEqual(['announced', 'phase-changed', 'phase-changed', 'rugged', 'finished']);
    expect(JSON.parse(log[0]!.payload)).toMatchObject({ phase: 'cooldown' });
    expect(JSON.parse(log[3]!.payload)).toMatchObject({ phase: 'rugged' });
  });

  it('name no player and no stake', () => {
    const id = gameId('20260101-00000000000000aa');
    const { finished, facts } = sampleGame(11);
    const bet = {
      ...finished.game.sideBets[0],
      playerId: 'did:someone',
      username: 'Someone',
      startTick: 0,
      endTick: 40,
    };
    const told = { ...finished, game: { ...finished.game, gameId: id, sideBets: [bet as never] } };
    const { log } = writeAll([...facts, told]);
    expect(log.some((event) => event.type === 'finished')).toBe(true);
    for (const event of log) expect(event.payload).not.toMatch(/someone/i);
  });

  it('tell a stretch that was learnt after the end, with the new digest', () => {
    const { finished } = sampleGame(3);
    const prices = finished.game.prices.map((price, tick) => (tick === 1 ? null : price));
    const { tables, log } = writeAll([{ ...finished, game: { ...finished.game, prices } }]);
    const id = finished.game.gameId;
    expect(tables.games.get(id)!.complete).toBe(false);
    const at = epochMs(5);
    write(tables, log, [{ type: 'tick', gameId: id, tick: 1, price: 1.5, at, source: 'partial', live: false }]);
    const last = log.at(-1)!;
    expect(last.type).toBe('stretch-repaired');
    expect(JSON.parse(last.payload)).toMatchObject({
      complete: true,
      path: digestPath(finished.game.prices.map((price, tick) => (tick === 1 ? 1.5 : price))),
      repaired: expect.stringContaining('partial:1-1'),
    });
    expect(foldGame(log)).toEqual(tables.games.get(id));
  });

  it('are short: a watched game of the real feed takes less than a kilobyte and a half of payload', () => {
    const { log } = writeAll(sampleGame(7).facts);
    const bytes = log.reduce((sum, event) => sum + event.payload.length + event.metadata.length, 0);
    expect(bytes).toBeLessThan(1_500);
  });
});

describe('an event of a game', () => {
  it('is left out of the fold when it says nothing of the row', () => {
    const { log, tables } = writeAll(sampleGame(7).facts);
    const id = sampleGame(7).gameId;
    const events: GameEvent[] = [
      { type: 'checked', payload: { status: 'passed' }, occurredAt: RECORDED_AT },
      { type: 'recommendation-made', payload: { tick: 0, word: 'Skip', strategyId: 'none' }, occurredAt: RECORDED_AT },
    ];
    const sealed = sealEvents(
      events.map((event) => toNewEvent(id, event)),
      { head: GENESIS, versions: new Map(), recordedAt: RECORDED_AT },
    );
    expect(foldGame([...log, ...(sealed.ok ? sealed.value : [])])).toEqual(tables.games.get(id));
  });
});
