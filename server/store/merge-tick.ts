// What tick facts and the history's path make of a game's ticks. Live facts may correct each other, the newest last; once
// the history has named the game its price stands. When a tick arrived is kept whatever becomes of its price. Pure.
import type { TickSource } from '@/lib/game/events';
import type { ToldTick } from '@/server/store/store-item';
import { earlier, type TickRow } from '@/server/store/rows';

/** The same price from its own frame is worth more than learnt later; lower is closer to the source. */
const SOURCE_ORDER: Record<TickSource, number> = { frame: 0, partial: 1, path: 2, history: 3 };

export function mergeTick({
  row,
  fact,
  final,
}: {
  row: TickRow | undefined;
  fact: ToldTick;
  /** The game is confirmed by the history. */
  final: boolean;
}): TickRow {
  const told = fact.assessment ?? null;
  if (!row) return { tick: fact.tick, price: fact.price, receivedAt: fact.at, source: fact.source, assessment: told };
  const receivedAt = earlier(row.receivedAt, fact.at);
  const { price, source } = mergePrice({ row, fact, final });
  // The first assessment is the one players acted on.
  const assessment = row.assessment ?? told;
  const isSame =
    receivedAt === row.receivedAt && price === row.price && source === row.source && assessment === row.assessment;
  return isSame ? row : { tick: row.tick, price, receivedAt, source, assessment };
}

function mergePrice({
  row,
  fact,
  final,
}: {
  row: TickRow;
  fact: ToldTick;
  final: boolean;
}): Pick<TickRow, 'price' | 'source'> {
  if (fact.price !== row.price) return final ? row : fact;
  return SOURCE_ORDER[fact.source] < SOURCE_ORDER[row.source] ? fact : row;
}

/** The published price at a tick. */
export function mergeFinalPrice({
  row,
  tick,
  price,
}: {
  row: TickRow | undefined;
  tick: number;
  price: number;
}): TickRow {
  if (row?.price === price) return row;
  return {
    tick,
    price,
    receivedAt: row?.receivedAt ?? null,
    source: 'history',
    assessment: row?.assessment ?? null,
  };
}
