// The headline: the one hazard players see. It is the published hazard, moved only by terms whose evidence on unseen
// games earned it, and moved back when the evidence turns. Owns the order in which things happen at a game's end: every
// term is scored on the game first, then the models learn from it. Pure; called by the server's loop and the backtester.
import { PUBLISHED_HAZARD, WINDOW_TICKS } from '@/lib/game/rules';
import type { CovariateModel } from '@/lib/hazard/covariate';
import type { EmpiricalModel } from '@/lib/hazard/empirical';
import { FEATURE_GROUPS, type FeatureGroup } from '@/lib/hazard/feature-table';
import { createHeadlineHazard } from '@/lib/hazard/headline-hazard';
import type { LearningModel, ModelState, TickContext } from '@/lib/hazard/learning-model';
import { PUBLISHED_LOG_ODDS, windowAtLogOdds } from '@/lib/hazard/log-odds';
import { scoreTerms } from '@/lib/hazard/score-terms';
import { createTermEvidence, TERM_IDS, type TermId, type TermReport, type TermState } from '@/lib/hazard/term-evidence';

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

const VERSION = '1';
const PUBLISHED_WINDOW = -Math.expm1(WINDOW_TICKS * Math.log1p(-PUBLISHED_HAZARD));

export function createHeadline(
  { empirical, covariate }: { empirical: EmpiricalModel | null; covariate: CovariateModel | null },
  saved?: ModelState,
): Headline {
  const hazard = createHeadlineHazard(covariate);
  const ids = TERM_IDS.filter((id) => (id === 'empirical' ? empirical : covariate) !== null);
  const terms = ids.map((id) => createTermEvidence(id, ids.length));
  let usesEmpirical = false;
  let groups = 0; // A bit per applied covariate group.
  let id = 'published';
  const settle = () => {
    const applied = terms.filter((term) => term.isApplied()).map((term) => term.id);
    usesEmpirical = applied.includes('empirical');
    groups = FEATURE_GROUPS.reduce((bits, group, g) => (applied.includes(group) ? bits | (1 << g) : bits), 0);
    id = [usesEmpirical ? 'empirical' : 'published', ...applied.filter((term) => term !== 'empirical')].join('+');
    hazard.compose(usesEmpirical ? empirical : null, groups);
  };
  if (saved) {
    const states = saved.terms as Partial<Record<TermId, TermState>>;
    for (const term of terms) if (states[term.id]) term.restore(states[term.id]!);
    settle();
  }
  const adjustment = (g: number, tick: number, context: TickContext | undefined): Adjustment => {
    const report = terms.find((term) => term.id === FEATURE_GROUPS[g])!.report();
    const alone = windowAtLogOdds(PUBLISHED_LOG_ODDS + hazard.shiftOf(1 << g, context));
    const without = groups & ~(1 << g);
    const added = hazard.windowWith(groups, tick, context) - hazard.windowWith(without, tick, context);
    return { ...report, points: report.applied ? 100 * added : 0, claimedPoints: 100 * (alone - PUBLISHED_WINDOW) };
  };

  const { hazardAt, windowProbability, hazardValue, windowValue, cumulativeHazard } = hazard;
  return {
    get id() {
      return id;
    },
    version: VERSION,
    hazardAt,
    windowProbability,
    hazardValue,
    windowValue,
    cumulativeHazard,
    observeGame(game) {
      const gains = scoreTerms({ game, terms: ids, empirical, covariate, usesEmpirical, groups });
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
      return {
        timing: adjustment(FEATURE_GROUPS.indexOf('timing'), tick, context),
        market: adjustment(FEATURE_GROUPS.indexOf('market'), tick, context),
        volatility: adjustment(FEATURE_GROUPS.indexOf('volatility'), tick, context),
      };
    },
    terms: () => terms.map((term) => term.report()),
    serialize: () => ({
      id: 'headline',
      version: VERSION,
      terms: Object.fromEntries(terms.map((term) => [term.id, term.serialize()])),
    }),
  };
}
