// Ctrl-C for commands that work for long: the first asks them to end in order, a second ends the process.
export type StopSignal = { readonly signal: AbortSignal; release(): void };

/** What a shell expects of a program that was interrupted. */
export const INTERRUPTED = 130;

export function listenForStop(): StopSignal {
  const abort = new AbortController();
  const onSignal = () => {
    if (abort.signal.aborted) process.exit(INTERRUPTED);
    process.stderr.write('\nstopping; again to stop at once\n');
    abort.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: abort.signal,
    release() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
