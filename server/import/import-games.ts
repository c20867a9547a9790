// Puts recorded games on the record: in the order in which they were played, each with what the decision loop would have
// said of it tick by tick, from its own ticks and the games before it. A game that is on record already keeps what was said
// of it; only a better copy of its path would change it. Called by the import command.
import type { GameFact } from '@/lib/game/events';
import { applyHistory } from '@/lib/game/apply-history';
import { NOMINAL_TICK_MS, PRESALE_MS } from '@/lib/game/rules';
import { INITIAL_STATE } from '@/lib/game/state';
import { epochMs, type Clock, type EpochMs } from '@/lib/units/time';
import type { RecordedLine } from '@/server/import/parse-recorded-line';
import { createTakeDown } from '@/server/import/take-down';
import type { PostgresStore } from '@/server/store/create-store';

export type GamesTally = {
  /** Not on record before. */
  new: number;
  /** On record already. */
  known: number;
  /** With holes in their recorded path. */
  incomplete: number;
  /** Played before a game that was already learnt from: nothing is predicted of it, since that would be hindsight. */
  outOfOrder: number;
};

export type GamesImport = {
  /** Takes games of any order; writes them in the order of time, as many as there are until it is told to stop. */
  take(
    lines: readonly RecordedLine[],
    options: { tally: GamesTally; signal: AbortSignal; onGame: () => void },
  ): Promise<void>;
  predictions(): number;
};

export function createGamesImport({
  store,
  clock,
  known,
}: {
  store: Pick<PostgresStore, 'write' | 'writePrediction' | 'writeRecommendation' | 'ready'>;
  clock: Clock;
  /** Ids of the finished games on record; those imported are added. */
  known: Set<string>;
}): GamesImport {
  let now = epochMs(0);
  const takeDown = createTakeDown({ store, origin: 'replay', now: () => now });
  let learntUntil = -Infinity;

  function importGame(line: RecordedLine, tally: GamesTally): void {
    const { game } = line;
    const isNew = !known.has(game.gameId);
    const isInOrder = game.endedAt >= learntUntil;
    const finished = toFinishedFacts(line, clock());
    if (isNew && isInOrder) {
      for (const fact of toRunningFacts(line)) {
        now = fact.at;
        takeDown.say(fact.fact);
      }
    }
    const started: GameFact[] =
      line.startedAt === null ? [] : [{ type: 'phase', gameId: game.gameId, phase: 'active', at: line.startedAt }];
    for (const fact of [...started, ...finished]) store.write(fact);
    now = game.endedAt;
    for (const fact of finished) takeDown.say(fact);
    learntUntil = Math.max(learntUntil, game.endedAt);
    known.add(game.gameId);
    tally[isNew ? 'new' : 'known']++;
    if (game.prices.includes(null)) tally.incomplete++;
    if (isNew && !isInOrder) tally.outOfOrder++;
  }

  return {
    async take(lines, { tally, signal, onGame }) {
      for (const line of [...lines].sort((a, b) => a.game.endedAt - b.game.endedAt)) {
        await nextTurn();
        if (signal.aborted) return;
        await store.ready();
        importGame(line, tally);
        onGame();
      }
    },
    predictions: takeDown.predictions,
  };
}

/** Lets signals and the database have their turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Through the same core as the feed's own history: verified when there is a seed. */
function toFinishedFacts({ game }: RecordedLine, at: EpochMs): readonly GameFact[] {
  return applyHistory(INITIAL_STATE, [game], at).facts;
}

/** The game as the loop would have met it, one tick after the other up to its rug. */
function* toRunningFacts({ game, startedAt, tickOffsetsMs }: RecordedLine): Generator<{ at: EpochMs; fact: GameFact }> {
  const { gameId, prices, endedAt } = game;
  const rugTick = prices.length - 1;
  const start = startedAt ?? epochMs(endedAt - rugTick * NOMINAL_TICK_MS);
  const presaleAt = epochMs(start - PRESALE_MS);
  const announced = { type: 'game-announced', gameId, at: presaleAt, serverSeedHash: null, version: null } as const;
  yield { at: presaleAt, fact: announced };
  yield { at: presaleAt, fact: { type: 'phase', gameId, phase: 'presale', at: presaleAt } };
  yield { at: start, fact: { type: 'phase', gameId, phase: 'active', at: start } };
  for (let tick = 0; tick < rugTick; tick++) {
    const price = prices[tick] ?? null;
    if (price === null) continue;
    const offset = tickOffsetsMs?.[tick];
    // The loop learns timing from recorded arrivals only; the moment of what is said may be estimated.
    const arrival = offset === undefined ? null : epochMs(start + offset);
    const at = arrival ?? epochMs(start + tick * NOMINAL_TICK_MS);
    yield { at, fact: { type: 'tick', gameId, tick, price, at: arrival, source: 'history', live: true } };
  }
  yield { at: endedAt, fact: { type: 'game-rugged', gameId, rugTick, at: endedAt } };
}
