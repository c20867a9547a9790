// Laws: every game the record can hold is told in a shape that browsers take; its ticks are told the same from its path as
// from the ticks themselves; and what was known at a moment holds nothing learnt later.
import fc from 'fast-check';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { gameDetailSchema, gamePathSchema, type GameDetail } from '@/lib/protocol/games-api';
import { gameId } from '@/lib/units/game-id';
import { epochMs } from '@/lib/units/time';
import { unpackAssessment } from '@/lib/protocol/compact-assessment';
import type { MadePrediction } from '@/lib/decision/made';
import { asKnownAt } from '@/server/history/as-known-at';
import { createGamesHistory } from '@/server/history/games-history';
import { createReader } from '@/server/store/reader';
import type { StoredFact } from '@/server/store/store-item';
import { arbitraryGame, type GameOfFacts } from '@/server/store/test-kit/facts';
import { openTestStore, type TestStore } from '@/server/store/test-kit/store';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const TABLES = 'games, ticks, trades, side_bets, predictions, recommendations';

function openHistory() {
  const reader = createReader(database());
  onTestFinished(() => reader.end());
  const asked: string[] = [];
  /** Counts what is asked of the database. */
  const watch = (db: PostgresJsDatabase) =>
    new Proxy(db, {
      get(target, key) {
        const value = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        asked.push(String(key));
        return value.bind(target);
      },
    });
  return { asked, history: createGamesHistory({ read: (ask) => reader.read((db) => ask(watch(db))) }) };
}

async function writeGame(store: TestStore, game: GameOfFacts): Promise<void> {
  await database().sql.unsafe(`truncate ${TABLES} cascade`);
  for (const fact of game.facts) store.write(...toWrite(fact));
  for (const tick of [0, 1]) store.writePrediction(predictionAt(game, tick));
  await store.flush();
}

/** The assessment of a tick goes in beside it, as the engine does it. */
function toWrite(fact: StoredFact): Parameters<TestStore['write']> {
  if (fact.type !== 'tick' || !fact.assessment) return [fact];
  const { assessment, ...tick } = fact;
  return [tick, unpackAssessment(assessment, { tick: tick.tick })];
}

function predictionAt({ gameId: id }: GameOfFacts, tick: number): MadePrediction {
  const end = { tick, lower90: 11, lower50: 58, median: 139, upper50: 300, upper90: 600, confidence: 0.2 };
  const made = { gameId: id, tick, madeAt: epochMs(1_767_225_600_000), origin: 'live', model: 'published@1' } as const;
  return { ...made, winProbability: 0.18, lower: 0.17, upper: 0.19, payout: 5, zone: 'negative', end };
}

describe('the detail of a game', () => {
  it('is told of any game the record can hold, in one question, the same from its path as from its ticks', async () => {
    const { asked, history } = openHistory();
    const store = await openTestStore(database());
    await fc.assert(
      fc.asyncProperty(arbitraryGame(1), async (game) => {
        await writeGame(store, game);
        asked.length = 0;
        const fromPath = gameDetailSchema.parse(await history.getGameDetail({ gameId: game.gameId }));
        expect(asked).toEqual(['execute']);
        expect(fromPath.prices).toEqual(game.prices);
        expect(fromPath.predictions.map(({ tick, rugTick }) => [tick, rugTick])).toEqual([
          [0, game.rugTick],
          [1, game.rugTick],
        ]);
        expect(fromPath.stretches.at(-1)!.to).toBe(game.rugTick);
        // Events stay: a test cannot take them out of the log.
        expect(fromPath.omitted).toMatchObject({ trades: 0, sideBets: 0, predictions: 0, recommendations: 0 });

        await database().sql`delete from game_paths`;
        const fromTicks = gameDetailSchema.parse(await history.getGameDetail({ gameId: game.gameId }));
        expect(toFloats(fromTicks)).toEqual(toFloats(fromPath));
        const path = gamePathSchema.parse(await history.getGame(game.gameId));
        expect(path).toEqual({ game: expect.objectContaining({ gameId: game.gameId }), prices: game.prices });
      }),
      { numRuns: 20 },
    );
  });

  it('names the games before and after it, of its own source', async () => {
    await database().sql.unsafe(`truncate ${TABLES} cascade`);
    const store = await openTestStore(database());
    const ids = [1, 2, 3, 4].map((n) => gameId(`20260404-${n.toString(16).padStart(16, '0')}`));
    ids.forEach((id, n) => {
      const source = n === 2 ? 'simulator' : 'live';
      store.write({
        type: 'game-announced',
        gameId: id,
        at: epochMs(1_000 + n),
        serverSeedHash: null,
        version: null,
        source,
      } as never);
    });
    await store.flush();
    await database().sql`update games set source = 'simulator' where game_id = ${ids[2]!}`;
    const { history } = openHistory();
    const neighboursOf = async (n: number) => (await history.getGameDetail({ gameId: ids[n]! }))!.neighbours;
    expect(await neighboursOf(0)).toEqual({ previous: null, next: ids[1] });
    expect(await neighboursOf(1)).toEqual({ previous: ids[0], next: ids[3] });
    expect(await neighboursOf(2)).toEqual({ previous: null, next: null });
  });

  it('is of nothing for a game that is not on record', async () => {
    const { history } = openHistory();
    expect(await history.getGameDetail({ gameId: gameId('20200101-0000000000000000') })).toBeNull();
  });
});

