// The profile a bet is judged by, made on the server: the account's settings and limits, what its bets did, and what the
// venue says it holds. A browser's own profile has no say here. Pure.
import type { Account } from '@/lib/account/account';
import { foldSession, type ActivityBet } from '@/lib/bets/betting-activity';
import type { Profile } from '@/lib/risk/profile';
import { largest } from '@/lib/risk/amounts';
import { lamports, type Lamports } from '@/lib/units/lamports';
import type { GameId } from '@/lib/units/game-id';
import type { EpochMs } from '@/lib/units/time';

export function placementProfile({
  account: { settings, safety },
  activity,
  now,
  gameId,
  balanceLamports,
}: {
  readonly account: Account;
  /** Of the venue. */
  readonly activity: readonly ActivityBet[];
  readonly now: EpochMs;
  readonly gameId: GameId;
  readonly balanceLamports: Lamports | null;
}): Profile {
  const session = foldSession(activity, { now, gameId });
  return {
    // What was set aside, and what the running session made of it; at least one lamport, as a profile must have.
    bankrollLamports: largest(lamports(safety.limits.bankrollLamports + session.netLamports), 1n),
    balanceLamports,
    limits: safety.limits,
    session,
    riskProfile: settings.riskProfile,
    tiers: settings.tiers,
    position: null,
    latencyMs: settings.latencyMs,
  };
}
