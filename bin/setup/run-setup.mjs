// @ts-check
// Runs set-up work with its steps shown. While it lasts, a signal stops what it started; when it fails, its own words
// are the message and the command ends with exit code 1.
import { createSteps } from './steps.mjs';
import { stopOnSignals, stopProcesses } from './run-process.mjs';

/**
 * @template T @param {NodeJS.WriteStream} stream @param {(steps: import('./steps.mjs').Steps) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function runSetup(stream, work) {
  const steps = createSteps({ stream });
  const removeHandlers = stopOnSignals();
  try {
    return await work(steps);
  } catch (error) {
    await stopProcesses();
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  } finally {
    removeHandlers();
  }
}
