// @ts-check
// What a step of the test run came to, read from its runner's own report, and the total of them. A runner that crashed,
// left no report or found nothing to run is a failure, whatever else it says.

/** @typedef {{ name: string, reason: string }} Skip */
/** @typedef {{ passed: number, failed: number, skips: readonly Skip[], output?: string }} Outcome */

/** Set-up that succeeds is no test; that fails, it must not vanish from the total. @type {Outcome} */
export const NOTHING = { passed: 0, failed: 0, skips: [] };
/** @type {Outcome} */
export const PASSED_ONCE = { passed: 1, failed: 0, skips: [] };
/** @type {Outcome} */
export const FAILED_ONCE = { passed: 0, failed: 1, skips: [] };

/** @param {readonly Outcome[]} outcomes */
export function addUp(outcomes) {
  return {
    passed: outcomes.reduce((sum, outcome) => sum + outcome.passed, 0),
    failed: outcomes.reduce((sum, outcome) => sum + outcome.failed, 0),
    skipped: outcomes.reduce((sum, outcome) => sum + outcome.skips.length, 0),
  };
}

/** @param {ReturnType<typeof addUp>} total */
export function formatTotal({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * One check that passes or fails as a whole.
 * @param {import('../setup/run-process.mjs').Finished} finished @returns {Outcome}
 */
export function fromExitCode({ code, output }) {
  return code === 0 ? PASSED_ONCE : { ...FAILED_ONCE, output };
}

/**
 * @param {import('../setup/run-process.mjs').Finished} finished
 * @param {{ passed: number, failed: number, skips: Skip[] } | null} report null when there is none
 * @returns {Outcome}
 */
export function fromReport({ code, output }, report) {
  if (!report) return { ...FAILED_ONCE, output: `${output}\nThe runner left no report (exit code ${code}).` };
  const { passed, skips } = report;
  if (report.failed > 0) return { passed, failed: report.failed, skips, output };
  if (code !== 0) return { passed, failed: 1, skips, output: `${output}\nThe runner failed with exit code ${code}.` };
  if (passed === 0) return { passed, failed: 1, skips, output: `${output}\nThe runner ran no test.` };
  return { passed, failed: 0, skips };
}

/**
 * Reads Playwright's JSON report. A test that passed only when tried again has failed.
 * @param {import('@playwright/test/reporter').JSONReport} report
 */
export function readPlaywrightReport(report) {
  /** @type {(suite: import('@playwright/test/reporter').JSONReportSuite) => { name: string, test: any }[]} */
  const listTests = (suite) => [
    ...suite.specs.flatMap((spec) => spec.tests.map((test) => ({ name: spec.title, test }))),
    ...(suite.suites ?? []).flatMap(listTests),
  ];
  const tests = report.suites.flatMap(listTests);
  const skipped = tests.filter(({ test }) => test.status === 'skipped');
  return {
    passed: tests.filter(({ test }) => test.status === 'expected').length,
    failed: tests.filter(({ test }) => test.status === 'unexpected' || test.status === 'flaky').length,
    skips: skipped.map(({ name, test }) => ({
      name,
      reason:
        test.annotations.find((/** @type {any} */ note) => note.type === 'skip')?.description ?? 'no reason given',
    })),
  };
}
