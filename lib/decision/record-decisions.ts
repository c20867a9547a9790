// Takes down what is said, at the moment it is said: a prediction at tick 0, every 40 ticks and with each recommendation,
// and the advice of a reference player's strategies whenever it changes or a bet is due. Pure: the live server, imports
// and simulated histories run this same recorder; outcomes are added by the record, once the history confirms a game.
import type { Assessment } from '@/lib/decision/assess';
import type { DecisionLoop } from '@/lib/decision/loop';
import type { MadePrediction, MadeRecommendation, Origin } from '@/lib/decision/made';
import { createReferencePlayer, type Advice } from '@/lib/decision/reference-player';
import type { GameFact } from '@/lib/game/events';
import { WINDOW_TICKS } from '@/lib/game/rules';
import { packAssessment } from '@/lib/protocol/compact-assessment';
import type { GameId } from '@/lib/units/game-id';
import type { EpochMs } from '@/lib/units/time';

export type Said = {
  readonly predictions: readonly MadePrediction[];
  readonly recommendations: readonly MadeRecommendation[];
};

export type DecisionRecorder = {
  /** To be called with every fact and the assessment the loop made of it, before the next fact is taken. */
  take(fact: GameFact, assessment: Assessment | null): Said;
};

const NOTHING: Said = { predictions: [], recommendations: [] };

export function createDecisionRecorder({
  loop,
  origin,
  now,
}: {
  loop: Pick<DecisionLoop, 'predictEnd'>;
  origin: Origin;
  /** When a fact without a time of its own is heard. */
  now: () => EpochMs;
}): DecisionRecorder {
  const player = createReferencePlayer();
  let running: GameId | null = null;
  let nextTick = 0;

  function startGame(gameId: GameId): void {
    if (gameId === running) return;
    running = gameId;
    nextTick = 0;
    player.startGame();
  }

  function record(gameId: GameId, assessment: Assessment, madeAt: EpochMs): Said {
    startGame(gameId);
    const { tick } = assessment;
    const isDue = tick >= nextTick;
    if (isDue) nextTick = (Math.floor(tick / WINDOW_TICKS) + 1) * WINDOW_TICKS;
    const advice = player.advise({ assessment, now: madeAt, isDue });
    if (!isDue && advice.length === 0) return NOTHING;
    const made = { gameId, tick, madeAt, origin };
    const packed = packAssessment(assessment);
    return {
      predictions: [{ ...made, ...toPrediction(assessment), end: loop.predictEnd(tick) }],
      recommendations: advice.map((one) => ({ ...made, ...toRecommendation(one, assessment), assessment: packed })),
    };
  }

  return {
    take(fact, assessment) {
      switch (fact.type) {
        case 'tick':
          return assessment ? record(fact.gameId, assessment, fact.at ?? now()) : NOTHING;
        case 'phase':
          return assessment ? record(fact.gameId, assessment, fact.at) : NOTHING;
        case 'game-rugged':
          if (fact.gameId === running) player.seeRug(fact);
          return NOTHING;
        case 'game-finished':
          if (fact.game.gameId === running) player.seeRug(fact);
          return NOTHING;
        case 'game-announced':
        case 'trade':
        case 'side-bet':
          return NOTHING;
      }
    },
  };
}

function toPrediction({ winProbability, payout, zone, model }: Assessment) {
  const { value: estimate, lower, upper } = winProbability;
  return { model: `${model.id}@${model.version}`, winProbability: estimate, lower, upper, payout, zone };
}

function toRecommendation(advice: Advice, { expectedValue }: Assessment) {
  return { ...advice, expectedValue: advice.action === 'bet' ? expectedValue : 0 };
}
