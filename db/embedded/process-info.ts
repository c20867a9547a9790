// What the operating system knows about a process id: alive, its command line, and a mark that tells it from a later
// process that got the same id.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** False for a zombie: it holds nothing any more. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return !readState(pid)?.startsWith('Z');
}

export function readCommandLine(pid: number): string | null {
  if (process.platform === 'linux') return readProc(`${pid}/cmdline`)?.replaceAll('\0', ' ') ?? null;
  return askPs(pid, 'command=');
}

/** When the process started, in whatever form the system tells; null when it does not. */
export function readStartMark(pid: number): string | null {
  if (process.platform !== 'linux') return askPs(pid, 'lstart=');
  const started = statFields(pid)?.[19];
  // Counted from the boot, so that the boot belongs to it.
  return started === undefined ? null : `${readProc('sys/kernel/random/boot_id')?.trim()} ${started}`;
}

function readState(pid: number): string | null {
  return process.platform === 'linux' ? (statFields(pid)?.[0] ?? null) : askPs(pid, 'stat=');
}

/** The fields after the command's name, which may itself hold spaces and brackets: [0] is the state, [19] the start. */
function statFields(pid: number): string[] | null {
  const stat = readProc(`${pid}/stat`);
  return stat === null ? null : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function readProc(path: string): string | null {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return null;
  }
}

function askPs(pid: number, field: string): string | null {
  const result = spawnSync('ps', ['-o', field, '-p', String(pid)], { encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() || null : null;
}
