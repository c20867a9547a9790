// @ts-check
// Runs the tools of the set-up and of the tests. Each gets a process group of its own and is known by its id, so that
// an interrupted command stops exactly what it started, and nothing else.
import { spawn } from 'node:child_process';
import { onNpmGone } from './watch-npm.mjs';

/** Output kept of one process; what is beyond it is cut from the middle and said so. */
const OUTPUT_CHARS_MAX = 2_000_000;
const KILL_AFTER_MS = 5_000;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** @typedef {{ code: number, output: string }} Finished `code` is 128 + n after signal n, as in a shell. */

/**
 * @param {string} command @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, timeoutMs?: number, shell?: boolean }} [options]
 * @returns {Promise<Finished>}
 */
export function runProcess(command, args, { cwd, env = process.env, timeoutMs, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: /** @type {NodeJS.ProcessEnv} */ (env),
      shell,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = createBoundedText(OUTPUT_CHARS_MAX);
    running.add(child);
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => giveUp(), timeoutMs);
    const giveUp = () => {
      output.add(`\nStopped: it had not finished after ${Math.round((timeoutMs ?? 0) / 1000)} s.\n`);
      void stopGroup(child);
    };
    child.stdout.setEncoding('utf8').on('data', output.add);
    child.stderr.setEncoding('utf8').on('data', output.add);
    child.on('error', (error) => {
      running.delete(child);
      clearTimeout(timer);
      resolve({ code: 127, output: `${command}: ${error.message}\n` });
    });
    child.on('close', (code, signal) => {
      running.delete(child);
      clearTimeout(timer);
      resolve({ code: toExitCode(code, signal), output: output.text() });
    });
  });
}

/** Runs it and throws with all it said when it fails. @param {Parameters<typeof runProcess>} call */
export async function mustRun(...call) {
  const [command, args] = call;
  const { code, output } = await runProcess(...call);
  if (code !== 0)
    throw new Error(`${[command, ...args].join(' ')} failed with exit code ${code}:\n${output.trimEnd()}`);
  return output;
}

/** Stops everything started here that still runs, and waits until it is gone. */
export async function stopProcesses() {
  await Promise.all([...running].map(stopGroup));
}

/**
 * On SIGINT, SIGTERM or SIGHUP, or when npm has gone: stops what was started, then ends with the signal's exit code.
 * @returns {() => void} takes the handlers away again
 */
export function stopOnSignals() {
  let stopping = false;
  /** @param {NodeJS.Signals} signal */
  const stop = (signal) => {
    if (stopping) return;
    stopping = true;
    void stopProcesses().then(() => process.exit(toExitCode(null, signal)));
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, stop);
  const unwatch = onNpmGone(() => stop('SIGTERM'));
  return () => {
    for (const signal of signals) process.off(signal, stop);
    unwatch();
  };
}

/** @param {number | null} code @param {NodeJS.Signals | null} signal */
export function toExitCode(code, signal) {
  if (code !== null) return code;
  return 128 + ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[/** @type {string} */ (signal)] ?? 0);
}

/** Signals a process and all of its group. @param {number} pid @param {NodeJS.Signals} signal */
export function signalGroup(pid, signal) {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/** @param {import('node:child_process').ChildProcess} child */
async function stopGroup(child) {
  const { pid } = child;
  if (pid === undefined) return;
  const closed = new Promise((resolve) => child.once('close', resolve));
  signalGroup(pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), KILL_AFTER_MS);
  if (running.has(child)) await closed;
  clearTimeout(timer);
}

/** Keeps the beginning and the end of a long text. @param {number} charsMax */
function createBoundedText(charsMax) {
  let head = '';
  let tail = '';
  let dropped = 0;
  return {
    /** @param {string} piece */
    add(piece) {
      const room = charsMax / 2 - head.length;
      head += piece.slice(0, Math.max(0, room));
      tail += piece.slice(Math.max(0, room));
      if (tail.length > charsMax) {
        dropped += tail.length - charsMax / 2;
        tail = tail.slice(-charsMax / 2);
      }
    },
    text: () => (dropped > 0 ? `${head}\n… ${dropped} characters left out …\n${tail}` : head + tail),
  };
}
