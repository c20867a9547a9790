// @ts-check
// npm start and npm run dev from set-up to exit. The server is a child in a process group of its own, so that a
// terminal's Ctrl-C reaches this launcher alone, which asks the server once to stop and waits; the database under it is
// then stopped by the server, in order, and not by the terminal. Should this launcher vanish, the server notices the
// closed channel and stops by itself.
import { ensureBuild, ensureDependencies } from './prepare.mjs';
import { runSetup } from './run-setup.mjs';
import { startServerProcess } from './server-process.mjs';
import { createSteps } from './steps.mjs';
import { onNpmGone } from './watch-npm.mjs';
import { watchSources } from './watch-sources.mjs';

/** A server that has not stopped by itself in this time is killed. */
const STOP_LIMIT_MS = 10_000;
/** npm passes a terminal's Ctrl-C on although the terminal sent it too: an echo within this time is no second press. */
const ECHO_MS = 1_000;

/** @param {{ mode: 'production' | 'development' }} options */
export async function runServer({ mode }) {
  const steps = createSteps({ stream: process.stdout });
  await runSetup(process.stdout, async () => {
    await ensureDependencies({ steps });
    if (mode === 'production') await ensureBuild({ steps });
  });

  let server = startServerProcess({ mode, steps });
  let stopping = false;
  let restarting = false;
  let askedAt = 0;
  const watcher = mode === 'development' ? watchSources(restart) : null;

  /** @param {string} changed */
  async function restart(changed) {
    if (stopping || restarting) return;
    restarting = true;
    steps.line(`· ${changed} changed; restarting the server …`);
    server.stop(STOP_LIMIT_MS);
    await server.exited;
    restarting = false;
    if (stopping) process.exit(0);
    server = startServerProcess({ mode, steps });
    void endWithServer();
  }

  function stop() {
    const now = performance.now();
    if (!stopping) {
      stopping = true;
      askedAt = now;
      watcher?.close();
      steps.line('Stopping …');
      server.stop(STOP_LIMIT_MS);
    } else if (now - askedAt > ECHO_MS) {
      server.kill();
    }
  }

  async function endWithServer() {
    const code = await server.exited;
    if (restarting) return;
    // A mistake in development is mended by the next edit; only the launcher's own end ends the session.
    if (watcher && !stopping && code !== 0)
      return steps.line('The server stopped; it starts again at the next change.');
    process.exit(code);
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  onNpmGone(stop);
  await endWithServer();
}
