// The loop every run shares: live, replay, backtest and simulation feed it the same facts and get the same assessments;
// only the source of facts and the clock differ. Holds models, evidence, covariates and timing; does no I/O and reads no
// clock. A game reaches models and evidence only once the feed's history has confirmed it.
import { assess, type Assessment } from '@/lib/decision/assess';
import type { Evidence } from '@/lib/decision/evidence-keeper';
import type { EvidenceView } from '@/lib/decision/evidence';
import { createGameFeatures } from '@/lib/decision/game-features';
import { createPayoutTracker } from '@/lib/decision/payout';
import type { GameFact } from '@/lib/game/events';
import type { ModelSet } from '@/lib/hazard/model-set';
import { predictEnd, type EndPrediction } from '@/lib/prediction/predict-end';
import { createTimingEstimator, type TickTiming } from '@/lib/timing/tick-timing';
import type { GameId } from '@/lib/units/game-id';

export type DecisionLoop = {
  /** Takes the next fact; a live tick or the start of presale yields the assessment that now holds. */
  take(fact: GameFact): Assessment | null;
  /** The newest assessment; null while no bet can be placed. */
  current(): Assessment | null;
  timing(): TickTiming;
  /** When the running game will end, as the headline's hazards say it at the newest tick. */
  predictEnd(tick: number): EndPrediction;
  /** What finished games say of an edge; changes only when one is learnt. */
  evidence(): EvidenceView;
};

export type DecisionLoopOptions = {
  readonly models: ModelSet;
  readonly evidence: Evidence;
  /** False for a game that was learnt before, in an earlier run. */
  readonly isUnseen?: (gameId: GameId) => boolean;
  /** Told after each game that models and evidence have taken in. */
  readonly onLearnt?: (gameId: GameId) => void;
};

export function createDecisionLoop({
  models,
  evidence,
  isUnseen = () => true,
  onLearnt = () => {},
}: DecisionLoopOptions): DecisionLoop {
  const timing = createTimingEstimator();
  const payout = createPayoutTracker();
  const features = createGameFeatures();
  let current: Assessment | null = null;
  let open = true; // Whether a bet can be placed; a game met half-way is taken to be running.

  function assessTick(tick: number): Assessment {
    const context = features.context();
    current = assess({
      tick,
      payout: payout.current(),
      model: models.headline,
      timing: timing.current(),
      context,
      adjustments: models.headline.adjustments(tick, context),
      // Evidence against one break-even says nothing of another.
      evidence: evidence.payout === payout.current() ? evidence.at(tick) : null,
    });
    return current;
  }

  function learn({ game, rugTick, verification }: Extract<GameFact, { type: 'game-finished' }>): void {
    // A game that fails its check teaches nothing; a repeat, or one from before a restart, must not count twice.
    if (verification.status === 'failed' || !isUnseen(game.gameId)) return;
    models.observeGame({ rugTick, features: features.claim({ gameId: game.gameId, rugTick }) });
    evidence.observeGame(rugTick);
    features.finish({ rugTick, peak: verification.peak });
    onLearnt(game.gameId);
  }

  return {
    take(fact) {
      features.take(fact);
      switch (fact.type) {
        case 'tick':
          if (!fact.live) return null;
          if (fact.at !== null) timing.observe({ tick: fact.tick, at: fact.at });
          return open ? assessTick(fact.tick) : null;
        case 'phase':
          // The rug's own tick comes after this: its interval counts, but there is nothing left to assess.
          if (fact.phase !== 'rugged') timing.interrupt();
          open = fact.phase === 'presale' || fact.phase === 'active';
          // A bet placed in presale has start tick 0, so presale is assessed as tick 0.
          if (fact.phase === 'presale') return assessTick(0);
          if (!open) current = null;
          return null;
        case 'side-bet':
          payout.observe(fact.sideBet.payoutMultiple);
          return null;
        case 'game-finished':
          learn(fact);
          return null;
        case 'game-announced':
        case 'game-rugged':
        case 'trade':
          return null;
      }
    },
    current: () => current,
    timing: () => timing.current(),
    predictEnd(tick) {
      const cumulativeHazard = (to: number) => models.headline.cumulativeHazard(tick, to, features.context());
      return predictEnd({ tick, cumulativeHazard });
    },
    evidence: () => evidence.view(models.headline.terms()),
  };
}
