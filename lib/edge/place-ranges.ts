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

/** From here on games are too few to place a boundary: one in ten is left at tick 440. */
export const LAST_BOUNDARY = 440;
/** Steps between boundaries grow with the tick, up to less than half a window. */
const STEP_MAX_TICKS = 16;
const STEP_SHARE = 1 / 6;
/** Early steps are single ticks, and one chance rug there moves a boundary by several: the outermost ticks are doubted. */
const FRINGE_MIN_TICKS = 4;
/** A range between two boundaries ends only at every fifth of them: all pairs would be five times as many. */
const END_STRIDE = 5;

/** ln of the best window's intensity over break-even: wins of 21.9 to 80.8 % at payout 5. */
const EFFECTS = [0.1, 0.2, 0.35, 0.55, 0.8, 1.1, 1.5, 2] as const;
const SHARES = { whole: 0.4, until: 0.22, from: 0.22, between: 0.14, null: 0.02 } as const;
/** Constant hazards without an edge, so that an alarm is not forced to name a place: factors of the published one. */
const NULL_FACTORS = [0.5, 0.7, 1] as const;

type Pair = readonly [firstTick: number, endTick: number];

export function placeRanges(breakEven: BreakEven): PlaceRange[] {
  const grid = boundaries();
  const strided = grid.filter((_, i) => i % END_STRIDE === END_STRIDE - 1);
  const families: readonly { share: number; ends: readonly number[]; pairs: readonly Pair[] }[] = [
    { share: SHARES.whole, ends: grid, pairs: [[1, NO_END]] },
    { share: SHARES.until, ends: grid, pairs: grid.map((end) => [1, end]) },
    { share: SHARES.from, ends: grid, pairs: grid.map((first) => [first, NO_END]) },
    { share: SHARES.between, ends: strided, pairs: grid.flatMap((first) => endsAfter(first, strided)) },
  ];
  const ranges = families.flatMap(({ share, ends, pairs }) =>
    pairs.flatMap(([firstTick, endTick]) =>
      EFFECTS.map((effect) => ({
        firstTick,
        endTick,
        coreFirst: firstTick === 1 ? 1 : coreFirstOf(firstTick, grid),
        coreEnd: endTick === NO_END ? NO_END : coreEndOf(endTick, ends),
        hazard: hazardOf(rangeIntensity({ effect, ticks: endTick - firstTick, breakEven })),
        weight: share / pairs.length / EFFECTS.length,
      })),
    ),
  );
  return [...ranges, ...nullRanges(breakEven)];
}

function endsAfter(first: number, ends: readonly number[]): Pair[] {
  return ends.filter((end) => end > first + FRINGE_MIN_TICKS).map((end) => [first, end]);
}

function coreFirstOf(firstTick: number, grid: readonly number[]): number {
  return grid.find((tick) => tick >= firstTick + FRINGE_MIN_TICKS) ?? firstTick + STEP_MAX_TICKS;
}

function coreEndOf(endTick: number, ends: readonly number[]): number {
  return ends.findLast((tick) => tick <= endTick - FRINGE_MIN_TICKS) ?? 1;
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
  for (let tick = 2; tick <= LAST_BOUNDARY; tick += Math.min(STEP_MAX_TICKS, Math.ceil(tick * STEP_SHARE))) {
    ticks.push(tick);
  }
  return ticks;
}
