// Which processes live, and which of them descend from one: to tell that nothing was left behind.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

type Entry = { readonly pid: number; readonly parent: number };

/** All descendants of a process, not itself. A child whose parent has died no longer counts: list them before. */
export function listDescendants(pid: number): number[] {
  const entries = existsSync('/proc/self/stat') ? readProc() : readPs();
  const found: number[] = [];
  for (let parents = [pid]; parents.length > 0;) {
    parents = entries.filter((entry) => parents.includes(entry.parent)).map((entry) => entry.pid);
    found.push(...parents);
  }
  return found;
}

/** Of these, the ones that still run. A zombie has ended and only waits to be noticed. */
export function listAlive(pids: readonly number[]): number[] {
  return pids.filter((pid) => {
    try {
      process.kill(pid, 0);
    } catch {
      return false;
    }
    return readState(pid) !== 'Z';
  });
}

export function describeProcess(pid: number): string {
  try {
    return `${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`;
  } catch {
    return String(pid);
  }
}

function readProc(): Entry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const parent = readStat(Number(name))?.[1];
      return parent === undefined ? [] : [{ pid: Number(name), parent: Number(parent) }];
    });
}

function readState(pid: number): string | undefined {
  return readStat(pid)?.[0];
}

/** State and parent. The name before them is in brackets and may hold anything. */
function readStat(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

function readPs(): Entry[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    return { pid: pid!, parent: parent! };
  });
}
