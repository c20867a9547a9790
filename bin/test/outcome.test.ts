import type { JSONReport } from '@playwright/test/reporter';
import { describe, expect, it } from 'vitest';
import { addUp, formatTotal, fromExitCode, fromReport, readPlaywrightReport } from '@/bin/test/outcome.mjs';

const skip = { name: 'reads the captures', reason: '../shared is absent' };

describe('the total of a test run', () => {
  it('adds up and names skipped tests only when there are some', () => {
    const outcomes = [
      { passed: 1, failed: 0, skips: [] },
      { passed: 40, failed: 2, skips: [skip] },
    ];
    expect(formatTotal(addUp(outcomes))).toBe('41 passed, 2 failed, 1 skipped');
    expect(formatTotal(addUp(outcomes.slice(0, 1)))).toBe('1 passed, 0 failed');
  });
});

describe('the outcome of a runner', () => {
  const report = { passed: 3, failed: 0, skips: [skip] };
  it('is what its report says', () => {
    expect(fromReport({ code: 0, output: '' }, report)).toEqual(report);
    expect(fromReport({ code: 1, output: 'x' }, { ...report, failed: 2 })).toMatchObject({ passed: 3, failed: 2 });
  });

  it.each([
    ['left no report', { code: 0, output: '' }, null],
    ['crashed after its tests passed', { code: 1, output: '' }, report],
    ['ran no test', { code: 0, output: '' }, { passed: 0, failed: 0, skips: [skip] }],
  ])('is a failure when it %s', (_what, finished, told) => {
    const outcome = fromReport(finished, told);
    expect(outcome.failed).toBe(1);
    expect(outcome.output).toMatch(/The runner/);
  });

  it('of a single check is its exit code, with its output when it failed', () => {
    expect(fromExitCode({ code: 0, output: 'fine' })).toEqual({ passed: 1, failed: 0, skips: [] });
    expect(fromExitCode({ code: 2, output: 'bad' })).toEqual({ passed: 0, failed: 1, skips: [], output: 'bad' });
  });
});

describe("Playwright's report", () => {
  it('counts tests in nested suites; one that needed a second try has failed', () => {
    const test = (status: string, annotations: object[] = []) => ({ status, annotations });
    const spec = (title: string, ...tests: object[]) => ({ title, tests });
    const suites = [
      {
        specs: [spec('a', test('expected')), spec('b', test('unexpected'))],
        suites: [
          {
            specs: [
              spec('c', test('flaky')),
              spec('d', test('skipped', [{ type: 'skip', description: 'no browser' }])),
            ],
          },
        ],
      },
    ];
    expect(readPlaywrightReport({ suites } as unknown as JSONReport)).toEqual({
      passed: 1,
      failed: 2,
      skips: [{ name: 'd', reason: 'no browser' }],
    });
  });
});
