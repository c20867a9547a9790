// A finished game as the record holds it: what the checks look at. The shell reads it from the database, tests make it.
import type { Verification } from '@/lib/game/provably-fair';
import type { GameId } from '@/lib/units/game-id';
import type { Lamports } from '@/lib/units/lamports';

export type GameOnRecord = {
  readonly gameId: GameId;
  readonly version: string | null;
  readonly serverSeed: string | null;
  readonly serverSeedHash: string | null;
  /** Whether the hash shown before the game was the one revealed after it; null when none was seen. */
  readonly commitmentKept: boolean | null;
  /** What was concluded when the history confirmed the game. */
  readonly verification: Verification['status'];
  readonly rugTick: number;
  readonly peak: number | null;
  readonly complete: boolean;
  /** Index = tick; null for a tick not known. Longer or shorter than the game when the record is wrong. */
  readonly prices: readonly (number | null)[];
  /** The same by rows of single ticks, where there are such beside the compacted path; null where they were not looked at. */
  readonly tickPrices: readonly (number | null)[] | null;
  /** When each tick's own frame arrived, in ms from any fixed instant; null for a tick learnt later. */
  readonly arrivalsMs: readonly (number | null)[] | null;
  readonly trades: readonly TradeOnRecord[];
  readonly sideBets: readonly SideBetOnRecord[];
  readonly predictions: readonly PredictionOnRecord[];
};

export type TradeOnRecord = { readonly tick: number; readonly price: number };

export type SideBetOnRecord = {
  readonly startTick: number;
  readonly endTick: number;
  readonly stakeLamports: Lamports;
  readonly payoutMultiple: number;
  readonly outcome: 'won' | 'lost' | null;
  readonly payoutLamports: Lamports | null;
};

export type PredictionOnRecord = {
  readonly tick: number;
  readonly rugTick: number | null;
  readonly won: boolean | null;
};
