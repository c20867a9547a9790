// @ts-check
// What every command needs before it can do its own work: dependencies, and for some a build. Shown as steps; silent
// when asked and nothing is to be done.
import { buildApp, isBuildFresh } from './build-app.mjs';
import { areDependenciesFresh, installDependencies } from './dependencies.mjs';
import { withLock } from './lock.mjs';
import { fromRoot } from './root.mjs';

/** @typedef {import('./steps.mjs').Steps} Steps */
/** @typedef {{ steps: Steps, quiet?: boolean }} Options `quiet`: say nothing when there is nothing to do */

const LOCK = fromRoot('.cache', 'setup.lock');

/** @param {Options} options */
export function ensureDependencies(options) {
  return ensure('dependencies', { ...options, isFresh: areDependenciesFresh, make: installDependencies });
}

/** @param {Options} options */
export function ensureBuild(options) {
  return ensure('build', { ...options, isFresh: isBuildFresh, make: buildApp });
}

/** @param {string} name @param {Options & { isFresh: () => Promise<boolean>, make: () => Promise<void> }} options */
async function ensure(name, { steps, quiet = false, isFresh, make }) {
  const since = performance.now();
  if (await isFresh()) {
    if (!quiet) steps.done(name, performance.now() - since, 'up to date');
    return;
  }
  await steps.run(name, () => {
    const onWait = () => steps.line(`  another command is setting up this checkout; waiting for it (${LOCK})`);
    return withLock(LOCK, async () => ((await isFresh()) ? undefined : make()), { onWait });
  });
}
