// What Fortytick said at a tick, as the record keeps it: a prediction of the window and of the game's end, and what each
// strategy advised the reference player. Made by the recorder; outcomes are added by the record, from the rug.
import type { Zone } from '@/lib/decision/zone';
import type { VerdictWord } from '@/lib/decision/verdict';
import type { EndPrediction } from '@/lib/prediction/predict-end';
import type { CompactAssessment } from '@/lib/protocol/compact-assessment';
import type { Action } from '@/lib/strategy/strategy';
import type { GameId } from '@/lib/units/game-id';
import type { Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

/** `live`: said while the game ran. `replay`: worked out afterwards, from recorded ticks alone and in their order. */
export type Origin = 'live' | 'replay';

export type MadePrediction = {
  readonly gameId: GameId;
  readonly tick: number;
  readonly madeAt: EpochMs;
  readonly origin: Origin;
  /** "id@version" of the model whose win probability was shown. */
  readonly model: string;
  readonly winProbability: number;
  readonly lower: number;
  readonly upper: number;
  readonly payout: number;
  readonly zone: Zone;
  readonly end: EndPrediction;
};

export type MadeRecommendation = {
  readonly gameId: GameId;
  readonly tick: number;
  readonly strategyId: string;
  readonly madeAt: EpochMs;
  readonly origin: Origin;
  /** 1 is the one to follow; null for a strategy that the ranking left out. */
  readonly priority: number | null;
  readonly word: VerdictWord;
  readonly action: Action;
  /** 0 unless the action is to bet. */
  readonly stakeLamports: Lamports;
  /** Average profit per unit staked; 0 without a bet. */
  readonly expectedValue: number;
  readonly score: number | null;
  readonly reasons: readonly string[];
  readonly assessment: CompactAssessment;
  /** Where a bet taken at once would begin. */
  readonly startTick: number;
};
