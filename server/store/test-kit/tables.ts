// The record's tables in memory, for tests: reads what a batch needs and applies what it plans, as write-batch does
// with a database.
import type { GameId } from '@/lib/units/game-id';
import { cleanText } from '@/server/store/clean-text';
import { sideBetKey } from '@/server/store/merge-side-bet';
import {
  concernedGames,
  planBatch,
  sortFacts,
  type BatchPlan,
  type Known,
  type ToldTrade,
} from '@/server/store/plan-batch';
import { expandPath, type CompactedGame } from '@/server/store/plan-path';
import type { GameRow, SideBetRow, TickRow } from '@/server/store/rows';
import type { StoredFact } from '@/server/store/store-item';

export type Tables = {
  readonly games: Map<GameId, GameRow>;
  readonly ticks: Map<GameId, Map<number, TickRow>>;
  readonly paths: Map<GameId, CompactedGame>;
  readonly sideBets: Map<GameId, Map<string, SideBetRow>>;
  readonly trades: Map<string, ToldTrade>;
};

export function createTables(): Tables {
  return { games: new Map(), ticks: new Map(), paths: new Map(), sideBets: new Map(), trades: new Map() };
}

export function applyBatch(tables: Tables, facts: readonly StoredFact[]): BatchPlan {
  const sorted = sortFacts(facts);
  for (const id of concernedGames(sorted)) {
    if (!tables.ticks.has(id)) tables.ticks.set(id, new Map());
    if (!tables.sideBets.has(id)) tables.sideBets.set(id, new Map());
  }
  const plan = planBatch(sorted, { ...tables, ...knownTicks(tables) });
  for (const row of plan.games) tables.games.set(row.gameId, row);
  for (const { gameId, added, changed, lastTick } of plan.ticks) {
    const ticks = tables.ticks.get(gameId)!;
    for (const tick of [...ticks.keys()]) if (lastTick !== null && tick > lastTick) ticks.delete(tick);
    for (const row of added) if (ticks.has(row.tick)) throw new Error(`tick ${row.tick} is not new`);
    for (const row of [...added, ...changed]) ticks.set(row.tick, row);
  }
  for (const game of plan.paths) tables.paths.set(game.path.gameId, game);
  for (const row of plan.sideBets) tables.sideBets.get(row.gameId)!.set(sideBetKey(row), row);
  for (const told of plan.trades) {
    const id = cleanText(told.trade.id);
    if (!tables.trades.has(id)) tables.trades.set(id, told);
  }
  return plan;
}

/** What retention does to a game whose path is written. */
export function dropTickRows(tables: Tables): void {
  for (const id of tables.paths.keys()) tables.ticks.set(id, new Map());
}

function knownTicks({ ticks, paths }: Tables): Pick<Known, 'ticks' | 'withoutTickRows'> {
  const withoutTickRows = new Set([...ticks.keys()].filter((id) => ticks.get(id)!.size === 0));
  const known = [...ticks].map(([id, rows]) => {
    const path = rows.size === 0 ? paths.get(id) : undefined;
    return [id, path ? new Map(expandPath(path.path).map((row) => [row.tick, row])) : rows] as const;
  });
  return { ticks: new Map(known), withoutTickRows };
}

/** Comparable, whatever the order in which rows came. */
export function toPlain({ games, ticks, paths, sideBets, trades }: Tables) {
  const sorted = <K, V>(map: ReadonlyMap<K, V>) => [...map].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return {
    games: sorted(games),
    ticks: sorted(ticks).map(([id, rows]) => [id, [...rows.values()].sort((a, b) => a.tick - b.tick)] as const),
    paths: sorted(paths),
    sideBets: sorted(sideBets).map(([id, rows]) => [id, sorted(rows)] as const),
    trades: sorted(trades),
  };
}
