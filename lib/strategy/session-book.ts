// One strategy's money over a backtest's sessions: the profile with its running session, what each session returned, and
// whether the bankroll ever fell below what the venue takes. The account decides bets; this keeps the book.
import type { SessionReturn } from '@/lib/strategy/ruin-share';
import { createEquity, type Equity } from '@/lib/performance/equity';
import { createProfile, defaultLimits, type Profile } from '@/lib/risk/profile';
import { placeBet, settleBet, startGame } from '@/lib/risk/play-session';
import { EMPTY_SESSION, type OpenBet } from '@/lib/risk/session';
import { DEFAULT_VENUE } from '@/lib/risk/venue';
import type { Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

export type SessionBook = {
  /** Changes identity with every change of its content. */
  profile(): Profile;
  isRuined(): boolean;
  /** Starts a new session when the last one has had its games. */
  startGame(): { newSession: boolean };
  place(bet: OpenBet): void;
  /** The open bet never reached the venue. */
  cancel(): void;
  settle(outcome: { won: boolean; payout: number; at: EpochMs }): void;
  endGame(): void;
  /** Every session's return, the running one's too. */
  sessions(): readonly SessionReturn[];
  readonly equity: Equity;
};

/** About an hour of play. Each session starts with fresh limits, as a player's does. */
export const SESSION_GAMES = 50;

export function createSessionBook({
  bankrollLamports,
  latencyMs,
}: {
  bankrollLamports: Lamports;
  latencyMs: number;
}): SessionBook {
  const equity = createEquity(bankrollLamports);
  const finished: SessionReturn[] = [];
  let profile = createProfile(bankrollLamports, latencyMs);
  let start = bankrollLamports;
  let low = bankrollLamports;
  let games = 0;
  let ruined = bankrollLamports < DEFAULT_VENUE.minStakeLamports;
  const running = (): SessionReturn => ({
    end: Number(profile.bankrollLamports) / Number(start),
    low: Number(low) / Number(start),
  });
  return {
    equity,
    profile: () => profile,
    isRuined: () => ruined,
    startGame() {
      const newSession = games === SESSION_GAMES;
      if (newSession) {
        finished.push(running());
        games = 0;
        start = low = profile.bankrollLamports;
        if (!ruined) profile = { ...profile, session: EMPTY_SESSION, limits: defaultLimits(start) };
      }
      games++;
      profile = startGame(profile);
      return { newSession };
    },
    place(bet) {
      profile = placeBet(profile, bet);
    },
    cancel() {
      profile = { ...profile, session: { ...profile.session, openBet: null } };
    },
    settle(outcome) {
      const before = profile.bankrollLamports;
      const { stakeLamports } = profile.session.openBet!;
      profile = settleBet(profile, outcome);
      const profitLamports = profile.bankrollLamports - before;
      equity.settle({ stakeLamports, profitLamports, bankrollBeforeLamports: before });
      if (profile.bankrollLamports < low) low = profile.bankrollLamports;
      if (profile.bankrollLamports < DEFAULT_VENUE.minStakeLamports) ruined = true;
    },
    endGame: () => equity.endGame(profile.bankrollLamports),
    sessions: () => [...finished, running()],
  };
}
