// @ts-check
// What npm test runs. Formatting, lint, types and the build count as one test each; vitest and Playwright tell their own.
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { buildApp, isBuildFresh } from '../setup/build-app.mjs';
import { fromRoot, ROOT } from '../setup/root.mjs';
import { runProcess } from '../setup/run-process.mjs';
import { ensureBrowser } from './ensure-browser.mjs';
import { fromExitCode, fromReport, NOTHING, PASSED_ONCE, readPlaywrightReport } from './outcome.mjs';

export const STEP_NAMES = ['format', 'lint', 'types', 'vitest', 'build', 'e2e'];

/** A step that takes this long hangs: the whole run is allowed fifteen minutes on two cores. */
const STEP_LIMIT_MS = 10 * 60_000;
const VITEST_REPORT = fromRoot('.cache', 'vitest-report.json');
const E2E_REPORT = fromRoot('.cache', 'e2e-report.json');

/**
 * @param {{ only: string[] | null, runnerArguments: string[] }} options
 * @returns {import('./run-plan.mjs').PlanStep[]}
 */
export function createTestPlan({ only, runnerArguments }) {
  /** @type {string | undefined} */
  let browser;
  /** @type {import('./run-plan.mjs').PlanStep[]} */
  const plan = [
    { name: 'build', run: checkBuild },
    {
      name: 'browser',
      async run() {
        browser = await ensureBrowser();
        return NOTHING;
      },
    },
    { name: 'format', run: () => check('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']) },
    { name: 'lint', run: () => check('eslint/bin/eslint.js', ['--max-warnings', '0', ...ESLINT_CACHE, '.']) },
    // The build replaces the generated types that this reads.
    { name: 'types', after: ['build'], run: checkTypes },
    { name: 'vitest', cores: 2, run: () => runVitest(runnerArguments) },
    {
      name: 'e2e',
      needs: ['build', 'browser'],
      after: ['vitest'],
      alone: true,
      run: () => runPlaywright(browser, runnerArguments),
    },
  ];
  if (!only) return plan;
  const wanted = only.includes('e2e') ? [...only, 'build', 'browser'] : only;
  return plan.filter((step) => wanted.includes(step.name));
}

/** Vitest colours its output even where it goes into ours. */
const COLOUR = process.stdout.isTTY && !process.env.NO_COLOR ? [] : ['--no-color'];
const ESLINT_CACHE = ['--cache', '--cache-location', '.cache/eslint/', '--cache-strategy', 'content'];

async function checkBuild() {
  if (!(await isBuildFresh())) await buildApp();
  return PASSED_ONCE;
}

async function checkTypes() {
  if (!existsSync(fromRoot('next-env.d.ts')) || !existsSync(fromRoot('.next', 'types'))) {
    const generated = await tool('next/dist/bin/next', ['typegen'], { NEXT_TELEMETRY_DISABLED: '1' });
    if (generated.code !== 0) return fromExitCode(generated);
  }
  return check('typescript/bin/tsc', ['--noEmit', '--pretty', 'false']);
}

/** @param {string[]} extra */
async function runVitest(extra) {
  await rm(VITEST_REPORT, { force: true });
  const args = ['run', '--reporter=default', '--reporter=./bin/test/vitest-report.mjs', ...COLOUR, ...extra];
  const finished = await tool('vitest/vitest.mjs', args, { VITEST_REPORT_FILE: VITEST_REPORT });
  return fromReport(finished, await readJson(VITEST_REPORT));
}

/** @param {string | undefined} browser @param {string[]} extra */
async function runPlaywright(browser, extra) {
  await rm(E2E_REPORT, { force: true });
  const args = ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json', ...extra];
  const finished = await tool('@playwright/test/cli.js', args, {
    PLAYWRIGHT_JSON_OUTPUT_FILE: E2E_REPORT,
    ...(browser ? { CHROME: browser } : {}),
  });
  const report = await readJson(E2E_REPORT);
  return fromReport(finished, report && readPlaywrightReport(report));
}

/** @param {string} script @param {string[]} args */
async function check(script, args) {
  return fromExitCode(await tool(script, args));
}

/** Runs an installed tool by its script: no shell, no PATH. @param {string} script @param {string[]} args @param {Record<string, string>} [extraEnv] */
function tool(script, args, extraEnv = {}) {
  // A NODE_ENV from outside would change what React and Next do under test.
  const { NODE_ENV: _, ...env } = process.env;
  const options = { cwd: ROOT, env: { ...env, ...extraEnv }, timeoutMs: STEP_LIMIT_MS };
  return runProcess(process.execPath, [fromRoot('node_modules', script), ...args], options);
}

/** @param {string} file */
async function readJson(file) {
  return JSON.parse(await readFile(file, 'utf8').catch(() => 'null'));
}
