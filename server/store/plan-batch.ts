// Turns a batch of facts and what the record already knows into the rows to write. Pure: reading before and writing
// after are write-batch's. The same facts in any order, in any batches, once or many times, end in the same rows.
import type { FeedTrade } from '@/lib/protocol/feed';
import type { GameId } from '@/lib/units/game-id';
import type { EpochMs } from '@/lib/units/time';
import { cleanText } from '@/server/store/clean-text';
import { isBetterCopy, mergeGame, type FinishedFact, type GameRowFact } from '@/server/store/merge-game';
import { mergeSideBet, settleSideBet, sideBetKey, type ToldSideBet } from '@/server/store/merge-side-bet';
import { mergeFinalPrice, mergeTick } from '@/server/store/merge-tick';
import { compactGame, type CompactedGame } from '@/server/store/plan-path';
import type { GameRow, SideBetRow, TickRow } from '@/server/store/rows';
import type { StoredFact, ToldTick } from '@/server/store/store-item';

/** A batch, sorted by what it concerns; facts of one kind keep their order. */
export type SortedFacts = {
  readonly games: ReadonlyMap<GameId, readonly GameRowFact[]>;
  readonly ticks: ReadonlyMap<GameId, readonly ToldTick[]>;
  readonly sideBets: ReadonlyMap<GameId, readonly ToldSideBet[]>;
  readonly trades: ReadonlyMap<string, ToldTrade>;
};

export type ToldTrade = { readonly trade: FeedTrade; readonly receivedAt: EpochMs };

/** What is on record of the games a batch concerns. A game not among `ticks` is taken to have none. */
export type Known = {
  readonly games: ReadonlyMap<GameId, GameRow>;
  readonly ticks: ReadonlyMap<GameId, ReadonlyMap<number, TickRow>>;
  /** Games among `ticks` that have no tick rows: confirmed ones then live in their path alone, and get none any more. */
  readonly withoutTickRows: ReadonlySet<GameId>;
  readonly sideBets: ReadonlyMap<GameId, ReadonlyMap<string, SideBetRow>>;
};

export type TickWrites = {
  readonly gameId: GameId;
  readonly added: readonly TickRow[];
  readonly changed: readonly TickRow[];
  /** Ticks after this one are none of the game's: counted on after the rug. */
  readonly lastTick: number | null;
};

export type BatchPlan = {
  readonly games: readonly GameRow[];
  readonly ticks: readonly TickWrites[];
  /** Of games whose path becomes final with this batch, or changes after it was. */
  readonly paths: readonly CompactedGame[];
  readonly sideBets: readonly SideBetRow[];
  readonly trades: readonly ToldTrade[];
};

export function sortFacts(facts: readonly StoredFact[]): SortedFacts {
  const games = new Map<GameId, GameRowFact[]>();
  const ticks = new Map<GameId, ToldTick[]>();
  const sideBets = new Map<GameId, ToldSideBet[]>();
  const trades = new Map<string, ToldTrade>();
  for (const fact of facts) {
    switch (fact.type) {
      case 'tick':
        append(ticks, fact.gameId, fact);
        break;
      case 'trade': {
        const id = cleanText(fact.trade.id);
        if (!trades.has(id)) trades.set(id, { trade: fact.trade, receivedAt: fact.at });
        break;
      }
      case 'side-bet':
        append(sideBets, fact.sideBet.gameId, {
          gameId: fact.sideBet.gameId,
          sideBet: fact.sideBet,
          seenAt: fact.at,
        });
        break;
      case 'game-finished':
        append(games, fact.game.gameId, fact);
        break;
      default:
        append(games, fact.gameId, fact);
    }
  }
  return { games, ticks, sideBets, trades };
}

/** Every game whose row has to be known; of the others in the batch nothing depends on it. */
export function concernedGames(facts: SortedFacts): GameId[] {
  return [...new Set([...facts.games.keys(), ...facts.ticks.keys(), ...facts.sideBets.keys()])];
}

/** Games whose ticks have to be known whatever else: their path becomes final now, or is final already. */
export function gamesNeedingTicks(facts: SortedFacts, games: Known['games']): GameId[] {
  return concernedGames(facts).filter((gameId) => {
    const known = games.get(gameId) ?? null;
    const finished = finishedFacts(facts, gameId);
    return finished.some((fact) => changesPath(known, fact)) || (facts.ticks.has(gameId) && isFinal(known));
  });
}

export function gamesNeedingSideBets(facts: SortedFacts): GameId[] {
  return concernedGames(facts).filter(
    (gameId) => facts.sideBets.has(gameId) || finishedFacts(facts, gameId).length > 0,
  );
}

export function planBatch(facts: SortedFacts, known: Known): BatchPlan {
  const games: GameRow[] = [];
  const ticks: TickWrites[] = [];
  const paths: CompactedGame[] = [];
  const sideBets: SideBetRow[] = [];
  for (const gameId of concernedGames(facts)) {
    const before = known.games.get(gameId) ?? null;
    const isCompacted = isFinal(before) && known.withoutTickRows.has(gameId);
    const tickPlan = planTicks({ gameId, facts, before, known: known.ticks.get(gameId), isCompacted });
    let after = mergeFacts(before, facts.games.get(gameId) ?? []);
    if (after && tickPlan.complete !== null) after = { ...after, complete: tickPlan.complete };
    if (after && !isSameRow(before, after)) games.push(after);
    if (tickPlan.writes && !isCompacted) ticks.push(tickPlan.writes);
    if (isFinal(after) && changesPathRow({ before, after: after!, writes: tickPlan.writes })) {
      paths.push(compactGame({ gameId, rugTick: after!.rugTick!, ticks: tickPlan.rows() }));
    }
    sideBets.push(...planSideBets({ gameId, facts, after, known: known.sideBets.get(gameId) }));
  }
  return { games, ticks, paths, sideBets, trades: [...facts.trades.values()] };
}

