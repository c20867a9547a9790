// Stops the parts in the reverse order of their start, each within a bound, and then the process. A second signal while
// stopping does not start over.
import type { Log } from '@/server/ops/log';

export type Shutdown = {
  add(name: string, stop: () => Promise<void>): void;
  run(how: { log: Log; reason: string; exitCode?: number }): Promise<void>;
};

/** A part that does not stop in this time is left to the process's end. */
const PART_LIMIT_MS = 8_000;

export function createShutdown(): Shutdown {
  const parts: { name: string; stop: () => Promise<void> }[] = [];
  let running: Promise<void> | null = null;
  return {
    add(name, stop) {
      parts.push({ name, stop });
    },
    run({ log, reason, exitCode = 0 }) {
      running ??= (async () => {
        log.info({ reason }, 'stopping');
        for (const part of parts.toReversed()) await stopWithin(part, log);
        process.exit(exitCode);
      })();
      return running;
    },
  };
}

async function stopWithin(part: { name: string; stop: () => Promise<void> }, log: Log): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      log.error({ part: part.name }, 'did not stop in time');
      resolve();
    }, PART_LIMIT_MS);
  });
  const stopped = part
    .stop()
    .catch((error: unknown) => log.error({ part: part.name, error: String(error) }, 'stop failed'));
  await Promise.race([stopped, limit]);
  clearTimeout(timer);
}

/** Ctrl-C, a service manager's TERM, or the launcher that started us being gone. */
export function onStopSignal(stop: (reason: string) => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
  if (process.send) process.on('disconnect', () => stop('launcher gone'));
}
