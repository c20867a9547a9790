// The outcomes written to a game's predictions follow from its rug. Pure.
import { sideBetWins } from '@/lib/game/rules';
import { count, failed, nameSome, passed, type CheckResult } from '@/lib/integrity/check-result';
import type { GameOnRecord, PredictionOnRecord } from '@/lib/integrity/game-on-record';

export function checkPredictions({ predictions, rugTick }: GameOnRecord): CheckResult {
  const problems = predictions.flatMap((prediction) => findProblem(prediction, rugTick) ?? []);
  if (problems.length > 0) return failed('predictions', `${nameSome(problems)}.`);
  if (predictions.length === 0) return passed('predictions', 'No prediction of this game was made.');
  return passed('predictions', `${count(predictions.length, 'prediction')} with the outcome that the rug decides.`);
}

function findProblem({ tick, rugTick: told, won }: PredictionOnRecord, rugTick: number): string | null {
  if (told === null || won === null) return `the prediction at tick ${tick} has no outcome`;
  if (told !== rugTick) return `the prediction at tick ${tick} was judged by a rug at ${told}, not ${rugTick}`;
  const wins = sideBetWins({ startTick: tick, rugTick });
  return won === wins ? null : `the window of the prediction at tick ${tick} is on record as ${won ? 'won' : 'lost'}`;
}
