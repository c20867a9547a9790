// The explanations the place chooses among: which ticks are affected and how strongly. Fine boundaries, unlike the alarm's,
// because here a wrong boundary would colour ticks that have no edge. Pure; called once per payout.
import { NO_END, type AffectedRange } from '@/lib/edge/affected-ranges';
import type { BreakEven } from '@/lib/edge/break-even';
import { hazardOf } from '@/lib/edge/break-even';
import { rangeIntensity } from '@/lib/edge/range-intensity';
import { PUBLISHED_HAZARD } from '@/lib/game/rules';

/** An affected range with what is known of it when its boundary lies anywhere within one step of the grid. */
export type PlaceRange = AffectedRange & {
  /** First tick of the range's second step: its true start may lie anywhere before. */
  readonly coreFirst: number;
  /** First tick of its last step: its true end may lie anywhere after. */
  readonly coreEnd: number;
};

/** From here on games are too few to place a boundary (5 % are left at tick 600). */
export const LAST_BOUNDARY = 600;
/** Steps grow with the tick, up to less than half a window, so that no window fits between two boundaries. */
const STEP_MAX_TICKS = 16;
const STEPS_PER_DOUBLING = 8;

/** ln of the best window's intensity over break-even: wins of 21.9 to 80.8 % at payout 5. */
const EFFECTS = [0.1, 0.2, 0.35, 0.55, 0.8, 1.1, 1.5, 2] as const;
const SHARES = { whole: 0.4, untilTick: 0.24, fromTick: 0.24, between: 0.1, null: 0.02 } as const;
const MIDDLE_BOUNDARIES = [11, 21, 31, 41, 61, 81, 101, 121, 161, 201, 241, 281, 321, 401] as const;
/** Constant hazards without an edge, so that an alarm is not forced to name a place: factors of the published one. */
const NULL_FACTORS = [0.5, 0.7, 1] as const;

export function placeRanges(breakEven: BreakEven): PlaceRange[] {
  const grid = boundaries();
  const whole = [[1, NO_END]] as const;
  const until = grid.map((end) => [1, end] as const);
  const from = grid.map((first) => [first, NO_END] as const);
  const between = MIDDLE_BOUNDARIES.flatMap((first) =>
    MIDDLE_BOUNDARIES.filter((end) => end > first).map((end) => [first, end] as const),
  );
  const spread = (share: number, steps: readonly number[], pairs: readonly (readonly [number, number])[]) =>
    pairs.flatMap(([firstTick, endTick]) =>
      EFFECTS.map((effect) => ({
        firstTick,
        endTick,
        coreFirst: firstTick === 1 ? 1 : (steps.find((tick) => tick > firstTick) ?? firstTick),
        coreEnd: endTick === NO_END ? NO_END : (steps.findLast((tick) => tick < endTick) ?? 1),
        hazard: hazardOf(rangeIntensity({ effect, ticks: endTick - firstTick, breakEven })),
        weight: share / pairs.length / EFFECTS.length,
      })),
    );
  return [
    ...spread(SHARES.whole, grid, whole),
    ...spread(SHARES.untilTick, grid, until),
    ...spread(SHARES.fromTick, grid, from),
    ...spread(SHARES.between, MIDDLE_BOUNDARIES, between),
    ...nullRanges(breakEven),
  ];
}

function nullRanges(breakEven: BreakEven): PlaceRange[] {
  const hazards = [...NULL_FACTORS.map((factor) => factor * PUBLISHED_HAZARD), breakEven.hazard];
  return hazards.map((hazard) => ({
    firstTick: 1,
    endTick: NO_END,
    coreFirst: 1,
    coreEnd: NO_END,
    hazard,
    weight: SHARES.null / hazards.length,
  }));
}

function boundaries(): number[] {
  const ticks: number[] = [];
  for (let tick = 2; tick <= LAST_BOUNDARY; tick += Math.min(STEP_MAX_TICKS, Math.ceil(tick / STEPS_PER_DOUBLING))) {
    ticks.push(tick);
  }
  return ticks;
}
