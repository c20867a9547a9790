// The place: given that the game differs somewhere, at which ticks does a bet have an edge now? The exact Bayesian filter
// over explanations (one affected range with one hazard, beginning at some game, ending at some game). Pure; takes each
// finished game once, called by the edge evidence, which asks it only together with the alarm.
// It may not speak of an edge by itself: its error is controlled on average over its prior, the alarm's in every world.
import { createRangeLikelihoods, NO_END, type AffectedRange, type GameSpan } from '@/lib/edge/affected-ranges';
import { intensityOf, type BreakEven } from '@/lib/edge/break-even';
import { LAST_BOUNDARY, placeRanges, type PlaceRange } from '@/lib/edge/place-ranges';
import { PUBLISHED_INTENSITY } from '@/lib/edge/range-intensity';
import { PUBLISHED_HAZARD, WINDOW_TICKS } from '@/lib/game/rules';

export type EdgePlaceState = {
  readonly unaffected: number;
  readonly ended: number;
  readonly masses: readonly number[];
};

export type EdgePlace = {
  observe(span: GameSpan): void;
  /** P(the window after `tick` wins more often than break-even), given that some range is or was affected. */
  probability(tick: number): number;
  /** The largest win probability exceeded with probability `level`; above break-even whenever `probability` ≥ `level`. */
  lowerWinProbability(tick: number, level: number): number;
  /** The likeliest of the ranges that give the tick an edge; null when none does. */
  leading(tick: number): AffectedRange | null;
  serialize(): EdgePlaceState;
};

/** Per game: an effect begins (about once in a day of games), or ends. Ending is rarer, or no claim could reach 99 %. */
const BEGIN_RATE = 1e-3;
const END_RATE = 1e-5;
const UNAFFECTED_AT_FIRST = 0.5;

/**
 * Outside the affected range this share of the published hazard is counted on. The alarm has said nothing about those
 * ticks; counting all of it would lean on the published rule in the very case in which it is in doubt.
 */
const REST_SHARE = 0.75;
const REST_INTENSITY = REST_SHARE * PUBLISHED_INTENSITY;

/** Start ticks from here on all answer alike, since no boundary lies beyond. */
const TICKS = LAST_BOUNDARY + 1;
const LOWER_STEP = 0.01;

export function createEdgePlace(breakEven: BreakEven, saved?: EdgePlaceState): EdgePlace {
  const ranges = placeRanges(breakEven);
  const likelihoods = createRangeLikelihoods(ranges, PUBLISHED_HAZARD);
  const reach = ranges.map((range) => reachOf(range, breakEven.windowIntensity));
  const masses = saved
    ? Float64Array.from(saved.masses)
    : Float64Array.from(ranges, (range) => (1 - UNAFFECTED_AT_FIRST) * range.weight);
  let unaffected = saved?.unaffected ?? UNAFFECTED_AT_FIRST;
  let ended = saved?.ended ?? 0;
  const weights = Float64Array.from(ranges, (range) => range.weight);
  const factors = new Float64Array(ranges.length);
  let table: Float64Array | null = null;

  return {
    observe(span) {
      likelihoods.read(span, factors);
      let affected = 0;
      for (let i = 0; i < masses.length; i++) affected += masses[i]! *= factors[i]!;
      const scale = 1 / (affected + unaffected + ended);
      const beginning = (unaffected + ended) * scale * BEGIN_RATE;
      const going = scale * (1 - END_RATE);
      for (let i = 0; i < masses.length; i++) masses[i] = masses[i]! * going + beginning * weights[i]!;
      unaffected *= scale * (1 - BEGIN_RATE);
      ended = ended * scale * (1 - BEGIN_RATE) + affected * scale * END_RATE;
      table = null;
    },
    probability: (tick) => (table ??= tabulate(reach, masses, ended))[Math.min(tick, TICKS - 1)]!,
    lowerWinProbability: (tick, level) => lowerOf({ tick, level, ranges, reach, masses, ended, breakEven }),
    leading(tick) {
      const at = Math.min(tick, TICKS - 1);
      let best = -1;
      for (let i = 0; i < masses.length; i++) {
        if (at >= reach[i]!.first && at <= reach[i]!.last && (best < 0 || masses[i]! > masses[best]!)) best = i;
      }
      return ranges[best] ?? null;
    },
    serialize: () => ({ unaffected, ended, masses: [...masses] }),
  };
}

