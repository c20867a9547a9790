// One number for a report. Pure; called by evaluate-quality. What is certain earns points and nothing else does:
//   points    = 100 × Σ weight × credit / Σ weight,  credit 1 for good, ½ for a warning, 0 for bad and for unknown
//   score     = the points, but at most 50 while a critical check is bad, else at most 75 while any is
//   best      = the same with every unknown check taken for good: what the score would be if all of them turned out well
// It is monotone: a check that gets worse never raises score or best. It is 100 only when everything is known and good.
import type { AlertSeverity, CheckStatus } from '@/lib/quality/expectation';

export type Judged = { readonly weight: number; readonly severity: AlertSeverity; readonly status: CheckStatus };
export type Score = { readonly score: number; readonly best: number };

const CREDIT: Record<CheckStatus, number> = { good: 1, warning: 0.5, bad: 0, unknown: 0 };
const CAP_BAD = 75;
const CAP_CRITICAL = 50;

/** Worked value: weights 3 good, 1 warning, 1 bad → 100 × 3.5 / 5 = 70; were the bad one critical: 50. */
export function computeScore(checks: readonly Judged[]): Score {
  const total = checks.reduce((sum, { weight }) => sum + weight, 0);
  if (!(total > 0)) return { score: 0, best: 100 };
  const points = (status: (check: Judged) => CheckStatus) =>
    (100 * checks.reduce((sum, check) => sum + check.weight * CREDIT[status(check)], 0)) / total;
  const cap = capOf(checks);
  return {
    score: roundDown(
      Math.min(
        cap,
        points((check) => check.status),
      ),
    ),
    best: roundDown(
      Math.min(
        cap,
        points((check) => (check.status === 'unknown' ? 'good' : check.status)),
      ),
    ),
  };
}

/** The word of a report: that of its worst check. */
export function worstOf(statuses: readonly CheckStatus[]): CheckStatus {
  for (const status of ['bad', 'warning', 'unknown'] as const) if (statuses.includes(status)) return status;
  return statuses.length === 0 ? 'unknown' : 'good';
}

function capOf(checks: readonly Judged[]): number {
  const bad = checks.filter(({ status }) => status === 'bad');
  if (bad.some(({ severity }) => severity === 'critical')) return CAP_CRITICAL;
  return bad.length > 0 ? CAP_BAD : 100;
}

/** To a tenth, downwards: 99.96 is not 100. The guard keeps 70 from becoming 69.9 by floating point. */
function roundDown(points: number): number {
  return Math.floor(points * 10 + 1e-6) / 10;
}
