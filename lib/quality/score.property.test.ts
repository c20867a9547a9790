// Laws of the score: within 0 … 100, best is at least the score, a check that gets worse raises neither, and only what
// is known to be good throughout is 100.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckStatus } from '@/lib/quality/expectation';
import { computeScore, worstOf, type Judged } from '@/lib/quality/score';

const status = fc.constantFrom<CheckStatus>('good', 'warning', 'unknown', 'bad');
const judged: fc.Arbitrary<Judged> = fc.record({
  weight: fc.integer({ min: 1, max: 20 }),
  severity: fc.constantFrom('warning' as const, 'critical' as const),
  status,
});
const reports = fc.array(judged, { minLength: 1, maxLength: 20 });

/** From better to worse, as each of the two numbers sees it: what is unknown may still turn out well. */
const WORSE = { score: ['good', 'warning', 'unknown', 'bad'], best: ['good', 'unknown', 'warning', 'bad'] } as const;

describe('the score', () => {
  it('stays within its range and below what it may become', () => {
    fc.assert(
      fc.property(reports, (checks) => {
        const { score, best } = computeScore(checks);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(best).toBeGreaterThanOrEqual(score);
        expect(best).toBeLessThanOrEqual(100);
      }),
    );
  });

  it.each(['score', 'best'] as const)('never has its %s raised by a check that gets worse', (number) => {
    fc.assert(
      fc.property(reports, fc.nat(), status, (checks, pick, other) => {
        const index = pick % checks.length;
        const [better, worse] = [checks[index]!.status, other].sort(
          (a, b) => WORSE[number].indexOf(a) - WORSE[number].indexOf(b),
        ) as [CheckStatus, CheckStatus];
        const having = (is: CheckStatus) => checks.map((check, i) => (i === index ? { ...check, status: is } : check));
        expect(computeScore(having(worse))[number]).toBeLessThanOrEqual(computeScore(having(better))[number]);
      }),
    );
  });

  it('is 100 if and only if every check is known and good', () => {
    fc.assert(
      fc.property(reports, (checks) => {
        expect(computeScore(checks).score === 100).toBe(checks.every((check) => check.status === 'good'));
      }),
    );
  });

  it('agrees with the worked value, and a critical fault halves it', () => {
    const checks = (severity: Judged['severity']): Judged[] => [
      { weight: 3, severity: 'warning', status: 'good' },
      { weight: 1, severity: 'warning', status: 'warning' },
      { weight: 1, severity, status: 'bad' },
    ];
    expect(computeScore(checks('warning'))).toEqual({ score: 70, best: 70 });
    expect(computeScore(checks('critical'))).toEqual({ score: 50, best: 50 });
  });

  it('knows nothing of no checks', () => {
    expect(computeScore([])).toEqual({ score: 0, best: 100 });
    expect(worstOf([])).toBe('unknown');
    expect(worstOf(['good', 'unknown', 'warning'])).toBe('warning');
  });
});
