// One moment of a game as it was then: what was known, what was said, and, for the reader of today, what came of it. Pure.
import type { Assessment } from '@/lib/decision/assess';
import { unpackAssessment } from '@/lib/protocol/compact-assessment';
import type { GameDetail, GamePrediction, GameRecommendation } from '@/lib/protocol/games-api';
import { windowOutcome } from '@/components/games/replay/chart-marks';

export type Moment = {
  readonly tick: number;
  readonly price: number | null;
  readonly arrival: number | null;
  readonly isRug: boolean;
  /** What players saw at this very tick; null when none was made. */
  readonly assessment: Assessment | null;
  /** The newest prediction made at this tick or before. */
  readonly prediction: GamePrediction | null;
  /** The newest advice of each strategy, best first. */
  readonly advice: readonly GameRecommendation[];
  /** Of a bet placed at this tick. */
  readonly outcome: 'won' | 'lost' | null;
};

type Told = Pick<GameDetail, 'prices' | 'arrivals' | 'assessments' | 'predictions' | 'recommendations'> & {
  readonly game: Pick<GameDetail['game'], 'rugTick'>;
};

export function momentAt(detail: Told, tick: number): Moment {
  const { rugTick } = detail.game;
  const packed = detail.assessments[tick] ?? null;
  return {
    tick,
    price: detail.prices[tick] ?? null,
    arrival: detail.arrivals[tick] ?? null,
    isRug: tick === rugTick,
    assessment: packed && unpackAssessment(packed, { tick }),
    prediction: detail.predictions.findLast((prediction) => prediction.tick <= tick) ?? null,
    advice: adviceAt(detail.recommendations, tick),
    outcome: windowOutcome(tick, rugTick),
  };
}

function adviceAt(recommendations: readonly GameRecommendation[], tick: number): GameRecommendation[] {
  const newest = new Map<string, GameRecommendation>();
  for (const advice of recommendations) if (advice.tick <= tick) newest.set(advice.strategyId, advice);
  return [...newest.values()].sort(
    (a, b) => (a.priority ?? Infinity) - (b.priority ?? Infinity) || a.strategyId.localeCompare(b.strategyId),
  );
}
