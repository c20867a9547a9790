// @ts-check
// Runs the steps of a plan side by side as far as the machine's cores and their order allow, and never stops early.
import { availableParallelism } from 'node:os';
import { FAILED_ONCE, formatTotal, addUp } from './outcome.mjs';

/**
 * `after` names steps that must have ended, `needs` those that must have succeeded as well. `cores` is how many the step
 * keeps busy; `alone` that its timing would suffer from company.
 * @typedef {{ name: string, run: () => Promise<import('./outcome.mjs').Outcome>, after?: string[], needs?: string[],
 *   cores?: number, alone?: boolean }} PlanStep
 */

/**
 * @param {PlanStep[]} plan in order of preference
 * @param {{ steps: import('../setup/steps.mjs').Steps, coreCount?: number }} options
 */
export async function runPlan(plan, { steps, coreCount = availableParallelism() }) {
  const coresAll = Math.max(2, coreCount);
  /** @type {Map<string, import('./outcome.mjs').Outcome>} */
  const ended = new Map();
  /** @type {Map<string, Promise<void>>} */
  const running = new Map();
  let waiting = [...plan];
  let coresFree = coresAll;

  /** @param {PlanStep} step */
  const isReady = (step) => {
    const earlier = [...(step.after ?? []), ...(step.needs ?? [])];
    return earlier.every((name) => ended.has(name) || !plan.some((other) => other.name === name));
  };
  /** @param {PlanStep} step */
  const coresOf = (step) => (step.alone ? coresAll : Math.min(coresAll, step.cores ?? 1));
  /** @param {PlanStep} step */
  const start = (step) => {
    waiting = waiting.filter((other) => other !== step);
    coresFree -= coresOf(step);
    const missing = (step.needs ?? []).filter((name) => (ended.get(name)?.failed ?? 0) > 0);
    const outcome = missing.length > 0 ? notRun(missing) : runStep(step, steps);
    const done = outcome.then((result) => {
      ended.set(step.name, result);
      running.delete(step.name);
      coresFree += coresOf(step);
    });
    running.set(step.name, done);
  };

  while (waiting.length > 0 || running.size > 0) {
    for (let next; (next = waiting.find((step) => isReady(step) && coresOf(step) <= coresFree));) start(next);
    if (running.size === 0) throw new Error(`The plan cannot go on: ${waiting.map(({ name }) => name).join(', ')}`);
    await Promise.race(running.values());
  }
  return plan.map(({ name }) => ended.get(name) ?? FAILED_ONCE);

  /** @param {string[]} missing */
  async function notRun(missing) {
    return { ...FAILED_ONCE, output: `Not run: it needs ${missing.join(' and ')}.` };
  }
}

/** @param {PlanStep} step @param {import('../setup/steps.mjs').Steps} steps */
async function runStep(step, steps) {
  const since = performance.now();
  const shown = steps.begin(step.name);
  /** @type {import('./outcome.mjs').Outcome} */
  const outcome = await step.run().catch((error) => ({ ...FAILED_ONCE, output: error.message ?? String(error) }));
  shown.end();
  const ms = performance.now() - since;
  const total = addUp([outcome]);
  const detail = total.passed + total.failed + total.skipped > 1 ? formatTotal(total) : undefined;
  if (outcome.failed === 0) steps.done(step.name, ms, detail);
  else steps.failed(step.name, ms, detail);
  if (outcome.failed > 0) steps.line(indent(outcome.output ?? ''));
  return outcome;
}

/** @param {string} text */
function indent(text) {
  return text.trimEnd().replaceAll(/^/gm, '  ');
}
