// @ts-check
// The server as a child process: started, heard over IPC (its steps, its address, why it cannot start) and stopped.
import { spawn } from 'node:child_process';
import { fromRoot, ROOT } from './root.mjs';
import { signalGroup, toExitCode } from './run-process.mjs';

/**
 * What server/ops/reporter.ts sends.
 * @typedef {{ type: 'step', name: string, ms: number } | { type: 'ready', url: string, feed: string }
 *   | { type: 'failed', message: string }} Report
 */

/** @param {{ mode: 'production' | 'development', steps: import('./steps.mjs').Steps }} options */
export function startServerProcess({ mode, steps }) {
  const child = spawn(process.execPath, serverArguments(mode), {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: mode, NEXT_TELEMETRY_DISABLED: '1', TSX_TSCONFIG_PATH: fromRoot('tsconfig.json') },
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  /** @type {NodeJS.Timeout | undefined} */
  let limit;
  child.on('message', (message) => {
    const report = /** @type {Report} */ (message);
    if (report.type === 'step') steps.done(report.name, report.ms);
    if (report.type === 'ready') steps.line(`Fortytick is at ${report.url}  (${report.feed} feed)`);
    if (report.type === 'failed') process.stderr.write(`${report.message}\n`);
  });
  const kill = () => {
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
  };
  return {
    pid: child.pid,
    kill,
    /** Asks it to stop, once; kills it and its group when it has not after `limitMs`. @param {number} limitMs */
    stop(limitMs) {
      child.kill('SIGTERM');
      limit ??= setTimeout(kill, limitMs);
    },
    /** @type {Promise<number>} */
    exited: new Promise((resolve) => {
      const end = (/** @type {number} */ code) => {
        clearTimeout(limit);
        resolve(code);
      };
      child.on('exit', (code, signal) => end(toExitCode(code, signal)));
      child.on('error', (error) => {
        process.stderr.write(`The server could not be started: ${error.message}\n`);
        end(1);
      });
    }),
  };
}

/** @param {'production' | 'development'} mode */
function serverArguments(mode) {
  if (mode === 'production') return ['--enable-source-maps', fromRoot('dist', 'server.js')];
  return ['--import', import.meta.resolve('tsx'), fromRoot('server', 'main.ts')];
}
