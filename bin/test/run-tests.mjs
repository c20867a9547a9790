// @ts-check
// The test command from its arguments to its exit code.
import { ensureDependencies } from '../setup/prepare.mjs';
import { createSteps, formatSeconds } from '../setup/steps.mjs';
import { stopOnSignals } from '../setup/run-process.mjs';
import { addUp, FAILED_ONCE, formatTotal } from './outcome.mjs';
import { runPlan } from './run-plan.mjs';
import { createTestPlan, STEP_NAMES } from './test-plan.mjs';

const HELP = `
Usage: npm test [-- --only STEP,… [arguments of the runner]]

Runs ${STEP_NAMES.join(', ')}.
--only runs the steps named (and what they need); what follows goes to vitest or Playwright, whichever is named:
  npm test -- --only vitest -t "half a title"
  npm test -- --only e2e e2e/api.spec.ts
`;

/** @param {string[]} argv @returns {Promise<number>} the exit code */
export async function runTests(argv) {
  if (argv[0] === '--help' || argv[0] === '-h') {
    process.stdout.write(HELP.trimStart());
    return 0;
  }
  const options = parseOptions(argv);
  if (!options) return 2;
  const since = performance.now();
  const steps = createSteps({ stream: process.stdout });
  stopOnSignals();
  try {
    await ensureDependencies({ steps });
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : error}\n`);
    return conclude([FAILED_ONCE]);
  }
  const outcomes = await runPlan(createTestPlan(options), { steps });
  const skips = outcomes.flatMap((outcome) => outcome.skips);
  if (skips.length > 0) process.stdout.write('\nSkipped:\n');
  for (const { name, reason } of skips) process.stdout.write(`  ${name}: ${reason}\n`);
  process.stdout.write(`\n${formatSeconds(performance.now() - since)} in all\n`);
  return conclude(outcomes);
}

/** @param {import('./outcome.mjs').Outcome[]} outcomes */
function conclude(outcomes) {
  const total = addUp(outcomes);
  process.stdout.write(`${formatTotal(total)}\n`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

/** @param {string[]} argv */
function parseOptions([flag, names, ...rest]) {
  if (flag === undefined) return { only: null, runnerArguments: [] };
  const only = names?.split(',') ?? [];
  const unknown = only.filter((name) => !STEP_NAMES.includes(name));
  if (flag === '--only' && only.length > 0 && unknown.length === 0) return { only, runnerArguments: rest };
  process.stderr.write(unknown.length > 0 ? `There is no step ${unknown.join(', ')}.\n${HELP}` : HELP);
  return null;
}
