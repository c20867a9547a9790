// Where and how strongly the alarm looks for an edge, and how much of its bet it puts on each. Few, coarse ranges: every
// further one costs all others ln(weight) / KL games, while a range that is somewhat too long or short still collects most
// of the evidence. Pure; called once per payout.
import { NO_END, type AffectedRange } from '@/lib/edge/affected-ranges';
import type { BreakEven } from '@/lib/edge/break-even';
import { hazardOf } from '@/lib/edge/break-even';
import { rangeIntensity } from '@/lib/edge/range-intensity';

/** Sizes of the edge: ln of the best window's intensity over break-even. At payout 5: 22.8, 26.0, 33.4, 52.3 % wins. */
const EFFECTS = [0.15, 0.3, 0.6, 1.2] as const;

/** Each kind of range with its share of the bet and, within it, the relative weight of each effect. */
const KINDS: readonly { share: number; effects: readonly number[]; ranges: readonly (readonly [number, number])[] }[] =
  [
    { share: 0.2, effects: [3, 4, 2, 1], ranges: [[1, NO_END]] },
    { share: 0.31, effects: [1, 2, 3, 3], ranges: [5, 10, 20, 40, 100].map((end) => [1, end] as const) },
    {
      share: 0.38,
      effects: [1, 3, 3, 2],
      ranges: [60, 80, 100, 120, 140, 170, 200, 240, 280, 320, 380].map((after) => [after + 1, NO_END] as const),
    },
    { share: 0.11, effects: [1, 2, 2, 2], ranges: middles([10, 20, 40, 60, 100, 150, 200, 300]) },
  ];

export function alarmRanges(breakEven: BreakEven): AffectedRange[] {
  return KINDS.flatMap(({ share, effects, ranges }) => {
    const total = effects.reduce((sum, weight) => sum + weight, 0);
    return ranges.flatMap(([firstTick, endTick]) =>
      EFFECTS.map((effect, i) => ({
        firstTick,
        endTick,
        hazard: hazardOf(rangeIntensity({ effect, ticks: endTick - firstTick, breakEven })),
        weight: ((share / ranges.length) * effects[i]!) / total,
      })),
    );
  });
}

/** Ranges between two of the ticks, at least as long as what lies before them. */
function middles(ticks: readonly number[]): (readonly [number, number])[] {
  return ticks.flatMap((after) => ticks.filter((end) => end >= 2 * after).map((end) => [after + 1, end] as const));
}
