// @ts-check
// One set-up at a time in one checkout: two commands started together must not install or build over each other. The
// holder keeps the lock file's time fresh, so a lock left by a killed process is recognised without trusting its id.
import { rmSync } from 'node:fs';
import { mkdir, open, rm, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const REFRESH_MS = 1_000;
/** Ten missed refreshes: a machine too busy for that is not setting anything up. */
const ABANDONED_MS = 10_000;
const POLL_MS = 200;

/**
 * @template T @param {string} file @param {() => Promise<T>} work
 * @param {{ onWait?: () => void }} [options] `onWait` is called once when another process holds the lock
 * @returns {Promise<T>}
 */
export async function withLock(file, work, { onWait } = {}) {
  await mkdir(dirname(file), { recursive: true });
  for (let attempt = 0; !(await acquire(file)); attempt++) {
    if (attempt === 0) onWait?.();
    await delay(POLL_MS);
  }
  const timer = setInterval(() => utimes(file, new Date(), new Date()).catch(() => {}), REFRESH_MS).unref();
  // A command that a signal ends does not come to `finally`.
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    process.off('exit', release);
    await rm(file, { force: true });
  }
}

/** @param {string} file */
async function acquire(file) {
  try {
    await (await open(file, 'wx')).close();
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  }
  const held = await stat(file).catch(() => null);
  if (held && Date.now() - held.mtimeMs > ABANDONED_MS) await rm(file, { force: true });
  return false;
}
