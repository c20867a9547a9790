// The points of a report by group of checks: what each earned, what is open, out of what. Pure.
import type { QualityCheck } from '@/lib/protocol/data-quality';
import { CHECK_GROUPS, type CheckGroup, type CheckStatus } from '@/lib/quality/expectation';

export type ScorePart = {
  readonly group: CheckGroup;
  /** Of 100 in all groups together. */
  readonly earned: number;
  readonly unknown: number;
  readonly possible: number;
};

const EARNED: Record<CheckStatus, number> = { good: 1, warning: 0.5, bad: 0, unknown: 0 };

export function splitScore(checks: readonly Pick<QualityCheck, 'group' | 'weight' | 'status'>[]): ScorePart[] {
  const total = checks.reduce((sum, { weight }) => sum + weight, 0);
  const share = (weight: number) => (100 * weight) / total;
  return CHECK_GROUPS.flatMap((group) => {
    const own = checks.filter((check) => check.group === group);
    if (own.length === 0) return [];
    const sum = (of: (check: (typeof own)[number]) => number) => own.reduce((points, check) => points + of(check), 0);
    return {
      group,
      earned: sum(({ weight, status }) => share(weight) * EARNED[status]),
      unknown: sum(({ weight, status }) => (status === 'unknown' ? share(weight) : 0)),
      possible: sum(({ weight }) => share(weight)),
    };
  });
}
