// The record's tables in memory, for tests: reads what a batch needs and applies what it plans, as write-batch does
// with a database.
import type { GameFact } from '@/lib/game/events';
import type { GameId } from '@/lib/units/game-id';
import { cleanText } from '@/server/store/clean-text';
import { sideBetKey } from '@/server/store/merge-side-bet';
import { concernedGames, planBatch, sortFacts, type ToldTrade } from '@/server/store/plan-batch';
import type { GameRow, SideBetRow, TickRow } from '@/server/store/rows';

export type Tables = {
  readonly games: Map<GameId, GameRow>;
  readonly ticks: Map<GameId, Map<number, TickRow>>;
  readonly sideBets: Map<GameId, Map<string, SideBetRow>>;
  readonly trades: Map<string, ToldTrade>;
};

export function createTables(): Tables {
  return { games: new Map(), ticks: new Map(), sideBets: new Map(), trades: new Map() };
}

export function applyBatch(tables: Tables, facts: readonly GameFact[]): void {
  const sorted = sortFacts(facts);
  for (const id of concernedGames(sorted)) {
    if (!tables.ticks.has(id)) tables.ticks.set(id, new Map());
    if (!tables.sideBets.has(id)) tables.sideBets.set(id, new Map());
  }
  const plan = planBatch(sorted, tables);
  for (const row of plan.games) tables.games.set(row.gameId, row);
  for (const { gameId, added, changed, lastTick } of plan.ticks) {
    const ticks = tables.ticks.get(gameId)!;
    for (const tick of [...ticks.keys()]) if (lastTick !== null && tick > lastTick) ticks.delete(tick);
    for (const row of added) if (ticks.has(row.tick)) throw new Error(`tick ${row.tick} is not new`);
    for (const row of [...added, ...changed]) ticks.set(row.tick, row);
  }
  for (const row of plan.sideBets) tables.sideBets.get(row.gameId)!.set(sideBetKey(row), row);
  for (const told of plan.trades) {
    const id = cleanText(told.trade.id);
    if (!tables.trades.has(id)) tables.trades.set(id, told);
  }
}

/** Comparable, whatever the order in which rows came. */
export function toPlain({ games, ticks, sideBets, trades }: Tables) {
  const sorted = <K, V>(map: ReadonlyMap<K, V>) => [...map].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return {
    games: sorted(games),
    ticks: sorted(ticks).map(([id, rows]) => [id, [...rows.values()].sort((a, b) => a.tick - b.tick)] as const),
    sideBets: sorted(sideBets).map(([id, rows]) => [id, sorted(rows)] as const),
    trades: sorted(trades),
  };
}
