import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GameFact } from '@/lib/game/events';
import { activeState, rawFrame, scriptGame, statesOf, toHistoryEntry } from '@/lib/test-kit/frames';
import { readCapture } from '@/server/feed/read-capture';
import { createIngest } from '@/server/ingest/ingest';
import { createRecentKeys } from '@/server/ingest/recent-keys';
import type { DeadLetter } from '@/server/store/store';

const game = scriptGame(3);
const next = scriptGame(4);
const CAPTURE = '../shared/data/captures/2025-12-14.jsonl.gz';

function createRun() {
  const facts: GameFact[] = [];
  const letters: DeadLetter[] = [];
  const ingest = createIngest({ onFact: (fact) => facts.push(fact), onDeadLetter: (letter) => letters.push(letter) });
  return { ingest, facts, letters };
}

const trade = {
  id: 'a',
  gameId: game.gameId,
  playerId: 'p',
  type: 'buy',
  amount: 1,
  qty: 1,
  price: 1,
  tickIndex: 1,
};

describe('ingest', () => {
  it('takes a whole game and tells it finished and verified', () => {
    const { ingest, facts, letters } = createRun();
    for (const state of statesOf(game)) ingest.take(rawFrame('gameStateUpdate', state));
    ingest.take(rawFrame('gameStateUpdate', { ...statesOf(next)[0], gameHistory: [toHistoryEntry(game)] }));
    expect(facts.filter((fact) => fact.type === 'game-finished')).toMatchObject([
      { verification: { status: 'verified' } },
    ]);
    expect(letters).toEqual([]);
    expect(ingest.counts()).toMatchObject({
      frames: game.prices.length + 3,
      deadLetters: 0,
      duplicates: 0,
      reordered: 0,
    });
  });

  it('tells a trade once, however often it is sent', () => {
    const { ingest, facts } = createRun();
    for (let i = 0; i < 3; i++) ingest.take(rawFrame('standard/newTrade', { __trace: true }, trade));
    expect(facts).toHaveLength(1);
    expect(ingest.counts()).toMatchObject({ events: 3, duplicates: 2 });
  });

  it('keeps what it cannot use, with the reason, and goes on', () => {
    const { ingest, facts, letters } = createRun();
    ingest.take(rawFrame('gameStateUpdate', { ...activeState(game, 3), tickCount: -1 }));
    ingest.take(rawFrame('gameStateUpdate', { ...activeState(game, 3), tickCount: 7 }));
    ingest.take(rawFrame('standard/newTrade', { ...trade, amount: 'much' }));
    ingest.takeUnreadable({ at: 0 as never, reason: 'line 3: not JSON', text: '{' });
    ingest.take(rawFrame('gameStateUpdate', activeState(game, 3)));
    expect(letters.map((letter) => letter.event)).toEqual([
      'gameStateUpdate',
      'gameStateUpdate',
      'standard/newTrade',
      'unreadable',
    ]);
    expect(letters.map((letter) => letter.reason)[1]).toBe('tick-mismatch');
    expect(facts.some((fact) => fact.type === 'tick' && fact.tick === 3)).toBe(true);
    expect(ingest.counts().deadLetters).toBe(4);
  });

  it('counts unknown events by name, a bounded number of them', () => {
    const { ingest } = createRun();
    for (let i = 0; i < 500; i++) ingest.take(rawFrame(`event-${i}`, {}));
    ingest.take(rawFrame('event-0', {}));
    expect(ingest.unknownEvents().get('event-0')).toBe(2);
    expect(ingest.unknownEvents().size).toBeLessThanOrEqual(100);
    expect(ingest.counts().unknown).toBe(501);
  });

  it('never throws and never half-applies, whatever is mixed into a game', () => {
    const states = statesOf(game);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: states.length - 1 }), fc.anything()), { maxLength: 20 }),
        (garbage) => {
          const { ingest, facts } = createRun();
          states.forEach((state, i) => {
            for (const [at, value] of garbage) if (at === i) ingest.take(rawFrame('gameStateUpdate', value));
            ingest.take(rawFrame('gameStateUpdate', state));
          });
          ingest.take(rawFrame('gameStateUpdate', { ...statesOf(next)[0], gameHistory: [toHistoryEntry(game)] }));
          const finished = facts.filter((fact) => fact.type === 'game-finished');
          expect(finished).toMatchObject([
            { ticksRepaired: 0, ticksCorrected: 0, verification: { status: 'verified' } },
          ]);
        },
      ),
      { numRuns: 50 },
    );
  });

  it.skipIf(!existsSync(CAPTURE))('takes the recorded capture whole (skipped without ../shared)', async () => {
    const { ingest, facts, letters } = createRun();
    for await (const line of readCapture(CAPTURE)) if (line.ok) ingest.take(line.frame);
    const finished = facts.filter((fact) => fact.type === 'game-finished');
    expect(letters).toEqual([]);
    expect(finished).toHaveLength(12);
    for (const fact of finished) expect(fact).toMatchObject({ verification: { status: 'verified', maxDifference: 0 } });
    const watched = finished.filter((fact) => fact.type === 'game-finished' && fact.watched);
    expect(watched).toMatchObject([
      { rugTick: 116, ticksRepaired: 0, ticksCorrected: 0, commitmentKept: true },
      { rugTick: 7, ticksRepaired: 0, ticksCorrected: 0, commitmentKept: true },
    ]);
    expect(ingest.counts()).toMatchObject({ frames: 480, events: 464, ignored: 16, unknown: 0, deadLetters: 0 });
  });
});

describe('recent keys', () => {
  it('know at least the last so many, and no more than twice that', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.nat({ max: 200 }).map(String), { maxLength: 400 }),
        (capacity, keys) => {
          const recent = createRecentKeys(capacity);
          const distinct: string[] = [];
          for (const key of keys) {
            const isNew = recent.isNew(key);
            if (distinct.slice(-capacity).includes(key)) expect(isNew).toBe(false);
            if (isNew) distinct.push(key);
            if (distinct.length > 0 && !distinct.includes(key)) expect(isNew).toBe(true);
          }
        },
      ),
    );
  });
});
