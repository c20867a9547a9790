// The headline's hazard as it is composed at the moment: a base and the covariate groups added to it in log-odds. Knows
// nothing of evidence; headline.ts says what takes part.
import { WINDOW_TICKS } from '@/lib/game/rules';
import type { CovariateModel } from '@/lib/hazard/covariate';
import type { EmpiricalModel } from '@/lib/hazard/empirical';
import { FEATURE_GROUPS } from '@/lib/hazard/feature-table';
import { INTERVAL_LEVEL, type Estimate } from '@/lib/hazard/hazard-model';
import type { LearningModel, TickContext } from '@/lib/hazard/learning-model';
import { clampShift, PUBLISHED_LOG_ODDS, softplus } from '@/lib/hazard/log-odds';
import { createPublishedModel } from '@/lib/hazard/published';
import { normalQuantile } from '@/lib/math/normal';

export type HeadlineHazard = Pick<
  LearningModel,
  'hazardAt' | 'windowProbability' | 'hazardValue' | 'windowValue' | 'cumulativeHazard'
> & {
  /** Sets the base (null: published) and the groups added to it, a bit each. */
  compose(base: EmpiricalModel | null, groups: number): void;
  /** The window probability if these groups took part instead, on the same base. */
  windowWith(groups: number, tick: number, context: TickContext | undefined): number;
  /** Log-odds the groups add at this context; 0 when nothing is known of it. */
  shiftOf(groups: number, context: TickContext | undefined): number;
};

const Z = normalQuantile(1 - (1 - INTERVAL_LEVEL) / 2);

export function createHeadlineHazard(covariate: CovariateModel | null): HeadlineHazard {
  const published = createPublishedModel();
  const shifts = new Float64Array(FEATURE_GROUPS.length);
  let base: EmpiricalModel | null = null;
  let groups = 0;
  const source = (): LearningModel => base ?? published;
  const shiftOf = (included: number, context: TickContext | undefined) => {
    if (included === 0 || !covariate || !context) return 0;
    covariate.groupShifts(context.features, context.offset, shifts);
    let sum = 0;
    for (let g = 0; g < shifts.length; g++) if (included & (1 << g)) sum += shifts[g]!;
    return clampShift(sum);
  };
  const cumulative = (from: number, to: number, shift: number) => {
    if (base) return shift === 0 ? base.cumulativeHazard(from, to) : base.cumulativeShifted(from, to, shift);
    return (to - from) * softplus(PUBLISHED_LOG_ODDS + shift);
  };
  const windowAt = (tick: number, shift: number) => -Math.expm1(-cumulative(tick, tick + WINDOW_TICKS, shift));
  const hazardAt = (tick: number, shift: number) => -Math.expm1(-cumulative(tick - 1, tick, shift));
  /** The base's estimate, moved and widened by the groups; the very same object when there are none. */
  const estimate = (from: Estimate, context: TickContext | undefined, at: (shift: number) => number): Estimate => {
    if (groups === 0 || !covariate || !context) return from;
    const value = at(shiftOf(groups, context));
    const termReach = Z * covariate.shiftDeviation(context.features, context.offset, groups);
    return widen({ value, from, termReach, samples: from.samples ?? covariate.hazardAt(1).samples });
  };
  return {
    compose(nextBase, nextGroups) {
      base = nextBase;
      groups = nextGroups;
    },
    shiftOf,
    windowWith: (included, tick, context) => windowAt(tick, shiftOf(included, context)),
    hazardAt: (tick, context) => estimate(source().hazardAt(tick), context, (shift) => hazardAt(tick, shift)),
    windowProbability: (tick, context) =>
      estimate(source().windowProbability(tick), context, (shift) => windowAt(tick, shift)),
    hazardValue: (tick, context) =>
      groups === 0 ? source().hazardValue(tick) : hazardAt(tick, shiftOf(groups, context)),
    windowValue: (tick, context) =>
      groups === 0 ? source().windowValue(tick) : windowAt(tick, shiftOf(groups, context)),
    cumulativeHazard(from, to, context) {
      const held = Math.min(to, from + WINDOW_TICKS);
      const now = cumulative(from, held, shiftOf(groups, context));
      return to > held ? now + cumulative(held, to, 0) : now;
    },
  };
}

/** Interval of base and terms together: their reaches on the scale of ln cumulative hazard, added as deviations. */
function widen({
  value,
  from,
  termReach,
  samples,
}: {
  value: number;
  from: Estimate;
  termReach: number;
  samples: number | null;
}): Estimate {
  const centre = logCumulative(value);
  const reach = (end: number) => Math.hypot(logCumulative(end) - logCumulative(from.value), termReach);
  return {
    value,
    lower: -Math.expm1(-Math.exp(centre - reach(from.lower))),
    upper: -Math.expm1(-Math.exp(centre + reach(from.upper))),
    level: INTERVAL_LEVEL,
    samples,
  };
}

/** ln(−ln(1 − p)). */
function logCumulative(probability: number): number {
  return Math.log(-Math.log1p(-probability));
}
