// What waits for the database: facts and dead letters, with what each weighs and whether it may be dropped at a bound.
import type { GameFact } from '@/lib/game/events';
import type { StoredLetter } from '@/server/store/dead-letters';

export type StoreItem = GameFact | { readonly type: 'dead-letter'; readonly letter: StoredLetter };

/** About the rows an item leads to. */
export function weightOf(item: StoreItem): number {
  return item.type === 'game-finished' ? item.game.prices.length + item.game.sideBets.length : 1;
}

/**
 * At a bound ticks go first: the history brings them again. So do trades, which nothing depends on, and dead letters. Facts
 * of a game's course and side bets are few, and bets are named in no later frame for certain.
 */
export function isExpendable(item: StoreItem): boolean {
  return item.type === 'tick' || item.type === 'trade' || item.type === 'dead-letter';
}
