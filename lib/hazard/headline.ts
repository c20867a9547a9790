// The headline: the one hazard players see. It is the published hazard, moved only by terms whose evidence on unseen
// games earned it, and moved back when the evidence turns. Owns the order in which things happen at a game's end: every
// term is scored on the game first, then the models learn from it. Pure; called by the server's loop and the backtester.
import { PUBLISHED_HAZARD, WINDOW_TICKS } from '@/lib/game/rules';
import { clampShift, PUBLISHED_LOG_ODDS, softplus, type CovariateModel } from '@/lib/hazard/covariate';
import type { EmpiricalModel } from '@/lib/hazard/empirical';
import { FEATURE_GROUPS, type FeatureGroup } from '@/lib/hazard/feature-table';
import { INTERVAL_LEVEL, type Estimate } from '@/lib/hazard/hazard-model';
import type { LearningModel, ModelState, TickContext } from '@/lib/hazard/learning-model';
import { createPublishedModel } from '@/lib/hazard/published';
import { scoreTerms } from '@/lib/hazard/score-terms';
import { createTermEvidence, TERM_IDS, type TermId, type TermReport, type TermState } from '@/lib/hazard/term-evidence';
import { normalQuantile } from '@/lib/math/normal';

export type Adjustment = TermReport & {
  /** Percentage points of win probability it adds to the headline; 0 unless applied. */
  readonly points: number;
  /** What it would add to the published win probability if it were believed. */
  readonly claimedPoints: number;
};
export type Adjustments = Readonly<Record<FeatureGroup, Adjustment>>;

export type Headline = LearningModel & {
  /** The covariate groups' effect at a tick; null when no covariate model takes part. */
  adjustments(tick: number, context?: TickContext): Adjustments | null;
  terms(): readonly TermReport[];
};

const Z = normalQuantile(1 - (1 - INTERVAL_LEVEL) / 2);
const VERSION = '1';

export function createHeadline(
  { empirical, covariate }: { empirical: EmpiricalModel | null; covariate: CovariateModel | null },
  saved?: ModelState,
): Headline {
  const published = createPublishedModel();
  const ids = TERM_IDS.filter((id) => (id === 'empirical' ? empirical : covariate) !== null);
  const terms = ids.map((id) => createTermEvidence(id, ids.length));
  const shifts = new Float64Array(FEATURE_GROUPS.length);
  let base: EmpiricalModel | null = null; // The empirical model while it is applied.
  let groups = 0; // A bit per applied covariate group.
  let id = 'published';
  const settle = () => {
    const applied = terms.filter((term) => term.isApplied()).map((term) => term.id);
    base = applied.includes('empirical') ? empirical : null;
    groups = FEATURE_GROUPS.reduce((bits, group, g) => (applied.includes(group) ? bits | (1 << g) : bits), 0);
    id = [base ? 'empirical' : 'published', ...applied.filter((term) => term !== 'empirical')].join('+');
  };
  if (saved) {
    const states = saved.terms as Partial<Record<TermId, TermState>>;
    for (const term of terms) if (states[term.id]) term.restore(states[term.id]!);
    settle();
  }

  /** Log-odds the groups in `included` add at this context; 0 when nothing is known of it. */
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
  /** Interval of base and terms together: their reaches on the scale of ln cumulative hazard, added as deviations. */
  const widen = (value: number, shift: number, from: Estimate, context: TickContext): Estimate => {
    const centre = Math.log(-Math.log1p(-value));
    const unshifted = Math.log(-Math.log1p(-from.value));
    const term = Z * covariate!.shiftDeviation(context.features, context.offset, groups);
    const reach = (end: number) => Math.hypot(Math.log(-Math.log1p(-end)) - unshifted, term);
    return {
      value,
      lower: -Math.expm1(-Math.exp(centre - reach(from.lower))),
      upper: -Math.expm1(-Math.exp(centre + reach(from.upper))),
      level: INTERVAL_LEVEL,
      samples: from.samples ?? covariate!.hazardAt(1).samples,
    };
  };
  const estimate = (from: Estimate, context: TickContext | undefined, at: (shift: number) => number) => {
    if (groups === 0 || !context) return from;
    const shift = shiftOf(groups, context);
    return widen(at(shift), shift, from, context);
  };
  const source = (): LearningModel => base ?? published;

  return {
    get id() {
      return id;
    },
    version: VERSION,
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
    observeGame(game) {
      const gains = scoreTerms({ game, terms: ids, empirical, covariate, usesEmpirical: base !== null, groups });
      let changed = false;
      terms.forEach((term, i) => {
        changed = term.observe(gains[i]!) || changed;
      });
      empirical?.observeGame(game);
      covariate?.observeGame(game);
      if (changed) settle();
    },
    adjustments(tick, context) {
      if (!covariate) return null;
      const withAll = windowAt(tick, shiftOf(groups, context));
      const rows = FEATURE_GROUPS.map((group, g) => {
        const report = terms.find((term) => term.id === group)!.report();
        const alone = -Math.expm1(-WINDOW_TICKS * softplus(PUBLISHED_LOG_ODDS + shiftOf(1 << g, context)));
        const points = report.applied ? 100 * (withAll - windowAt(tick, shiftOf(groups & ~(1 << g), context))) : 0;
        return [group, { ...report, points, claimedPoints: 100 * (alone - PUBLISHED_WINDOW) }] as const;
      });
      return Object.fromEntries(rows) as Adjustments;
    },
    terms: () => terms.map((term) => term.report()),
    serialize: () => ({
      id: 'headline',
      version: VERSION,
      terms: Object.fromEntries(terms.map((term) => [term.id, term.serialize()])),
    }),
  };
}

const PUBLISHED_WINDOW = -Math.expm1(WINDOW_TICKS * Math.log1p(-PUBLISHED_HAZARD));
