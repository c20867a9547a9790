// The built server as a child process, with a data folder and a port of its own, heard over IPC as bin/start.mjs does.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SETTINGS } from '@/server/config';
import type { ReportMessage } from '@/server/ops/reporter';

export type Settings = Partial<Record<keyof typeof SETTINGS, string>>;
export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

export type ServerProcess = {
  readonly url: string;
  readonly pid: number;
  readonly exited: Promise<Exit>;
  /** Everything it said on its outputs so far, the beginning cut when it is long. */
  output(): string;
  /** SIGTERM, then waits; a server that does not end is killed and the wait fails. */
  stop(): Promise<Exit>;
  /** SIGKILL: no chance to tidy up. */
  kill(): Promise<Exit>;
};

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SERVER = join(ROOT, 'dist', 'server.js');
const STOP_LIMIT_MS = 15_000;
const OUTPUT_CHARS_MAX = 20_000;

/** A start that ended before it was ready; the message is what the server told its launcher. */
export class StartFailed extends Error {
  constructor(
    message: string,
    readonly exit: Exit,
  ) {
    super(message);
  }
}

/** Starts `dist/server.js` and resolves when it serves pages. Settings not given keep their defaults, save the ports. */
export async function startServer(settings: Settings): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--enable-source-maps', SERVER], {
    cwd: ROOT,
    env: { ...cleanEnvironment(), NODE_ENV: 'production', PORT: '0', LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const exited = once(child, 'close').then(([code, signal]) => ({ code, signal }) as Exit);
  let output = '';
  const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-OUTPUT_CHARS_MAX));
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const url = await awaitReady(child, exited, () => output);
  return {
    url,
    pid: child.pid!,
    exited,
    output: () => output,
    stop: () => stop(child, exited),
    async kill() {
      child.kill('SIGKILL');
      return exited;
    },
  };
}

/** This process's environment without any setting of Fortytick: what a test does not set is the default. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !(name in SETTINGS) && name !== 'NODE_ENV');
  return Object.fromEntries(entries) as NodeJS.ProcessEnv;
}

export async function createDataDir(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'fortytick-e2e-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

function awaitReady(child: ChildProcess, exited: Promise<Exit>, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    let failure: string | null = null;
    child.on('message', (message: ReportMessage) => {
      if (message.type === 'ready') resolve(message.url);
      if (message.type === 'failed') failure = message.message;
    });
    child.on('error', reject);
    void exited.then((exit) => reject(new StartFailed(failure ?? `The server ended:\n${output()}`, exit)));
  });
}

async function stop(child: ChildProcess, exited: Promise<Exit>): Promise<Exit> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The server did not stop within ${STOP_LIMIT_MS} ms.`));
    }, STOP_LIMIT_MS);
  });
  child.kill('SIGTERM');
  try {
    return await Promise.race([exited, late]);
  } finally {
    clearTimeout(timer);
  }
}
