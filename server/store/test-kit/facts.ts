// Generators of whole games as the facts the core would tell of them, small enough to shuffle, with prices and stakes
// over their whole range. Every fact of a game agrees with the others unless `disturbed` adds wrong ones.
import fc from 'fast-check';
import type { TickSource } from '@/lib/game/events';
import { ASSESSMENT_NUMBERS, fromAssessmentRow } from '@/lib/protocol/assessment-row';
import type { CompactAssessment } from '@/lib/protocol/compact-assessment';
import type { FinishedFact } from '@/server/store/merge-game';
import type { FeedTrade, HistorySideBet } from '@/lib/protocol/feed';
import { gameId, type GameId } from '@/lib/units/game-id';
import { lamports, LAMPORTS_MAX } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import type { StoredFact } from '@/server/store/store-item';

export type GameOfFacts = {
  readonly gameId: GameId;
  readonly prices: readonly number[];
  readonly rugTick: number;
  readonly facts: readonly StoredFact[];
  readonly finished: FinishedFact;
};

const EXACT_LENGTH = { minLength: ASSESSMENT_NUMBERS, maxLength: ASSESSMENT_NUMBERS };
const START = 1_767_225_600_000;

export const price = fc.double({ min: 0, max: 1e12, noNaN: true }).map((value) => value + 0);
const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.constantFrom('a\0b', '"\\,{}', '\ud800', 'null', '🎲'),
);
/** A thousand times the largest is still a bigint of the database. */
const stake = fc.bigInt({ min: 1n, max: LAMPORTS_MAX / 1_000n }).map(lamports);
const multiple = fc.constantFrom(5, 5, 4.5, 1, 1000);

const sideBet = fc.record({
  playerId: text,
  username: fc.option(text),
  stakeLamports: stake,
  payoutMultiple: multiple,
  coinAddress: text,
  startTick: fc.nat({ max: 12 }),
  placedAt: fc.option(fc.constant(epochMs(START + 5))),
});

const trade = fc.record({
  id: text,
  playerId: text,
  username: fc.option(text),
  type: fc.constantFrom('buy' as const, 'sell' as const, 'short_open' as const, 'short_close' as const),
  amount: stake,
  qty: price,
  price,
  tickIndex: fc.nat({ max: 12 }),
  coin: fc.option(text),
  leverage: fc.option(fc.double({ min: 0, max: 1_000, noNaN: true }).map((value) => value + 0)),
});

/** Any 19 decimals of up to seven digits, none of them half way between two floats. NaN only where none may be. */
export const assessment: fc.Arbitrary<CompactAssessment> = fc
  .record({
    numbers: fc.oneof(
      fc.array(fc.integer({ min: -2_000_000, max: 2_000_000 }), EXACT_LENGTH).map((all) => all.map((n) => n / 10_000)),
      fc.array(
        fc
          .tuple(fc.integer({ min: -999_999, max: 999_999 }), fc.integer({ min: -20, max: 0 }))
          .map(([digits, exponent]) => Number(`${digits}e${exponent}`) + 0),
        EXACT_LENGTH,
      ),
    ),
    evidence: fc.boolean(),
    points: fc.boolean(),
    model: fc.constantFrom('published@1', 'empirical@2', 'käfer@3'),
  })
  .map(({ numbers, evidence, points, model }) => {
    const packed = fromAssessmentRow(numbers, model);
    return { ...packed, e: evidence ? packed.e : null, d: points ? packed.d : null };
  });

/** Which facts told a tick: its own frame, a later frame's tail, the running path. */
const tellings = fc.subarray(['frame', 'partial', 'path'] as const satisfies TickSource[]);

