// @ts-check
// A vitest reporter that writes the totals, and why each skipped test was skipped, to the file named by
// VITEST_REPORT_FILE. Vitest's own JSON report leaves the reasons out.
import { writeFileSync } from 'node:fs';

export default class TotalsReporter {
  /** @param {readonly import('vitest/node').TestModule[]} modules @param {readonly unknown[]} unhandledErrors */
  onTestRunEnd(modules, unhandledErrors) {
    let passed = 0;
    let failed = unhandledErrors.length;
    /** @type {import('./outcome.mjs').Skip[]} */
    const skips = [];
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      for (const test of tests) {
        const result = test.result();
        if (result.state === 'passed') passed++;
        else if (result.state === 'skipped')
          skips.push({ name: test.fullName, reason: result.note ?? 'see its title' });
        else failed++;
      }
      // A file that could not be loaded has no tests to fail.
      if (module.state() === 'failed' && !tests.some((test) => test.result().state === 'failed')) failed++;
    }
    writeFileSync(process.env.VITEST_REPORT_FILE ?? '', JSON.stringify({ passed, failed, skips }));
  }
}
