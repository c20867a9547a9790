// The curve that circulates among players, kept as a named baseline that the product shows itself beating: it mistakes
// "the game has ended by now" for "it ends soon". Never used for advice. Source: game-facts.md, "Hazard on real games".
import { WINDOW_TICKS } from '@/lib/game/rules';
import { INTERVAL_LEVEL, type Estimate } from '@/lib/hazard/hazard-model';
import type { LearningModel } from '@/lib/hazard/learning-model';

/** [tick, P(rug within 40 ticks)], linear in between and flat after the last. */
const CURVE: readonly (readonly [number, number])[] = [
  [0, 0.15],
  [40, 0.28],
  [100, 0.5],
  [200, 0.74],
  [300, 0.88],
  [500, 0.96],
];

export function createDocumentedCurve(): LearningModel {
  const hazardValue = (tick: number) => -Math.expm1(-perTick(tick - 1));
  const exactly = (value: number): Estimate => ({
    value,
    lower: value,
    upper: value,
    level: INTERVAL_LEVEL,
    samples: null,
  });
  return {
    id: 'documented-curve',
    version: '1',
    hazardAt: (tick) => exactly(hazardValue(tick)),
    windowProbability: (tick) => exactly(curveAt(tick)),
    hazardValue,
    windowValue: curveAt,
    cumulativeHazard(from, to) {
      let sum = 0;
      for (let tick = from; tick < to; tick++) sum += perTick(tick);
      return sum;
    },
    observeGame() {}, // It never learnt anything.
    serialize: () => ({ id: 'documented-curve', version: '1' }),
  };
}

function curveAt(tick: number): number {
  for (let i = 1; i < CURVE.length; i++) {
    const [right, high] = CURVE[i]!;
    if (tick > right) continue;
    const [left, low] = CURVE[i - 1]!;
    return low + ((high - low) * (tick - left)) / (right - left);
  }
  return CURVE[CURVE.length - 1]![1];
}

/** The curve names windows, not ticks: a tick's share is the constant hazard that would give its window's probability. */
function perTick(tick: number): number {
  return -Math.log1p(-curveAt(tick)) / WINDOW_TICKS;
}