describe('what was known at a moment', () => {
  it('holds nothing that was learnt later, and all that was known by then', async () => {
    const { history } = openHistory();
    const store = await openTestStore(database());
    await fc.assert(
      fc.asyncProperty(arbitraryGame(1), fc.integer({ min: -20_000, max: 100_000 }), async (game, afterMs) => {
        await writeGame(store, game);
        const detail = (await history.getGameDetail({ gameId: game.gameId }))!;
        const at = epochMs(1_767_225_660_000 + afterMs);
        const known = asKnownAt(detail, at);
        expect(await history.getGameDetail({ gameId: game.gameId, at })).toEqual(known);
        if (known) expectNothingLater(gameDetailSchema.parse(known), at);
        else expect(detail.game.announcedAt).toBeGreaterThan(at);
      }),
      { numRuns: 20 },
    );
  });

  it('is all of it from the moment the last of it was learnt', async () => {
    const { history } = openHistory();
    const [game] = fc.sample(arbitraryGame(1), { numRuns: 1, seed: 4 });
    await writeGame(await openTestStore(database()), game!);
    const detail = (await history.getGameDetail({ gameId: game!.gameId }))!;
    const later = epochMs(Date.UTC(2100, 0, 1));
    expect(asKnownAt(detail, later)).toEqual({ ...detail, at: later });
  });
});

/** Two decimals can be the shortest of one four-byte float; and JSON, as which an answer goes out, knows no −0. */
function toFloats(detail: GameDetail): unknown {
  const assessments = detail.assessments.map(
    (made) => made && { ...made, a: made.a.map(Math.fround), x: Math.fround(made.x) },
  );
  const rest = assessments.map(
    (made) => made && { ...made, e: made.e?.map(Math.fround), d: made.d?.map(Math.fround), s: Math.fround(made.s) },
  );
  return JSON.parse(JSON.stringify({ ...detail, assessments: rest }));
}

function expectNothingLater(known: GameDetail, at: number): void {
  const { game, arrivals, trades, sideBets, events, predictions } = known;
  for (const time of [game.startedAt, game.ruggedAt, game.confirmedAt]) expect(time ?? at).toBeLessThanOrEqual(at);
  for (const { receivedAt } of trades) expect(receivedAt).toBeLessThanOrEqual(at);
  for (const { recordedAt } of events) expect(recordedAt).toBeLessThanOrEqual(at);
  if (game.confirmedAt !== null) return;
  for (const arrival of arrivals) expect(arrival ?? at).toBeLessThanOrEqual(at);
  expect(arrivals.at(-1) ?? at).not.toBeNull();
  for (const { seenAt, outcome } of sideBets) expect([seenAt! <= at, outcome]).toEqual([true, null]);
  for (const { rugTick, won } of predictions) expect([rugTick, won]).toEqual([null, null]);
  expect([game.serverSeed, game.verified, game.complete]).toEqual([null, null, false]);
}
