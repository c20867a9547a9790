// The player's running session as the risk manager sees it, and how it changes when a bet is placed or settled. Pure:
// the browser, the backtester and the tests fold the same events through it. A new session starts from EMPTY_SESSION.
import { winningsOf } from '@/lib/risk/amounts';
import type { Profile } from '@/lib/risk/profile';
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

export function startGame(profile: Profile): Profile {
  return { ...profile, session: { ...profile.session, gameNetLamports: lamports(0n) } };
}

export function placeBet(profile: Profile, openBet: OpenBet): Profile {
  return { ...profile, session: { ...profile.session, openBet } };
}

/** Settles the open bet; without one nothing changes. */
export function settleBet(
  profile: Profile,
  { won, payout, at }: { won: boolean; payout: number; at: EpochMs },
): Profile {
  const { session } = profile;
  if (!session.openBet) return profile;
  const { stakeLamports } = session.openBet;
  const change = won ? winningsOf(stakeLamports, payout) : -stakeLamports;
  const net = session.netLamports + change;
  return {
    ...profile,
    bankrollLamports: lamports(profile.bankrollLamports + change),
    balanceLamports: profile.balanceLamports === null ? null : lamports(profile.balanceLamports + change),
    session: {
      bets: session.bets + 1,
      wins: session.wins + (won ? 1 : 0),
      netLamports: lamports(net),
      peakNetLamports: net > session.peakNetLamports ? lamports(net) : session.peakNetLamports,
      gameNetLamports: lamports(session.gameNetLamports + change),
      consecutiveLosses: won ? 0 : session.consecutiveLosses + 1,
      streakLossLamports: lamports(won ? 0n : session.streakLossLamports + stakeLamports),
      lastLossAt: won ? session.lastLossAt : at,
      openBet: null,
      pendingSettlement: null,
    },
  };
}
