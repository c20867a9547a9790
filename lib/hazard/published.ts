// The published hazard: a constant, known exactly as long as the published rule is the one in force. Every finished
// game's seed is checked against that rule, so this is not an estimate and its interval has no width.
import { PUBLISHED_HAZARD } from '@/lib/game/rules';
import { INTERVAL_LEVEL, windowProbability, type Estimate } from '@/lib/hazard/hazard-model';
import type { LearningModel } from '@/lib/hazard/learning-model';

export function createPublishedModel(hazard: number = PUBLISHED_HAZARD): LearningModel {
  const win = windowProbability({ tick: 0, hazardAt: () => hazard });
  const perTickLog = -Math.log1p(-hazard);
  const exactly = (value: number): Estimate => ({
    value,
    lower: value,
    upper: value,
    level: INTERVAL_LEVEL,
    samples: null,
  });
  const perTick = exactly(hazard);
  const perWindow = exactly(win);
  return {
    id: 'published',
    version: '1',
    hazardAt: () => perTick,
    windowProbability: () => perWindow,
    hazardValue: () => hazard,
    windowValue: () => win,
    cumulativeHazard: (from, to) => (to - from) * perTickLog,
    observeGame() {}, // A rule is not learnt.
    serialize: () => ({ id: 'published', version: '1', hazard }),
  };
}
