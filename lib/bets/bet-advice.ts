// What was said to the player when the bet was placed, worked out again by the server: kept with the bet for good, so that
// afterwards it can be seen what was known and whether the bet followed it. Plain JSON.
import type { VerdictWord } from '@/lib/decision/verdict';
import type { CompactAssessment } from '@/lib/protocol/compact-assessment';

/**
 * `followed`: the advice was to bet, and the stake is no more than advised. `against`: the advice was not to bet, or to bet
 * less. `unadvised`: the server could say nothing, as for a bet first seen on the feed.
 */
export const STANCES = ['followed', 'against', 'unadvised'] as const;
export type Stance = (typeof STANCES)[number];

export type BetAdvice = {
  /** Null where there was no assessment. */
  readonly tick: number | null;
  readonly assessment: CompactAssessment | null;
  readonly word: VerdictWord | null;
  /** What the strategy of the bet, or else the top recommendation, advised. */
  readonly strategyId: string | null;
  readonly advisedLamports: string;
  /** EV per unit staked, as it was said. */
  readonly expectedValue: number | null;
  readonly winProbability: number | null;
  readonly stance: Stance;
};
