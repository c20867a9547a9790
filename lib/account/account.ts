// A player's account as the server knows it, and the settings that follow the player from browser to browser. What a
// browser keeps without an account is lib/risk/stored-profile; signing in makes it the account's.
import type { SafetyState } from '@/lib/safety/safety';
import type { RiskProfile, Tier } from '@/lib/risk/tier';
import type { VenueId } from '@/lib/bets/bet';
import type { Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

export type AccountSettings = {
  /**
   * What the player sets aside for betting: of real money, and the size of the paper bankroll at its last reset. The limit of
   * the same name (lib/safety) as it stands; it changes there.
   */
  readonly bankrollLamports: Lamports;
  readonly riskProfile: RiskProfile;
  readonly tiers: readonly Tier[];
  /** Strategies the player prefers, by id; shown first. */
  readonly preferredStrategies: readonly string[];
  readonly latencyMs: number;
  readonly venue: VenueId;
  readonly theme: 'system' | 'light' | 'dark';
  /** Sounds at: a bet activated, won, lost. 0..1; 0 is silent. */
  readonly soundVolume: number;
};

export type Account = {
  readonly accountId: string;
  readonly publicKey: string;
  readonly createdAt: EpochMs;
  readonly oddsAcceptedAt: EpochMs | null;
  /** Id on the game's own site, for the assisted venue. */
  readonly playerId: string | null;
  readonly settings: AccountSettings;
  readonly safety: SafetyState;
  /** Version of the stream "account:<id>". */
  readonly version: number;
};
