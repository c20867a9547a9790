// The assessment and the clock at each tick of a backtest, as they would have been live. Recorded arrival times drive the
// timing; games without them run on a steady beat.
import type { Moment } from '@/lib/strategy/strategy-account';
import type { RecordedGame } from '@/lib/backtest/recorded-game';
import { assess, type Assessment } from '@/lib/decision/assess';
import type { Evidence } from '@/lib/decision/evidence-keeper';
import { COOLDOWN_MS, NOMINAL_TICK_MS, WINDOW_TICKS } from '@/lib/game/rules';
import type { Headline } from '@/lib/hazard/headline';
import type { TickContext } from '@/lib/hazard/learning-model';
import { createTimingEstimator, type TickTiming } from '@/lib/timing/tick-timing';
import { epochMs, type EpochMs } from '@/lib/units/time';

/** About this long after a rug the next cooldown begins. */
const RUGGED_MS = 5_000;
/** A record without arrival times says nothing of timing: bets are taken to arrive on a steady beat. */
const STEADY: TickTiming = {
  intervalMs: NOMINAL_TICK_MS,
  madMs: 0,
  p05Ms: NOMINAL_TICK_MS,
  p95Ms: NOMINAL_TICK_MS,
  reliability: 1,
  rhythm: 'steady',
  windowMs: {
    expected: NOMINAL_TICK_MS * WINDOW_TICKS,
    lower: NOMINAL_TICK_MS * WINDOW_TICKS,
    upper: NOMINAL_TICK_MS * WINDOW_TICKS,
  },
  samples: 0,
};

export type BacktestMoments = {
  startGame(game: RecordedGame): void;
  /**
   * The object is reused from tick to tick. Its assessment names an earlier tick when nothing in it has changed since;
   * whoever decides on it puts the tick right first.
   */
  at(tick: number, context: TickContext | undefined): Moment;
  /** The time of the rug. */
  endGame(game: RecordedGame): EpochMs;
  /** Lets a game's time pass without looking at it. */
  skipGame(game: RecordedGame): void;
};

export function createBacktestMoments({
  headline,
  evidence,
}: {
  headline: Headline;
  evidence: Evidence;
}): BacktestMoments {
  const { payout } = evidence;
  const estimator = createTimingEstimator();
  const moment = { tick: 0, now: epochMs(0), assessment: null as unknown as Assessment };
  let clock = 0; // When the running game's tick 0 was.
  let offsets: readonly number[] | null = null;
  let last: Assessment | null = null;
  const timeAt = (tick: number) => epochMs(clock + (offsets?.[tick] ?? tick * NOMINAL_TICK_MS));
  const start = (game: RecordedGame) => {
    clock = Math.max(clock, game.startedAtMs ?? 0);
    offsets = game.tickOffsetsMs;
    last = null;
    estimator.interrupt();
  };
  const end = (game: RecordedGame) => {
    const at = timeAt(game.rugTick);
    clock = at + RUGGED_MS + COOLDOWN_MS;
    return at;
  };
  return {
    startGame: start,
    at(tick, context) {
      const now = timeAt(tick);
      if (offsets) estimator.observe({ tick, at: now });
      const winProbability = headline.windowProbability(tick, context);
      // A constant headline on a steady beat needs no new assessment; its tick is the only thing that moved.
      const claims = evidence.isPositive(tick);
      const unchanged = last !== null && !offsets && !claims && last.winProbability === winProbability;
      if (!unchanged) {
        const timing = offsets ? estimator.current() : STEADY;
        last = assess({ tick, payout, timing, model: headline, context, evidence: claims ? evidence.at(tick) : null });
      }
      moment.tick = tick;
      moment.now = now;
      moment.assessment = last!;
      return moment;
    },
    endGame: end,
    skipGame(game) {
      start(game);
      end(game);
    },
  };
}
