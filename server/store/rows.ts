// The rows of the record as the writer handles them, one type per table of db/schema. Times stay milliseconds; game ids
// and ticks are the keys of the maps that hold them.
import type { TickSource } from '@/lib/game/events';
import type { CompactAssessment } from '@/lib/protocol/compact-assessment';
import type { GameSource } from '@/lib/game/game-source';
import type { Verification } from '@/lib/game/provably-fair';
import type { Phase } from '@/lib/game/rules';
import type { GameId } from '@/lib/units/game-id';
import type { Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

export type GameRow = {
  readonly gameId: GameId;
  readonly phase: Phase;
  readonly phaseAt: EpochMs | null;
  readonly serverSeedHash: string | null;
  readonly serverSeed: string | null;
  readonly version: string | null;
  readonly announcedAt: EpochMs | null;
  readonly startedAt: EpochMs | null;
  readonly ruggedAt: EpochMs | null;
  readonly endedAt: EpochMs | null;
  /** Null until the history has named the game; then path, seed and rug are final. */
  readonly confirmedAt: EpochMs | null;
  readonly rugTick: number | null;
  readonly peak: number | null;
  readonly verification: Verification['status'] | null;
  readonly commitmentKept: boolean | null;
  readonly complete: boolean;
  readonly ticksRepaired: number;
  readonly ticksCorrected: number;
  readonly source: GameSource;
};

export type TickRow = {
  readonly tick: number;
  readonly price: number;
  readonly receivedAt: EpochMs | null;
  readonly source: TickSource;
  /** What players saw at this tick; null when no assessment was made. */
  readonly assessment: CompactAssessment | null;
};

export type SideBetRow = {
  readonly gameId: GameId;
  readonly playerId: string;
  readonly startTick: number;
  readonly endTick: number;
  readonly username: string | null;
  readonly stakeLamports: Lamports;
  readonly payoutMultiple: number;
  readonly coinAddress: string;
  readonly placedAt: EpochMs | null;
  readonly seenAt: EpochMs | null;
  readonly confirmed: boolean;
  readonly outcome: 'won' | 'lost' | null;
  readonly payoutLamports: Lamports | null;
};

/** Of two times of which either may be unknown, the earlier. */
export function earlier(a: EpochMs | null, b: EpochMs | null): EpochMs | null {
  if (a === null || b === null) return a ?? b;
  return b < a ? b : a;
}
