// The database's files: made on the first start, in one step, with a random password that stays in DATA_DIR; and put in
// order after a start that was killed.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Account } from '@/db/embedded/account';
import type { Binaries } from '@/db/embedded/binaries';
import { EmbeddedError } from '@/db/embedded/embedded-error';
import { isAlive, readCommandLine } from '@/db/embedded/process-info';

export const DATABASE_USER = 'fortytick';

const PASSWORD_BYTES = 24;
const UNFINISHED = 'postgres.unfinished-';
/** How long a database that outlived its owner gets for a clean stop, then for one that recovers at the next start. */
const ORPHAN_STOPS = [
  { signal: 'SIGINT', limitMs: 15_000 },
  { signal: 'SIGQUIT', limitMs: 5_000 },
  { signal: 'SIGKILL', limitMs: 5_000 },
] as const;
const POLL_MS = 20;

export function clusterFolder(dataDir: string): string {
  return join(dataDir, 'postgres');
}

export function readPassword(dataDir: string): string | null {
  const path = join(dataDir, 'postgres.password');
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
}

/** Makes the cluster when there is none; returns its password. */
export async function ensureCluster({
  dataDir,
  binaries,
  account,
}: {
  dataDir: string;
  binaries: Binaries;
  account: Account;
}): Promise<string> {
  for (const entry of readdirSync(dataDir)) {
    if (entry.startsWith(UNFINISHED)) rmSync(join(dataDir, entry), { recursive: true, force: true });
  }
  const cluster = clusterFolder(dataDir);
  const known = readPassword(dataDir);
  if (existsSync(cluster)) {
    if (known !== null) return known;
    throw new EmbeddedError(
      `${cluster} is there, but ${join(dataDir, 'postgres.password')} is gone: put it back, or move both away to start over.`,
    );
  }
  const password = known ?? writePassword(dataDir);
  const suffix = randomBytes(6).toString('hex');
  const unfinished = join(dataDir, `${UNFINISHED}${suffix}`);
  const passwordFile = join(dataDir, `${UNFINISHED}${suffix}.password`);
  mkdirSync(unfinished, { mode: 0o700 });
  account.own(unfinished);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  account.own(passwordFile);
  try {
    await runInitdb({ account, binaries, folder: unfinished, passwordFile });
    // Only a whole cluster ever has the final name.
    renameSync(unfinished, cluster);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  return password;
}

function writePassword(dataDir: string): string {
  const password = randomBytes(PASSWORD_BYTES).toString('base64url');
  const path = join(dataDir, 'postgres.password');
  writeFileSync(`${path}.new`, `${password}\n`, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
  return password;
}

/** The C locale with UTF-8 exists everywhere and sorts the same everywhere. */
async function runInitdb({
  account,
  binaries,
  folder,
  passwordFile,
}: {
  account: Account;
  binaries: Binaries;
  folder: string;
  passwordFile: string;
}): Promise<void> {
  const { file, args, options } = account.command(binaries.initdb, [
    `--pgdata=${folder}`,
    `--username=${DATABASE_USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
  ]);
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-4_000)));
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string, cause?: unknown) =>
      reject(new EmbeddedError(`PostgreSQL's files could not be made in ${folder}: ${why}`, { cause }));
    child.once('error', (error) => fail(error.message, error));
    child.once('close', (code) => (code === 0 ? resolve() : fail(errors.trim() || `initdb ended with ${code}`)));
  });
}

/**
 * After SIGKILL of its owner the database goes on, and holds the folder: it is stopped when it is really the one of this
 * folder. A pid file whose process is gone, or is another program by now, is only a file.
 */
export async function recoverCluster(cluster: string): Promise<void> {
  const pid = readPostmaster(cluster)?.pid;
  if (pid === undefined) return;
  if (isPostmasterOf(cluster, pid)) {
    for (const { signal, limitMs } of ORPHAN_STOPS) {
      if (await stopProcess(pid, { signal, limitMs })) break;
    }
    if (isAlive(pid)) {
      throw new EmbeddedError(
        `The database of an earlier run, process ${pid}, does not stop: end it, then start again.`,
      );
    }
  }
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

/** The running server's process and port, from the file it keeps; null when there is none. */
export function readPostmaster(cluster: string): { pid: number; port: number | null; ready: boolean } | null {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Math.abs(Number(lines[0]));
  if (!Number.isInteger(pid) || pid === 0) return { pid: -1, port: null, ready: false };
  return { pid, port: Number(lines[3]) || null, ready: lines[7]?.trim() === 'ready' };
}

export function isPostmasterOf(cluster: string, pid: number): boolean {
  return pid > 0 && isAlive(pid) && `${readCommandLine(pid)} `.includes(` -D ${cluster} `);
}

/** Polls, since the process is no child of ours. */
async function stopProcess(
  pid: number,
  { signal, limitMs }: { signal: NodeJS.Signals; limitMs: number },
): Promise<boolean> {
  try {
    process.kill(pid, signal);
  } catch {
    return true;
  }
  for (let waitedMs = 0; isAlive(pid) && waitedMs < limitMs; waitedMs += POLL_MS) await wait(POLL_MS);
  return !isAlive(pid);
}