/** The n-th game of a test; `finished` is also among its facts when `ended`. */
export function arbitraryGame(n: number, { ended = true }: { ended?: boolean } = {}): fc.Arbitrary<GameOfFacts> {
  const id = gameId(`20260101-${n.toString(16).padStart(16, '0')}`);
  return fc
    .record({
      prices: fc.array(fc.tuple(price, tellings, fc.option(assessment)), { minLength: 2, maxLength: 14 }),
      sideBets: fc.array(fc.tuple(sideBet, fc.constantFrom('live', 'history', 'both')), { maxLength: 4 }),
      trades: fc.array(trade, { maxLength: 3 }),
      hash: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)),
      commitmentKept: fc.constantFrom(true, false, null),
      met: fc.boolean(),
      status: fc.constantFrom('verified' as const, 'unverifiable' as const),
    })
    .map(({ prices: told, sideBets, trades, hash, commitmentKept, met, status }) => {
      const prices = told.map(([value]) => value);
      const rugTick = prices.length - 1;
      const start = START + n * 60_000;
      const tickAt = (tick: number) => epochMs(start + tick * 250);
      const bets = distinctBets(sideBets);
      const finished: FinishedFact = {
        type: 'game-finished',
        game: {
          gameId: id,
          endedAt: tickAt(rugTick),
          prices,
          peak: Math.max(...prices.slice(0, -1)),
          version: 'v3',
          serverSeed: `seed ${n}`,
          serverSeedHash: hash,
          sideBets: bets.filter(([, from]) => from !== 'live').map(([bet]) => bet),
        },
        at: epochMs(start + 20_000),
        rugTick,
        verification: {
          status,
          hashOk: true,
          pathOk: true,
          peakOk: true,
          rugTick,
          peak: Math.max(...prices.slice(0, -1)),
          maxDifference: 0,
        },
        commitmentKept,
        watched: true,
        ticksRepaired: 2,
        ticksCorrected: 1,
      };
      const facts: StoredFact[] = [
        { type: 'game-announced', gameId: id, at: epochMs(start - 15_000), serverSeedHash: hash, version: null },
        { type: 'phase', gameId: id, phase: 'cooldown', at: epochMs(start - 15_000) },
        { type: 'phase', gameId: id, phase: 'presale', at: epochMs(start - 10_000) },
        { type: 'phase', gameId: id, phase: 'active', at: epochMs(start) },
        ...told.flatMap(([value, sources, made], tick) =>
          sources.map((source): StoredFact => {
            const own = source === 'frame';
            const at = own ? tickAt(tick) : null;
            const fact = { type: 'tick', gameId: id, tick, price: value, at, source, live: own } as const;
            return own && made !== null ? { ...fact, assessment: made } : fact;
          }),
        ),
        { type: 'phase', gameId: id, phase: 'rugged', at: tickAt(rugTick) },
        { type: 'game-rugged', gameId: id, rugTick, at: tickAt(rugTick) },
        ...bets
          .filter(([, from]) => from !== 'history')
          .map(([bet], i): StoredFact => ({ type: 'side-bet', sideBet: { ...bet, gameId: id }, at: tickAt(i) })),
        ...distinctTrades(trades, id, n).map((one, i): StoredFact => ({ type: 'trade', trade: one, at: tickAt(i) })),
      ];
      // A restart meets the same game again in the history, having seen nothing of it.
      const again: FinishedFact = {
        ...finished,
        at: epochMs(start + 90_000),
        commitmentKept: null,
        watched: false,
        ticksRepaired: prices.length,
        ticksCorrected: 0,
      };
      const ending = ended ? [finished, ...(met ? [again] : [])] : [];
      return { gameId: id, prices, rugTick, finished, facts: [...facts, ...ending] };
    });
}

/** Live facts that are wrong: other prices, ticks after the rug, a rug that was none. The history must undo them all. */
export function arbitraryDisturbance(game: GameOfFacts): fc.Arbitrary<StoredFact[]> {
  const { gameId: id, rugTick } = game;
  const at = fc.nat({ max: 120_000 }).map((ms) => epochMs(START + ms));
  const wrongTick = fc
    .record({ tick: fc.nat({ max: rugTick + 3 }), price, at: fc.option(at) })
    .map(({ tick, price: wrong, at: seen }): StoredFact => ({
      type: 'tick',
      gameId: id,
      tick,
      price: wrong,
      at: seen,
      source: seen === null ? 'partial' : 'frame',
      live: seen !== null,
    }));
  const falseRug = fc
    .record({ tick: fc.nat({ max: rugTick }), at })
    .map((rug): StoredFact => ({ type: 'game-rugged', gameId: id, rugTick: rug.tick, at: rug.at }));
  return fc.array(fc.oneof(wrongTick, falseRug), { maxLength: 6 });
}

/** Any order, some twice. */
export function arbitraryDelivery(facts: readonly StoredFact[]): fc.Arbitrary<StoredFact[]> {
  return fc.array(fc.nat({ max: Math.max(0, facts.length - 1) }), { maxLength: 8 }).chain((twice) => {
    const all = [...facts, ...twice.flatMap((i) => facts[i] ?? [])];
    return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
  });
}

/** Cut into batches at any places. */
export function arbitraryBatches(facts: readonly StoredFact[]): fc.Arbitrary<StoredFact[][]> {
  return fc
    .array(fc.integer({ min: 1, max: 12 }), { minLength: facts.length, maxLength: facts.length })
    .map((sizes) => {
      const batches: StoredFact[][] = [];
      for (let at = 0, i = 0; at < facts.length; at += sizes[i++]!) batches.push(facts.slice(at, at + sizes[i]!));
      return batches;
    });
}

type LiveOrHistory = 'live' | 'history' | 'both';

/** A player has one bet at a start; two that become one name in the database are one. */
function distinctBets(bets: readonly [Omit<HistorySideBet, 'endTick'>, string][]): [HistorySideBet, LiveOrHistory][] {
  return bets.map(([bet, from], i) => [
    { ...bet, playerId: `${i} ${bet.playerId}`, endTick: bet.startTick + 40 },
    from as LiveOrHistory,
  ]);
}

function distinctTrades(trades: readonly Omit<FeedTrade, 'gameId'>[], id: GameId, n: number): FeedTrade[] {
  return trades.map((one, i) => ({ ...one, id: `${n} ${i} ${one.id}`, gameId: id }));
}
