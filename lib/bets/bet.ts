// A bet of the player's own, and where it stands. Folded from its events and from nothing else: lib/bets/transitions.ts
// says which event may follow which state. Money is lamports, times are the server's.
import type { BetAdvice } from '@/lib/bets/bet-advice';
import type { GameId } from '@/lib/units/game-id';
import type { Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

/** `practice`: the local chain. `paper`: no money. `assisted`: placed by the player on the game's own site. */
export const VENUE_IDS = ['practice', 'paper', 'assisted'] as const;
export type VenueId = (typeof VENUE_IDS)[number];

export const BET_STATES = [
  'prepared',
  'submitted',
  'active',
  'won',
  'lost',
  'void',
  'paid',
  'refunded',
  'expired',
] as const;
export type BetState = (typeof BET_STATES)[number];

/** A player has at most one of these at a time. A bet that is won, lost or void stands in nobody's way. */
export const OPEN_STATES: readonly BetState[] = ['prepared', 'submitted', 'active'];

/** Why a bet expired: nothing was taken. */
export const EXPIRY_REASONS = [
  /** Not signed and submitted in time. */
  'not-submitted',
  /** The wallet said no, or the player took it back. */
  'refused',
  /** Submitted, and its blockhash ran out before it landed. */
  'never-landed',
  /** It landed as a failed transaction: the fee is gone, the stake is not. */
  'failed-on-chain',
  /** Assisted: the feed never showed it. */
  'not-seen',
] as const;
export type ExpiryReason = (typeof EXPIRY_REASONS)[number];

/** Why a bet is void: whatever was taken goes back. */
export const VOID_REASONS = [
  /** The game it was for had ended, or another had begun, when the stake was confirmed. */
  'game-ended',
  /** Confirmed later than 30 s after it was submitted. */
  'too-late',
  /** The feed was not live at confirmation, so that no tick can be named. */
  'feed-stale',
  /** The stake arrived for a bet that had expired. */
  'late-stake',
  /** The chain took the stake's transaction back, and it never landed again: nothing is to be refunded. */
  'stake-gone',
  /** The game's end never became known. */
  'no-result',
  /** The stake that arrived is not the one that was asked for. */
  'wrong-amount',
  /** The bet it was sent for had its stake already; this one is a bet of its own, only to be given back. */
  'second-stake',
] as const;
export type VoidReason = (typeof VOID_REASONS)[number];

export type Bet = {
  readonly betId: string;
  readonly accountId: string;
  readonly venue: VenueId;
  readonly clientKey: string;
  readonly sessionId: string;
  readonly strategyId: string | null;
  readonly state: BetState;
  readonly stakeLamports: Lamports;
  /** Returned on a win as a multiple of the stake. */
  readonly payout: number;
  readonly gameId: GameId;
  readonly preparedTick: number | null;
  readonly preparedAt: EpochMs;
  readonly expiresAt: EpochMs;
  readonly submittedAt: EpochMs | null;
  readonly activeAt: EpochMs | null;
  readonly startTick: number | null;
  readonly endTick: number | null;
  /** Where the game ended, once that is known. */
  readonly rugTick: number | null;
  readonly settledAt: EpochMs | null;
  readonly closedAt: EpochMs | null;
  readonly stakeFinal: boolean;
  readonly paidLamports: Lamports | null;
  readonly reason: ExpiryReason | VoidReason | null;
  readonly advice: BetAdvice | null;
  /** Version of its stream: the number of events so far. */
  readonly version: number;
};

/** Longest a bet may stay prepared, and longest a submitted one may take to be confirmed. */
export const BET_TIMEOUT_MS = 30_000;
/** A session without a bet for this long is over. */
export const SESSION_IDLE_MS = 1_800_000;
