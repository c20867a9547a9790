// What waits for the database: facts and dead letters, with what each weighs and whether it may be dropped at a bound.
import type { Assessment } from '@/lib/decision/assess';
import type { MadePrediction, MadeRecommendation } from '@/lib/decision/made';
import type { GameFact, TickFact } from '@/lib/game/events';
import type { GameSource } from '@/lib/game/game-source';
import { packAssessment, type CompactAssessment } from '@/lib/protocol/compact-assessment';
import type { StoredLetter } from '@/server/store/dead-letters';

/** A tick with the assessment players saw at it. */
export type ToldTick = TickFact & { readonly assessment?: CompactAssessment };

/** A fact as it is kept: a game's own facts say where it was played, unless that is the real game. */
export type StoredFact = ToldTick | (Exclude<GameFact, TickFact> & { readonly source?: GameSource });

export type StoreItem =
  | StoredFact
  | { readonly type: 'prediction'; readonly prediction: MadePrediction }
  | { readonly type: 'recommendation'; readonly recommendation: MadeRecommendation }
  | { readonly type: 'dead-letter'; readonly letter: StoredLetter };

/** A fact with what the record adds to it. */
export function toStoredFact(
  fact: GameFact,
  { assessment, source }: { assessment: Assessment | null; source: GameSource },
): StoredFact {
  if (fact.type === 'tick') return assessment === null ? fact : { ...fact, assessment: packAssessment(assessment) };
  const isOfGame = fact.type !== 'trade' && fact.type !== 'side-bet';
  return isOfGame && source === 'simulator' ? { ...fact, source } : fact;
}

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
