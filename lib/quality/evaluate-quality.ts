// Measurements in, a report out: every expectation judged, the score, the word of the whole. Pure; called by the quality
// job once a minute.
import { EXPECTATIONS } from '@/lib/quality/expectations';
import type { CheckStatus, Expectation, Finding } from '@/lib/quality/expectation';
import type { Measurements } from '@/lib/quality/measurements';
import { computeScore, worstOf } from '@/lib/quality/score';
import type { EpochMs } from '@/lib/units/time';

export type CheckResult = Finding & { readonly check: string; readonly limit: number };
export type QualityReport = {
  readonly at: EpochMs;
  readonly status: CheckStatus;
  readonly score: number;
  /** The score if everything unknown turned out to be good. */
  readonly best: number;
  readonly checks: readonly CheckResult[];
};

export function evaluateQuality(
  measured: Measurements,
  expectations: readonly Expectation[] = EXPECTATIONS,
): QualityReport {
  const checks = expectations.map((expectation) => ({
    check: expectation.id,
    limit: expectation.limits.good,
    ...expectation.evaluate(measured),
  }));
  return { at: measured.at, ...judge(checks, expectations), checks };
}

/** Score and word of stored checks; one whose expectation is no more counts for nothing. */
export function judge(
  checks: readonly Pick<CheckResult, 'check' | 'status'>[],
  expectations: readonly Expectation[] = EXPECTATIONS,
): Pick<QualityReport, 'status' | 'score' | 'best'> {
  const judged = checks.flatMap(({ check, status }) => {
    const expectation = expectations.find(({ id }) => id === check);
    return expectation ? [{ weight: expectation.weight, severity: expectation.severity, status }] : [];
  });
  return { status: worstOf(judged.map(({ status }) => status)), ...computeScore(judged) };
}
