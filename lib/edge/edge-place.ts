// The place: given that the game differs somewhere, at which ticks does a bet have an edge now? The exact Bayesian filter
// over explanations (one affected range with one hazard, beginning after some game, ending after some game). Pure; takes
// each finished game once, called by the edge evidence, which asks it only together with the alarm.
// It may not speak of an edge by itself: its error is controlled on average over its prior, the alarm's in every world.
import { createRangeLikelihoods, type AffectedRange, type GameSpan } from '@/lib/edge/affected-ranges';
import type { BreakEven } from '@/lib/edge/break-even';
import { PLACE_TICKS, reachOf, windowWin } from '@/lib/edge/place-reach';
import { placeRanges } from '@/lib/edge/place-ranges';
import { PUBLISHED_HAZARD } from '@/lib/game/rules';

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
/** Resolution of the lower bound; within a step it is the smallest win probability that occurs, so never too high. */
const LOWER_STEP = 0.01;

export function createEdgePlace(breakEven: BreakEven, saved?: EdgePlaceState): EdgePlace {
  const ranges = placeRanges(breakEven);
  const likelihoods = createRangeLikelihoods(ranges, PUBLISHED_HAZARD);
  const reaches = ranges.map((range) => reachOf(range, breakEven.windowIntensity));
  const first = Int32Array.from(reaches, (reach) => reach.first);
  const last = Int32Array.from(reaches, (reach) => reach.last);
  const weights = Float64Array.from(ranges, (range) => range.weight);
  const masses = saved ? Float64Array.from(saved.masses) : weights.map((weight) => (1 - UNAFFECTED_AT_FIRST) * weight);
  let unaffected = saved?.unaffected ?? UNAFFECTED_AT_FIRST;
  let ended = saved?.ended ?? 0;
  const factors = new Float64Array(ranges.length);
  const table = new Float64Array(PLACE_TICKS + 1);
  let tableIsStale = true;

  /** Every start tick's probability at once: each range adds its mass where it reaches, as a step up and a step down. */
  const tabulate = () => {
    table.fill(0);
    let total = ended;
    for (let i = 0; i < masses.length; i++) {
      total += masses[i]!;
      if (last[i]! < first[i]!) continue;
      table[first[i]!]! += masses[i]!;
      table[last[i]! + 1]! -= masses[i]!;
    }
    let sum = 0;
    for (let tick = 0; tick < PLACE_TICKS; tick++) {
      sum += table[tick]!;
      table[tick] = Math.min(1, Math.max(0, sum / total));
    }
    tableIsStale = false;
  };
  const reaching = (tick: number, visit: (index: number) => void) => {
    for (let i = 0; i < masses.length; i++) if (tick >= first[i]! && tick <= last[i]!) visit(i);
  };

  return {
    observe(span) {
      likelihoods.read(span, factors);
      let affected = 0;
      for (let i = 0; i < masses.length; i++) {
        masses[i] = masses[i]! * factors[i]!;
        affected += masses[i]!;
      }
      const scale = 1 / (affected + unaffected + ended);
      const going = scale * (1 - END_RATE);
      const beginning = (unaffected + ended) * scale * BEGIN_RATE;
      for (let i = 0; i < masses.length; i++) masses[i] = masses[i]! * going + beginning * weights[i]!;
      unaffected *= scale * (1 - BEGIN_RATE);
      ended = ended * scale * (1 - BEGIN_RATE) + affected * scale * END_RATE;
      tableIsStale = true;
    },
    probability(tick) {
      if (tableIsStale) tabulate();
      return table[Math.min(tick, PLACE_TICKS - 1)]!;
    },
    lowerWinProbability(tick, level) {
      const steps = Math.ceil((1 - breakEven.winProbability) / LOWER_STEP) + 1;
      const mass = new Float64Array(steps);
      const smallest = new Float64Array(steps).fill(1);
      reaching(Math.min(tick, PLACE_TICKS - 1), (i) => {
        const win = windowWin(ranges[i]!, tick);
        const step = Math.max(0, Math.floor((win - breakEven.winProbability) / LOWER_STEP));
        mass[step]! += masses[i]!;
        smallest[step] = Math.min(smallest[step]!, win);
      });
      const needed = level * masses.reduce((total, value) => total + value, ended);
      let above = 0;
      let lower = 1;
      for (let step = steps - 1; step >= 0 && above < needed; step--) {
        above += mass[step]!;
        lower = Math.min(lower, smallest[step]!);
      }
      return lower;
    },
    leading(tick) {
      let best = -1;
      reaching(Math.min(tick, PLACE_TICKS - 1), (i) => {
        if (best < 0 || masses[i]! > masses[best]!) best = i;
      });
      return ranges[best] ?? null;
    },
    serialize: () => ({ unaffected, ended, masses: [...masses] }),
  };
}
