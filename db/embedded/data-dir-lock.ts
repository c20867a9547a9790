// One process at a time uses a DATA_DIR: two would stop each other's database and read each other's spool. The lock is a
// file that names its holder; the file of a holder that is gone is taken over.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EmbeddedError } from '@/db/embedded/embedded-error';
import { isAlive, readStartMark } from '@/db/embedded/process-info';

/** Held; whoever starts something in the folder asks for it. */
export type DataDirLock = { readonly dataDir: string; release(): void };

export class DataDirInUseError extends EmbeddedError {
  constructor(
    readonly dataDir: string,
    readonly holderPid: number,
  ) {
    super(`DATA_DIR ${dataDir} is in use by process ${holderPid}: stop it, or set DATA_DIR to another folder.`);
  }
}

type Holder = { readonly pid: number; readonly startMark: string | null };

const TAKEOVERS_MAX = 5;
/** What file systems without hard links answer; creating the file directly then has to do. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Makes the folder when there is none. Throws DataDirInUseError while another process holds it. */
export function acquireDataDirLock(folder: string): DataDirLock {
  const dataDir = resolve(folder);
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'lock');
  const mine = JSON.stringify({ pid: process.pid, startMark: readStartMark(process.pid) } satisfies Holder);
  const own = `${path}.${process.pid}`;
  try {
    for (let attempt = 0; attempt < TAKEOVERS_MAX; attempt++) {
      if (createWhole(path, { via: own, content: mine })) return { dataDir, release: () => release(path, mine) };
      const content = readText(path);
      if (content === null) continue;
      const holder = parseHolder(content);
      if (holder && isHeld(holder)) throw new DataDirInUseError(dataDir, holder.pid);
      moveAside(path, { to: `${own}.stale`, expected: content });
    }
  } finally {
    rmSync(own, { force: true });
  }
  throw new EmbeddedError(`DATA_DIR ${dataDir} cannot be locked: other processes keep taking it.`);
}

/** Creates the file with its content in one step, so that nobody reads half of it; false when there is one. */
function createWhole(path: string, { via, content }: { via: string; content: string }): boolean {
  writeFileSync(via, content);
  try {
    linkSync(via, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (!NO_LINKS.has(code ?? '')) throw error;
  }
  try {
    writeFileSync(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isHeld(holder: Holder): boolean {
  if (!isAlive(holder.pid)) return false;
  const mark = readStartMark(holder.pid);
  return holder.startMark === null || mark === null || holder.startMark === mark;
}

/** Of several that find the same stale lock one moves it; whoever moved a newer one by that puts it back. */
function moveAside(path: string, { to, expected }: { to: string; expected: string }): void {
  try {
    renameSync(path, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readText(to) !== expected) createWhole(path, { via: to, content: readText(to) ?? '' });
  rmSync(to, { force: true });
}

function release(path: string, mine: string): void {
  if (readText(path) === mine) rmSync(path, { force: true });
}

function parseHolder(content: string): Holder | null {
  try {
    const { pid, startMark } = JSON.parse(content) as Partial<Holder>;
    return typeof pid === 'number' && Number.isInteger(pid) && pid > 0 ? { pid, startMark: startMark ?? null } : null;
  } catch {
    return null;
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
