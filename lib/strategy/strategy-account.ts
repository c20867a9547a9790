// One strategy followed to the letter, through a backtest or beside the live game: offered every tick at which it could act, held to the real rules (one open bet, the
// venue's stakes, acceptance delay, settlement by the published rule) and to its limits by the risk manager. It knows
// nothing of a game but its ticks so far; the rug reaches it as `endGame`.
import { ruinShare } from '@/lib/strategy/ruin-share';
import { createSessionBook } from '@/lib/strategy/session-book';
import type { Assessment } from '@/lib/decision/assess';
import { sideBetWins, windowEndTick } from '@/lib/game/rules';
import type { EquityPoint, EquityScores } from '@/lib/performance/equity';
import type { Profile } from '@/lib/risk/profile';
import { checkRisk } from '@/lib/risk/risk-manager';
import { DEFAULT_VENUE, type Conditions } from '@/lib/risk/venue';
import { createContext } from '@/lib/strategy/context';
import type { Decision, Strategy } from '@/lib/strategy/strategy';
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
  /** Offers a tick; the bet that was decided on, if one was. */
  offer(moment: Moment): FollowedBet | null;
  endGame(end: { rugTick: number; now: EpochMs }): void;
  result(seed: string): StrategyResult;
};

export type FollowedBet = {
  readonly stakeLamports: Lamports;
  readonly startTick: number;
  readonly reasons: () => readonly string[];
};

export type Moment = { readonly tick: number; readonly now: EpochMs; readonly assessment: Assessment };

const FEED = { status: 'connected', ageMs: 0 } as const;
const PRESALE: Conditions = { venue: DEFAULT_VENUE, feed: FEED, phase: 'presale' };
const ACTIVE: Conditions = { venue: DEFAULT_VENUE, feed: FEED, phase: 'active' };

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
  const book = createSessionBook({ bankrollLamports, latencyMs });
  let sessionOver = false;
  let missed = 0;
  let nextTick = 0;
  let open: { readonly startTick: number; readonly payout: number } | null = null;
  let waited: { assessment: Assessment; profile: Profile } | null = null;

  const settle = (won: boolean, at: EpochMs) => {
    book.settle({ won, payout: open!.payout, at });
    open = null;
  };
  /** The bet to place, or null; remembers what was seen when the answer was to wait. */
  const decide = ({ tick, now, assessment }: Moment): Extract<Decision, { action: 'bet' }> | null => {
    const profile = book.profile();
    const context = createContext({
      assessment: assessment.tick === tick ? assessment : { ...assessment, tick },
      profile,
      conditions: tick === 0 ? PRESALE : ACTIVE,
      now,
    });
    const decision = strategy.decide(context);
    const refusals = decision.action === 'bet' ? checkRisk(context, decision.stakeLamports) : [];
    if (decision.action === 'bet' && refusals.length === 0) return decision;
    waited = { assessment, profile };
    sessionOver = decision.action === 'stop' || refusals.some(({ kind }) => kind === 'stop');
    if (sessionOver) nextTick = Infinity;
    return null;
  };

  return {
    strategyId: strategy.id,
    nextTick: () => nextTick,
    startGame() {
      if (book.startGame().newSession) sessionOver = false;
      nextTick = book.isRuined() || sessionOver ? Infinity : 0;
      waited = null;
    },
    offer(moment) {
      const { tick, now, assessment } = moment;
      if (open) settle(false, now); // Alive at the window's end: lost.
      if (book.isRuined()) nextTick = Infinity;
      if (book.isRuined() || isCoolingOff(book.profile(), now)) return null;
      if (waited && waited.profile === book.profile() && sameNumbers(waited.assessment, assessment)) return null;
      const decision = decide(moment);
      if (decision === null) return null;
      const { stakeLamports, reasons } = decision;
      // Presale takes bets for tick 0 and lasts seconds; later a bet starts when it arrives.
      const startTick = tick === 0 ? 0 : tick + delayTicks;
      open = { startTick, payout: assessment.payout };
      nextTick = windowEndTick(startTick);
      book.place({ stakeLamports, startTick, endTick: nextTick });
      return { stakeLamports, startTick, reasons };
    },
    endGame({ rugTick, now }) {
      if (open && rugTick <= open.startTick) {
        open = null;
        book.cancel();
        missed++;
      }
      if (open) settle(sideBetWins({ startTick: open.startTick, rugTick }), now);
      book.endGame();
    },
    result(seed) {
      const minimum = Number(DEFAULT_VENUE.minStakeLamports) / Number(bankrollLamports);
      return {
        ...book.equity.scores(),
        ruin: ruinShare({ sessions: book.sessions(), minimum, seed: `${seed} ${strategy.id}` }),
        ruined: book.isRuined(),
        missed,
        finalBankrollLamports: book.profile().bankrollLamports,
        curve: book.equity.curve(),
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
