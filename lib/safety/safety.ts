// What protects a player from themselves, kept by the server and never by a browser: limits on losses, pauses, exclusion,
// the stop switch and the reality check. Folded from the events of the stream "account:<id>". Types only; what a bet
// meets of it is in check-safety.ts, how it changes in change-safety.ts.
import type { Limits } from '@/lib/risk/profile';
import type { Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

/** Limits of the profile, and those that need the server's memory of the hour and the day. */
export type SafetyLimits = Limits & {
  /** What the player sets aside for betting. A limit too: the largest stake and the largest fall are shares of it. */
  readonly bankrollLamports: Lamports;
  /** Largest net loss, open stakes counted as lost, within any 60 minutes and any 24 hours up to now. */
  readonly perHourLossLamports: Lamports;
  readonly perDayLossLamports: Lamports;
};

/** A limit that was raised: it waits for 24 hours, and can be taken back until then. */
export type PendingRaise = {
  readonly field: keyof SafetyLimits;
  /** Decimal text for amounts. */
  readonly value: number | string;
  readonly effectiveAt: EpochMs;
};

export type SafetyState = {
  readonly limits: SafetyLimits;
  /** At most one for each field. */
  readonly pending: readonly PendingRaise[];
  /** No bet until then; null when none. Neither can be shortened, by anybody. */
  readonly coolingOffUntil: EpochMs | null;
  readonly excludedUntil: EpochMs | null;
  /** The stop switch: since when all betting is halted. The player may resume at any time. */
  readonly stoppedSince: EpochMs | null;
  /** How often the player is shown time and result, and has to say go on; null for never. */
  readonly realityCheckMs: number | null;
  readonly realityCheckedAt: EpochMs | null;
  /** A stake above this is asked about twice. */
  readonly highRiskLamports: Lamports;
};

/** What the player did lately in one venue: what limits are held against. */
export type BettingActivity = {
  readonly hourNetLamports: Lamports;
  readonly dayNetLamports: Lamports;
  readonly sessionNetLamports: Lamports;
  /** Stakes of bets whose outcome is not known. */
  readonly openStakeLamports: Lamports;
  /** When the running session began; null when none runs. */
  readonly sessionOpenedAt: EpochMs | null;
};