function mergeFacts(before: GameRow | null, facts: readonly GameRowFact[]): GameRow | null {
  return facts.reduce<GameRow | null>((row, fact) => mergeGame(row, fact), before);
}

type TickPlan = {
  readonly writes: TickWrites | null;
  /** Null where this batch says nothing about it. */
  readonly complete: boolean | null;
  /** All that is known after the batch. */
  readonly rows: () => ReadonlyMap<number, TickRow>;
};

function planTicks({
  gameId,
  facts,
  before,
  known,
  isCompacted,
}: {
  gameId: GameId;
  facts: SortedFacts;
  before: GameRow | null;
  known: ReadonlyMap<number, TickRow> | undefined;
  isCompacted: boolean;
}): TickPlan {
  // Of a game whose path has been deleted too, single ticks are nothing to begin again with.
  const isGone = isCompacted && !known?.size;
  const told = isGone ? [] : (facts.ticks.get(gameId) ?? []);
  const changed = new Map<number, TickRow>();
  const rowAt = (tick: number) => changed.get(tick) ?? known?.get(tick);
  const put = (row: TickRow, from: TickRow | undefined) => {
    if (row !== from) changed.set(row.tick, row);
  };
  const finalBefore = isFinal(before);
  for (const fact of told) {
    if (finalBefore && fact.tick > before!.rugTick!) continue;
    const row = rowAt(fact.tick);
    put(mergeTick({ row, fact, final: finalBefore }), row);
  }
  let game = before;
  let lastTick: number | null = null;
  for (const fact of finishedFacts(facts, gameId)) {
    if (changesPath(game, fact)) {
      lastTick = fact.rugTick;
      fact.game.prices.forEach((price, tick) => {
        if (price === null) return;
        const row = rowAt(tick);
        put(mergeFinalPrice({ row, tick, price }), row);
      });
    }
    game = mergeGame(game, fact);
  }
  const complete = isFinal(game) && (lastTick !== null || told.length > 0) ? isWhole(game!.rugTick!, rowAt) : null;
  const rows = () => new Map([...(known ?? []), ...changed]);
  return { writes: toWrites({ gameId, changed, known, lastTick }), complete, rows };
}

/** Whatever the path row is made of: its ticks, and where it ends. */
function changesPathRow({
  before,
  after,
  writes,
}: {
  before: GameRow | null;
  after: GameRow;
  writes: TickWrites | null;
}): boolean {
  return writes !== null || !isFinal(before) || before!.rugTick !== after.rugTick;
}

function toWrites({
  gameId,
  changed,
  known,
  lastTick,
}: {
  gameId: GameId;
  changed: ReadonlyMap<number, TickRow>;
  known: ReadonlyMap<number, TickRow> | undefined;
  lastTick: number | null;
}): TickWrites | null {
  const rows = [...changed.values()].filter((row) => lastTick === null || row.tick <= lastTick);
  const overrun = lastTick !== null && known !== undefined && [...known.keys()].some((tick) => tick > lastTick);
  if (rows.length === 0 && !overrun) return null;
  return {
    gameId,
    added: known ? rows.filter((row) => !known.has(row.tick)) : rows,
    changed: known ? rows.filter((row) => known.has(row.tick)) : [],
    lastTick: overrun ? lastTick : null,
  };
}

function planSideBets({
  gameId,
  facts,
  after,
  known,
}: {
  gameId: GameId;
  facts: SortedFacts;
  after: GameRow | null;
  known: ReadonlyMap<string, SideBetRow> | undefined;
}): SideBetRow[] {
  const finished = finishedFacts(facts, gameId);
  const told = [
    ...(facts.sideBets.get(gameId) ?? []),
    ...finished.flatMap((fact) => fact.game.sideBets.map((sideBet) => ({ gameId, sideBet, seenAt: null }))),
  ];
  if (told.length === 0 && finished.length === 0) return [];
  const rows = new Map(known);
  for (const one of told) {
    const key = sideBetKey({ playerId: cleanText(one.sideBet.playerId), startTick: one.sideBet.startTick });
    rows.set(key, mergeSideBet(rows.get(key), one));
  }
  const rugTick = isFinal(after) ? after!.rugTick : null;
  return [...rows]
    .map(([key, row]) => [key, settleSideBet(row, rugTick)] as const)
    .filter(([key, row]) => !isSameRow(known?.get(key) ?? null, row))
    .map(([, row]) => row);
}

function finishedFacts(facts: SortedFacts, gameId: GameId): FinishedFact[] {
  return (facts.games.get(gameId) ?? []).filter((fact) => fact.type === 'game-finished');
}

/** A copy as good as the one on record has nothing to add to a path that is whole. */
function changesPath(row: GameRow | null, fact: FinishedFact): boolean {
  return isBetterCopy(row, fact) || (!row!.complete && row!.verification === fact.verification.status);
}

function isFinal(row: GameRow | null): boolean {
  return row !== null && row.confirmedAt !== null;
}

function isWhole(rugTick: number, rowAt: (tick: number) => TickRow | undefined): boolean {
  for (let tick = 0; tick <= rugTick; tick++) if (!rowAt(tick)) return false;
  return true;
}

function isSameRow<T extends object>(before: T | null, after: T): boolean {
  return before !== null && (Object.keys(after) as (keyof T)[]).every((key) => before[key] === after[key]);
}

function append<V>(map: Map<GameId, V[]>, gameId: GameId, value: V): void {
  const list = map.get(gameId);
  if (list) list.push(value);
  else map.set(gameId, [value]);
}
