// One run of the PostgreSQL program: spawned, ready or failed with its own last words, stopped. Who starts it again
// after a crash is db/embedded.ts.
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Account } from '@/db/embedded/account';
import type { Binaries } from '@/db/embedded/binaries';
import { EmbeddedError } from '@/db/embedded/embedded-error';

export type ServerProcess = {
  readonly pid: number;
  /** Settles when the process is gone, with the last thing of note that it wrote. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
};

export type LogLine = (line: string) => void;

/** Replaying the log of a long run after a crash takes a while; beyond this something is wrong. */
const START_LIMIT_MS = 120_000;
/** Writes out what is in memory; else what is missing is replayed at the next start. Together below the limit of a stop. */
const CLEAN_STOP_LIMIT_MS = 4_000;
const HARD_STOP_LIMIT_MS = 1_000;
const READY = 'database system is ready to accept connections';

/** Durability is as PostgreSQL ships it, said aloud: an acknowledged commit survives a crash of anything. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  synchronous_commit: 'on',
  max_connections: '40',
  shared_buffers: '128MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  logging_collector: 'off',
} as const;

export type ServerSettings = Partial<Record<keyof typeof SETTINGS, string>>;

export async function startServerProcess({
  account,
  binaries,
  cluster,
  port,
  settings,
  onLine,
}: {
  account: Account;
  binaries: Binaries;
  cluster: string;
  port: number;
  settings: ServerSettings;
  onLine: LogLine;
}): Promise<ServerProcess> {
  const flags = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { file, args, options } = account.command(binaries.postgres, ['-D', cluster, '-p', String(port), ...flags]);
  // In a process group of its own: Ctrl-C in a terminal reaches us, and the store must still write what it holds.
  const child = spawn(file, args, { ...options, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  const lastWords = createLastWords();
  let ready = false;
  const hangUp = () => child.kill('SIGINT');
  process.once('exit', hangUp);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(lastWords.text() || `ended with ${signal ?? code}`));
  }).finally(() => process.removeListener('exit', hangUp));

  await new Promise<void>((resolve, reject) => {
    const limit = setTimeout(() => {
      child.kill('SIGQUIT');
      reject(
        new EmbeddedError(
          `PostgreSQL was not ready in ${START_LIMIT_MS / 1000} s. Its last words: ${lastWords.text()}`,
        ),
      );
    }, START_LIMIT_MS);
    createInterface({ input: child.stderr! }).on('line', (line) => {
      lastWords.hear(line);
      onLine(line);
      if (ready || !line.includes(READY)) return;
      ready = true;
      clearTimeout(limit);
      resolve();
    });
    void ended.then((words) => {
      clearTimeout(limit);
      reject(new EmbeddedError(`PostgreSQL did not start. Its last words: ${words}`));
    });
  });
  return { pid: child.pid!, ended, stop: () => stop(child, ended) };
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  const escalate = [
    setTimeout(() => child.kill('SIGQUIT'), CLEAN_STOP_LIMIT_MS),
    setTimeout(() => child.kill('SIGKILL'), CLEAN_STOP_LIMIT_MS + HARD_STOP_LIMIT_MS),
  ];
  child.kill('SIGINT');
  await ended;
  for (const timer of escalate) clearTimeout(timer);
}

/** The reason of a failure, with its detail; the lines behind it only say that the server shuts down. Else the last line. */
function createLastWords(): { hear(line: string): void; text(): string } {
  let words: string[] = [];
  let fatal = false;
  return {
    hear(line) {
      const [, level = '', said = line] = /\b([A-Z]+): {2}(.*)/.exec(line) ?? [];
      if (level === 'FATAL' || level === 'PANIC') {
        words = [said];
        fatal = true;
      } else if (!fatal) words = [said];
      else if (level === 'DETAIL' || level === 'HINT') words.push(said);
    },
    text: () => words.join(' '),
  };
}