/** Start ticks whose window has an edge under this range, for any true boundary within its outermost steps. */
type Reach = { readonly first: number; readonly last: number };
const NOWHERE: Reach = { first: 0, last: -1 };

function reachOf(range: PlaceRange, windowIntensity: number): Reach {
  const needed = neededTicks(intensityOf(range.hazard), windowIntensity);
  if (needed === 0) return { first: 0, last: TICKS - 1 };
  if (needed > Math.min(WINDOW_TICKS, range.endTick - range.firstTick)) return NOWHERE;
  const first = range.firstTick === 1 ? 0 : Math.max(range.firstTick + needed, range.coreFirst) - 1 - WINDOW_TICKS;
  const last = range.endTick === NO_END ? TICKS - 1 : Math.min(range.endTick - needed, range.coreEnd) - 1;
  return { first: Math.max(0, first), last };
}

/** Affected ticks a window must contain to be above break-even; more than a window has, when no number suffices. */
function neededTicks(intensity: number, windowIntensity: number): number {
  if (WINDOW_TICKS * REST_INTENSITY > windowIntensity) return 0;
  if (WINDOW_TICKS * intensity <= windowIntensity) return WINDOW_TICKS + 1;
  return Math.floor((windowIntensity - WINDOW_TICKS * REST_INTENSITY) / (intensity - REST_INTENSITY)) + 1;
}

/** Every start tick's probability at once: each range adds its mass where it reaches, as a step up and a step down. */
function tabulate(reach: readonly Reach[], masses: Float64Array, ended: number): Float64Array {
  const steps = new Float64Array(TICKS + 1);
  let total = ended;
  for (let i = 0; i < masses.length; i++) {
    total += masses[i]!;
    if (reach[i]!.last < reach[i]!.first) continue;
    steps[reach[i]!.first]! += masses[i]!;
    steps[reach[i]!.last + 1]! -= masses[i]!;
  }
  let sum = 0;
  return steps.subarray(0, TICKS).map((step) => Math.min(1, Math.max(0, (sum += step) / total)));
}

function lowerOf({
  tick,
  level,
  ranges,
  reach,
  masses,
  ended,
  breakEven,
}: {
  tick: number;
  level: number;
  ranges: readonly PlaceRange[];
  reach: readonly Reach[];
  masses: Float64Array;
  ended: number;
  breakEven: BreakEven;
}): number {
  const at = Math.min(tick, TICKS - 1);
  const bins = Math.ceil((1 - breakEven.winProbability) / LOWER_STEP) + 1;
  const mass = new Float64Array(bins);
  const smallest = new Float64Array(bins).fill(1);
  let total = ended;
  for (let i = 0; i < masses.length; i++) {
    total += masses[i]!;
    if (at < reach[i]!.first || at > reach[i]!.last) continue;
    const win = windowWin(ranges[i]!, tick);
    const bin = Math.max(0, Math.floor((win - breakEven.winProbability) / LOWER_STEP));
    mass[bin]! += masses[i]!;
    smallest[bin] = Math.min(smallest[bin]!, win);
  }
  let above = 0;
  let lower = 1;
  for (let bin = bins - 1; bin >= 0; bin--) {
    above += mass[bin]!;
    lower = Math.min(lower, smallest[bin]!);
    if (above >= level * total) break;
  }
  return lower;
}

/** Win probability of the window after `tick`, counting on no more than `REST_SHARE` outside the range. */
function windowWin(range: PlaceRange, tick: number): number {
  const from = Math.max(range.firstTick, tick + 1);
  const to = Math.min(range.endTick === NO_END ? Infinity : range.endTick - 1, tick + WINDOW_TICKS);
  const affected = Math.max(0, to - from + 1);
  return -Math.expm1(-(affected * intensityOf(range.hazard) + (WINDOW_TICKS - affected) * REST_INTENSITY));
}
