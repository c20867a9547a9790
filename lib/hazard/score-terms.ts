// Scores every term of the headline on one finished game, with the models exactly as they stood before it. Two scores:
// per tick against the published hazard, which is the evidence; and of the windows a player would have been shown, with
// the term and without, which guards against terms that are right about a tick and wrong about forty.
// Called by headline.ts before the models learn from the game.
import { WINDOW_TICKS } from '@/lib/game/rules';
import type { CovariateModel } from '@/lib/hazard/covariate';
import type { EmpiricalModel } from '@/lib/hazard/empirical';
import { FEATURE_COUNT, FEATURE_GROUPS } from '@/lib/hazard/feature-table';
import { wasCutOff } from '@/lib/hazard/game-counts';
import type { ObservedGame } from '@/lib/hazard/learning-model';
import { clampShift, PUBLISHED_LOG_ODDS, softplus } from '@/lib/hazard/log-odds';
import type { GameGains, TermId } from '@/lib/hazard/term-evidence';
import { BUCKET_STARTS, bucketOf } from '@/lib/hazard/tick-buckets';

type Scoring = {
  readonly game: ObservedGame;
  readonly terms: readonly TermId[];
  readonly empirical: EmpiricalModel | null;
  readonly covariate: CovariateModel | null;
  /** What the headline consisted of during the game: the empirical base, and a bit per covariate group. */
  readonly usesEmpirical: boolean;
  readonly groups: number;
};

/** Empirical first, then a term per covariate group. */
const TERMS = 1 + FEATURE_GROUPS.length;
const PUBLISHED_LOSS = softplus(PUBLISHED_LOG_ODDS);

// Scratch space of one call: filled anew each time, kept to spare the garbage collector.
const shifts = new Float64Array(FEATURE_GROUPS.length);
const alone = new Float64Array(TERMS);
const windowGains = new Float64Array(TERMS * WINDOW_TICKS);

export function scoreTerms(scoring: Scoring): GameGains[] {
  const { game, terms, covariate, empirical, usesEmpirical, groups } = scoring;
  const cutOff = wasCutOff(game.rugTick);
  const trials = cutOff ? game.rugTick - 1 : game.rugTick;
  const baseShifts = empirical ? BUCKET_STARTS.map((tick) => logOddsShift(empirical.hazardValue(tick))) : null;
  const baseSurvived = baseShifts?.map((shift) => tickScore(shift, false));
  alone.fill(0);
  windowGains.fill(0);
  shifts.fill(0);
  for (let s = 0; s < trials; s++) {
    if (covariate && game.features && s < game.features.rows) {
      covariate.groupShifts(game.features.values, s * FEATURE_COUNT, shifts);
    } else if (covariate) shifts.fill(0);
    const rugsNext = !cutOff && s === trials - 1;
    if (baseShifts) {
      const bucket = bucketOf(s + 1);
      alone[0]! += rugsNext ? baseSurvived![bucket]! + baseShifts[bucket]! : baseSurvived![bucket]!;
    }
    if (covariate) for (let g = 0; g < shifts.length; g++) alone[g + 1]! += tickScore(clampShift(shifts[g]!), rugsNext);
    const rugsInside = s + WINDOW_TICKS >= game.rugTick;
    if (rugsInside && cutOff) continue; // Nobody knows how the window would have gone on.
    scoreWindows({ s, rugsInside, empirical, hasGroups: covariate !== null, usesEmpirical, groups });
  }
  return terms.map((term) => {
    const i = term === 'empirical' ? 0 : FEATURE_GROUPS.indexOf(term) + 1;
    const applied = i === 0 ? usesEmpirical : (groups & (1 << (i - 1))) !== 0;
    const toggling = logMeanExp(windowGains, i, 1);
    const staying = logMeanExp(windowGains, i, -1);
    return {
      overPublished: alone[i]!,
      windowsWith: applied ? staying : toggling,
      windowsWithout: applied ? toggling : staying,
    };
  });
}

/** Adds, for each term, the score of the window from tick s with the term toggled, less the headline's. */
function scoreWindows({
  s,
  rugsInside,
  empirical,
  hasGroups,
  usesEmpirical,
  groups,
}: {
  s: number;
  rugsInside: boolean;
  empirical: EmpiricalModel | null;
  hasGroups: boolean;
  usesEmpirical: boolean;
  groups: number;
}): void {
  const phase = s % WINDOW_TICKS;
  const base = usesEmpirical ? empirical : null;
  const shift = sumOf(groups);
  const headline = windowScore(cumulative(base, s, shift), rugsInside);
  if (empirical) {
    const other = cumulative(base ? null : empirical, s, shift);
    windowGains[phase]! += windowScore(other, rugsInside) - headline;
  }
  if (!hasGroups) return;
  for (let g = 0; g < shifts.length; g++) {
    const other = cumulative(base, s, sumOf(groups ^ (1 << g)));
    windowGains[(g + 1) * WINDOW_TICKS + phase]! += windowScore(other, rugsInside) - headline;
  }
}

function cumulative(base: EmpiricalModel | null, s: number, shift: number): number {
  if (!base) return WINDOW_TICKS * (shift === 0 ? PUBLISHED_LOSS : softplus(PUBLISHED_LOG_ODDS + shift));
  return shift === 0 ? base.cumulativeHazard(s, s + WINDOW_TICKS) : base.cumulativeShifted(s, s + WINDOW_TICKS, shift);
}

function windowScore(cumulativeHazard: number, rugsInside: boolean): number {
  return rugsInside ? Math.log(-Math.expm1(-cumulativeHazard)) : -cumulativeHazard;
}

/**
 * Windows that start at ticks φ, φ + 40, φ + 80 … follow each other, so their likelihood ratios multiply to an e-value;
 * the mean over the 40 phases φ is one too. Returns its logarithm; `sign` −1 swaps challenger and holder.
 */
function logMeanExp(gains: Float64Array, term: number, sign: 1 | -1): number {
  const from = term * WINDOW_TICKS;
  let high = -Infinity;
  for (let i = from; i < from + WINDOW_TICKS; i++) high = Math.max(high, sign * gains[i]!);
  let sum = 0;
  for (let i = from; i < from + WINDOW_TICKS; i++) sum += Math.exp(sign * gains[i]! - high);
  return high + Math.log(sum / WINDOW_TICKS);
}

/** One tick's log-likelihood [rugged] z − ln(1 + e^z) at the published log-odds z moved by `shift`, less the published one's. */
function tickScore(shift: number, rugged: boolean): number {
  const survived = PUBLISHED_LOSS - softplus(PUBLISHED_LOG_ODDS + shift);
  return rugged ? survived + shift : survived;
}

function sumOf(included: number): number {
  let sum = 0;
  for (let g = 0; g < shifts.length; g++) if (included & (1 << g)) sum += shifts[g]!;
  return clampShift(sum);
}

function logOddsShift(hazard: number): number {
  return Math.log(hazard / (1 - hazard)) - PUBLISHED_LOG_ODDS;
}
