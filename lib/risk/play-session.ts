// How a player's running session changes when a game begins and a bet is placed or settled. Pure: the browser, the
// backtester and the tests fold the same events through it. A new session starts from EMPTY_SESSION.
import { winningsOf } from '@/lib/risk/amounts';
import type { Profile } from '@/lib/risk/profile';
import type { OpenBet } from '@/lib/risk/session';
import { lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

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
