// A command of this repository run as a user runs it, its output watched line by line.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cleanEnvironment, ROOT, type Exit, type Settings } from '@/e2e/kit/server-process';

export type Command = {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  output(): string;
  signal(name: NodeJS.Signals): void;
};

/** `node`, or another program, with these arguments, from the root of the repository. */
export function startCommand(
  args: readonly string[],
  settings: Settings & Record<string, string> = {},
  program: string = process.execPath,
): Command {
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...cleanEnvironment(), LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer) => (output += chunk.toString());
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return {
    pid: child.pid!,
    exited: once(child, 'close').then(([code, signal]) => ({ code, signal }) as Exit),
    output: () => output,
    signal: (name) => child.kill(name),
  };
}
