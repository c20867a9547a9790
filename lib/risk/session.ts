// The player's running session as the risk manager sees it; play-session.ts says how it changes.
import { lamports, type Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

export type OpenBet = { readonly stakeLamports: Lamports; readonly startTick: number; readonly endTick: number };

export type Session = {
  readonly bets: number;
  readonly wins: number;
  /** Won minus lost since the session began. */
  readonly netLamports: Lamports;
  /** The highest that net has been, 0 at the start. */
  readonly peakNetLamports: Lamports;
  /** Won minus lost in the running game. */
  readonly gameNetLamports: Lamports;
  /** Bets lost in a row, up to now, and what they cost together. */
  readonly consecutiveLosses: number;
  readonly streakLossLamports: Lamports;
  readonly lastLossAt: EpochMs | null;
  readonly openBet: OpenBet | null;
  /** A bet whose outcome is certain while the money has not moved yet: the bankroll is not known until it has. */
  readonly pendingSettlement: { readonly stakeLamports: Lamports; readonly won: boolean } | null;
};

export const EMPTY_SESSION: Session = {
  bets: 0,
  wins: 0,
  netLamports: lamports(0n),
  peakNetLamports: lamports(0n),
  gameNetLamports: lamports(0n),
  consecutiveLosses: 0,
  streakLossLamports: lamports(0n),
  lastLossAt: null,
  openBet: null,
  pendingSettlement: null,
};
