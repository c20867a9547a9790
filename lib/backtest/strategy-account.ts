// One strategy's bankroll through a backtest: offered every tick at which it could act, held to the real rules (one open
// bet, the venue's stakes, acceptance delay, settlement by the published rule) and to its limits by the risk manager.
// It knows nothing of a game but its ticks so far; the rug reaches it as `endGame`.
import type { Assessment } from '@/lib/decision/assess';
import { sideBetWins, windowEndTick } from '@/lib/game/rules';
import { createEquity, type EquityPoint, type EquityScores } from '@/lib/performance/equity';
import { ruinShare, type SessionReturn } from '@/lib/backtest/ruin-share';
import { createProfile, defaultLimits, type Profile } from '@/lib/risk/profile';
import { checkRisk } from '@/lib/risk/risk-manager';
import { EMPTY_SESSION, placeBet, settleBet, startGame } from '@/lib/risk/session';
import { DEFAULT_VENUE, type Conditions } from '@/lib/risk/venue';
import { createContext } from '@/lib/strategy/context';
import type { Strategy } from '@/lib/strategy/strategy';
import type { Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

export type StrategyResult = EquityScores & {
  /** Share of resampled runs in which the bankroll fell below the venue's smallest stake. */
  readonly ruin: number;
  /** It happened in this very run. */
  readonly ruined: boolean;
  /** Bets decided but not taken: the game rugged before they arrived. */
  readonly missed: number;
  readonly finalBankrollLamports: Lamports;
  readonly curve: readonly EquityPoint[];
};

export type StrategyAccount = {
  readonly strategyId: string;
  startGame(): void;
  /** The first tick at which it would act again; Infinity when it has stopped for this game. */
  nextTick(): number;
  /** Offers a tick; true when a bet was decided on. `assess` is asked only if the strategy needs it. */
  offer(moment: Moment): boolean;
  endGame(end: { rugTick: number; now: EpochMs }): void;
  result(seed: string): StrategyResult;
};

export type Moment = { readonly tick: number; readonly now: EpochMs; readonly assessment: Assessment };

/** About an hour of play. Each session starts with fresh limits, as a player's does. */
export const SESSION_GAMES = 50;

const FEED = { status: 'connected', ageMs: 0 } as const;
const PRESALE: Conditions = { venue: DEFAULT_VENUE, feed: FEED, phase: 'presale' };
const ACTIVE: Conditions = { venue: DEFAULT_VENUE, feed: FEED, phase: 'active' };

type OpenBet = { readonly startTick: number; readonly endTick: number; readonly payout: number };

export function createStrategyAccount({
  strategy,
  bankrollLamports,
  delayTicks,
  latencyMs,
}: {
  strategy: Strategy;
  bankrollLamports: Lamports;
  delayTicks: number;
  latencyMs: number;
}): StrategyAccount {
  const equity = createEquity(bankrollLamports);
  const sessions: SessionReturn[] = [];
  let profile: Profile = createProfile(bankrollLamports, latencyMs);
  let sessionStart: Lamports = bankrollLamports;
  let sessionLow: Lamports = bankrollLamports;
  let sessionGames = 0;
  let sessionOver = false;
  let ruined = bankrollLamports < DEFAULT_VENUE.minStakeLamports;
  let missed = 0;
  let nextTick = 0;
  let open: OpenBet | null = null;
  let waited: { assessment: Assessment; profile: Profile } | null = null;

  const settle = (won: boolean, now: EpochMs) => {
    const before = profile.bankrollLamports;
    const { stakeLamports } = profile.session.openBet!;
    profile = settleBet(profile, { won, payout: open!.payout, at: now });
    open = null;
    const profitLamports = profile.bankrollLamports - before;
    equity.settle({ stakeLamports, profitLamports, bankrollBeforeLamports: before });
    if (profile.bankrollLamports < sessionLow) sessionLow = profile.bankrollLamports;
    if (profile.bankrollLamports < DEFAULT_VENUE.minStakeLamports) ruined = true;
  };
  const endSession = () => {
    sessions.push({
      end: Number(profile.bankrollLamports) / Number(sessionStart),
      low: Number(sessionLow) / Number(sessionStart),
    });
    sessionGames = 0;
    sessionOver = false;
    sessionStart = sessionLow = profile.bankrollLamports;
    if (!ruined) profile = { ...profile, session: EMPTY_SESSION, limits: defaultLimits(profile.bankrollLamports) };
  };

  return {
    strategyId: strategy.id,
    nextTick: () => nextTick,
    startGame() {
      if (sessionGames === SESSION_GAMES) endSession();
      sessionGames++;
      profile = startGame(profile);
      nextTick = ruined || sessionOver ? Infinity : 0;
      waited = null;
    },
    offer({ tick, now, assessment }) {
      if (open) settle(false, now); // Alive at the window's end: lost.
      if (ruined) nextTick = Infinity;
      if (ruined || isCoolingOff(profile, now)) return false;
      if (waited && waited.profile === profile && sameNumbers(waited.assessment, assessment)) return false;
      const context = createContext({
        assessment: assessment.tick === tick ? assessment : { ...assessment, tick },
        profile,
        conditions: tick === 0 ? PRESALE : ACTIVE,
        now,
      });
      const decision = strategy.decide(context);
      if (decision.action !== 'bet') {
        waited = { assessment, profile };
        if (decision.action === 'stop') sessionOver = true;
        if (sessionOver) nextTick = Infinity;
        return false;
      }
      const refusals = checkRisk(context, decision.stakeLamports);
      if (refusals.length > 0) {
        waited = { assessment, profile };
        sessionOver = refusals.some(({ kind }) => kind === 'stop');
        if (sessionOver) nextTick = Infinity;
        return false;
      }
      // Presale takes bets for tick 0 and lasts seconds; later a bet starts when it arrives.
      const startTick = tick === 0 ? 0 : tick + delayTicks;
      const endTick = windowEndTick(startTick);
      open = { startTick, endTick, payout: assessment.payout };
      profile = placeBet(profile, { stakeLamports: decision.stakeLamports, startTick, endTick });
      nextTick = endTick;
      return true;
    },
    endGame({ rugTick, now }) {
      if (open && rugTick <= open.startTick) {
        open = null;
        profile = { ...profile, session: { ...profile.session, openBet: null } };
        missed++;
      }
      if (open) settle(sideBetWins({ startTick: open.startTick, rugTick }), now);
      equity.endGame(profile.bankrollLamports);
    },
    result(seed) {
      if (sessionGames > 0) endSession();
      const minimum = Number(DEFAULT_VENUE.minStakeLamports) / Number(bankrollLamports);
      return {
        ...equity.scores(),
        ruin: ruinShare({ sessions, minimum, seed: `${seed} ${strategy.id}` }),
        ruined,
        missed,
        finalBankrollLamports: profile.bankrollLamports,
        curve: equity.curve(),
      };
    },
  };
}

/** A shortcut only: the risk manager applies the same rule to every bet that is decided on. */
function isCoolingOff({ session, limits }: Profile, now: EpochMs): boolean {
  return session.lastLossAt !== null && now - session.lastLossAt < limits.coolingOffMs;
}

/** Strategies decide from the numbers, not from the tick's own number: the same numbers bring the same answer. */
function sameNumbers(a: Assessment, b: Assessment): boolean {
  return (
    a.winProbability === b.winProbability &&
    a.zone === b.zone &&
    a.hazard === b.hazard &&
    a.timing.reliability === b.timing.reliability &&
    a.timing.intervalMs === b.timing.intervalMs
  );
}
