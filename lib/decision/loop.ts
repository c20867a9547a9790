// The loop every run shares: live, replay, backtest and simulation feed it the same facts and get the same assessments;
// only the source of facts and the clock differ. Holds models and timing; does no I/O and reads no clock.
import { assess, type Assessment } from '@/lib/decision/assess';
import { createPayoutTracker } from '@/lib/decision/payout';
import type { GameFact } from '@/lib/game/events';
import type { HazardModel } from '@/lib/hazard/hazard-model';
import { createTimingEstimator, type TickTiming } from '@/lib/timing/tick-timing';

export type DecisionLoop = {
  /** Takes the next fact; a live tick or the start of presale yields the assessment that now holds. */
  take(fact: GameFact): Assessment | null;
  /** The newest assessment; null while no bet can be placed. */
  current(): Assessment | null;
  timing(): TickTiming;
};

export function createDecisionLoop({ model }: { model: HazardModel }): DecisionLoop {
  const timing = createTimingEstimator();
  const payout = createPayoutTracker();
  let current: Assessment | null = null;
  const assessTick = (tick: number) => {
    current = assess({ tick, payout: payout.current(), model, timing: timing.current() });
    return current;
  };
  return {
    take(fact) {
      switch (fact.type) {
        case 'tick':
          if (!fact.live) return null;
          if (fact.at !== null) timing.observe({ tick: fact.tick, at: fact.at });
          return assessTick(fact.tick);
        case 'phase':
          timing.interrupt();
          // A bet placed in presale has start tick 0, so presale is assessed as tick 0.
          if (fact.phase === 'presale') return assessTick(0);
          if (fact.phase !== 'active') current = null;
          return null;
        case 'side-bet':
          payout.observe(fact.sideBet.payoutMultiple);
          return null;
        case 'game-announced':
        case 'game-rugged':
        case 'game-finished':
        case 'trade':
          return null;
      }
    },
    current: () => current,
    timing: () => timing.current(),
  };
}
