// Tells whoever started the process how the start goes: the launcher over IPC, else a person on standard output.

export type Reporter = {
  /** Runs one step and reports how long it took. */
  step<T>(name: string, run: () => T | Promise<T>): Promise<T>;
  ready(where: { url: string; feed: string }): void;
  failed(error: unknown): void;
};

/** Messages to the launcher; bin/start.mjs understands exactly these. */
export type ReportMessage =
  | { readonly type: 'step'; readonly name: string; readonly ms: number }
  | { readonly type: 'ready'; readonly url: string; readonly feed: string }
  | { readonly type: 'failed'; readonly message: string };

export function createReporter(): Reporter {
  const tell = (message: ReportMessage) => {
    if (process.send) process.send(message);
    else (message.type === 'failed' ? process.stderr : process.stdout).write(`${toLine(message)}\n`);
  };
  return {
    async step(name, run) {
      const start = performance.now();
      const result = await run();
      tell({ type: 'step', name, ms: Math.round(performance.now() - start) });
      return result;
    },
    ready: ({ url, feed }) => tell({ type: 'ready', url, feed }),
    failed: (error) => tell({ type: 'failed', message: describeError(error) }),
  };
}

function describeError(error: unknown): string {
  if (typeof error === 'string') return error;
  if (error instanceof Error) return error.name === 'StartError' ? error.message : (error.stack ?? error.message);
  return String(error);
}

function toLine(message: ReportMessage): string {
  switch (message.type) {
    case 'step':
      return `✓ ${message.name.padEnd(14)} ${(message.ms / 1000).toFixed(1)} s`;
    case 'ready':
      return `Fortytick is at ${message.url}  (${message.feed} feed)`;
    case 'failed':
      return message.message;
  }
}
