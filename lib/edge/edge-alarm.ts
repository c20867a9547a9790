// The alarm: is there an edge anywhere? An e-process against "the hazard is at most break-even at every tick of every
// game", whatever else it does. Pure; takes each finished game once, called by the edge evidence.
// Every factor of a range has hazard h > b (break-even), so under a true hazard q ≤ b its expectation is
// 1 + (q − b) (h / b − (1 − h) / (1 − b)) ≤ 1: a product of them is a nonnegative supermartingale, a mixture of such too.
import { createRangeLikelihoods, type AffectedRange, type GameSpan } from '@/lib/edge/affected-ranges';
import { alarmRanges } from '@/lib/edge/alarm-ranges';
import type { BreakEven } from '@/lib/edge/break-even';
import { createStartMixture, type StartMixtureState } from '@/lib/edge/start-mixture';

export type EdgeAlarm = {
  observe(span: GameSpan): void;
  /** P(it ever reaches 1/α) ≤ α while no tick has an edge. */
  eValue(): number;
  /** The same, counting only differences that began after the first game. */
  laterEValue(): number;
  leading(): AffectedRange;
  /** Among the later ones: the game before which the likeliest began. */
  laterSinceGame(): number;
  serialize(): StartMixtureState;
};

export function createEdgeAlarm(breakEven: BreakEven, saved?: StartMixtureState): EdgeAlarm {
  const ranges = alarmRanges(breakEven);
  const likelihoods = createRangeLikelihoods(ranges, breakEven.hazard);
  const mixture = createStartMixture(
    Float64Array.from(ranges, (range) => range.weight),
    saved,
  );
  const factors = new Float64Array(ranges.length);
  return {
    observe(span) {
      likelihoods.read(span, factors);
      mixture.advance(factors);
    },
    eValue: mixture.eValue,
    laterEValue: mixture.laterEValue,
    leading: () => ranges[mixture.leading()]!,
    laterSinceGame: () => mixture.laterLeading().sinceGame,
    serialize: mixture.serialize,
  };
}
