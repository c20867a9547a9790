// What becomes of a fact that is told again: the decision loop assesses it, the recorder takes down what is said, and all of
// it goes to the record. As the live engine does it, without anybody listening. Called by imports and seeded histories.
import type { Assessment } from '@/lib/decision/assess';
import { createEvidence } from '@/lib/decision/create-evidence';
import { createDecisionLoop } from '@/lib/decision/loop';
import { createDecisionRecorder } from '@/lib/decision/record-decisions';
import type { Origin } from '@/lib/decision/made';
import type { GameFact } from '@/lib/game/events';
import { createModelSet } from '@/lib/hazard/model-set';
import type { EpochMs } from '@/lib/units/time';
import type { Store } from '@/server/store/store';

export type TakeDown = {
  /** The loop learns and says; what it says goes to the record, the fact itself does not. */
  say(fact: GameFact): Assessment | null;
  /** The same, and the fact goes to the record with its assessment. */
  keep(fact: GameFact): Assessment | null;
  predictions(): number;
};

export type TakeDownStore = Pick<Store, 'write' | 'writePrediction' | 'writeRecommendation'>;

/** The loop begins knowing nothing: what it says of a game comes from the games before it alone. */
export function createTakeDown({
  store,
  origin,
  now,
}: {
  /** Null: nothing is kept. */
  store: TakeDownStore | null;
  origin: Origin;
  /** The moment of a fact without a time of its own. */
  now: () => EpochMs;
}): TakeDown {
  const loop = createDecisionLoop({ models: createModelSet(), evidence: createEvidence() });
  const recorder = createDecisionRecorder({ loop, origin, now });
  let count = 0;

  function record(fact: GameFact, assessment: Assessment | null): void {
    const { predictions, recommendations } = recorder.take(fact, assessment);
    count += predictions.length;
    for (const prediction of predictions) store?.writePrediction(prediction);
    for (const recommendation of recommendations) store?.writeRecommendation(recommendation);
  }

  return {
    say(fact) {
      const assessment = loop.take(fact);
      record(fact, assessment);
      return assessment;
    },
    keep(fact) {
      const assessment = loop.take(fact);
      store?.write(fact, assessment);
      record(fact, assessment);
      return assessment;
    },
    predictions: () => count,
  };
}
