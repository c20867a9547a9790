// The rule by which a term of the headline is promoted and demoted: evidence on unseen games, never opinion. One term's
// bookkeeping; headline.ts feeds it after every finished game. See docs/decision-core/hazard-models.md.
import { createPrequentialEvidence, type EvidenceState } from '@/lib/hazard/prequential-evidence';

/** An e-value above this, against the published hazard: by Ville's inequality at most a 1 % chance of ever being wrong. */
export const PROMOTION_E_VALUE = 100;

export const TERM_IDS = ['empirical', 'timing', 'market', 'volatility'] as const;
export type TermId = (typeof TERM_IDS)[number];

/** What a player may be told about a term. */
export type TermReport = {
  readonly id: TermId;
  /** True when the term moves the headline. */
  readonly applied: boolean;
  /** Unseen games it was tried on since it last entered or left the headline. */
  readonly games: number;
  /** Mean log-likelihood gain over the published hazard on them, in nats per game. */
  readonly gainNatsPerGame: number;
  /** Against the published hazard, already divided by the number of terms tried; promotion needs more than 100. */
  readonly eValue: number;
  /**
   * For the windows shown with the term against those without it, on the same games, divided likewise: a covariate
   * group's must pass 100 too.
   */
  readonly eValueWindows: number;
  /** Against the term, once applied, by the same rule: above 100 it is demoted. 0 while it is not applied. */
  readonly eValueAgainst: number;
};

export type GameGains = {
  /** Log-likelihood, tick by tick, of the published hazard moved by this term alone, minus the published hazard's. */
  readonly overPublished: number;
  /** ln e-value of the headline's windows with the term against those without it, and the reverse. */
  readonly windowsWith: number;
  readonly windowsWithout: number;
};

export type TermState = {
  applied: boolean;
  published: EvidenceState;
  windowsWith: EvidenceState;
  windowsWithout: EvidenceState;
};

/**
 * `termsTried` is the number of terms tried at once. E/termsTried is again an e-value, and with all terms so divided the
 * chance that any of them is ever promoted while the published rule holds is at most 1 % in total (union of Ville bounds).
 * A promotion also needs the windows shown to have been better with the term. A covariate group's windows hold the
 * covariates still, which is an assumption of its own, so they must clear the same bar; the empirical model's follow
 * from its hazards, so they must only not speak against it (e-value above 1). A demotion needs an e-value above the bar.
 */
export function createTermEvidence(id: TermId, termsTried: number) {
  const published = createPrequentialEvidence();
  const windowsWith = createPrequentialEvidence();
  const windowsWithout = createPrequentialEvidence();
  const logTerms = Math.log(termsTried);
  const bar = Math.log(PROMOTION_E_VALUE) + logTerms;
  const windowsBar = id === 'empirical' ? 0 : bar;
  let applied = false;
  return {
    id,
    isApplied: () => applied,
    /** Takes one game's gains; true when the term has just been promoted or demoted. */
    observe(gains: GameGains): boolean {
      published.add(gains.overPublished);
      windowsWith.add(gains.windowsWith);
      windowsWithout.add(gains.windowsWithout);
      const changes = applied
        ? windowsWithout.logEValue() > bar
        : published.logEValue() > bar && windowsWith.logEValue() > windowsBar;
      if (!changes) return false;
      applied = !applied;
      // A demoted term starts over; a promoted one keeps its record, and the case against it starts at 1.
      if (!applied) published.reset();
      windowsWith.reset();
      windowsWithout.reset();
      return true;
    },
    report: (): TermReport => ({
      id,
      applied,
      games: published.games(),
      gainNatsPerGame: published.gainPerGame(),
      eValue: toEValue(published.logEValue() - logTerms),
      eValueWindows: toEValue(windowsWith.logEValue() - logTerms),
      eValueAgainst: applied ? toEValue(windowsWithout.logEValue() - logTerms) : 0,
    }),
    serialize: (): TermState => ({
      applied,
      published: published.serialize(),
      windowsWith: windowsWith.serialize(),
      windowsWithout: windowsWithout.serialize(),
    }),
    restore(saved: TermState): void {
      applied = saved.applied;
      published.restore(saved.published);
      windowsWith.restore(saved.windowsWith);
      windowsWithout.restore(saved.windowsWithout);
    },
  };
}

/** JSON has no Infinity. */
function toEValue(logEValue: number): number {
  return Math.exp(Math.min(690, logEValue));
}
