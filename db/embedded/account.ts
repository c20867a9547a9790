// Who runs the embedded server. PostgreSQL refuses to run as root, so root hands it to the system's `postgres` user,
// made when there is none. That user may be unable to enter the checkout (/root is closed to others): then it gets the
// one capability that lets it pass folders, and keeps being an ordinary user otherwise.
import { spawnSync, type SpawnOptions } from 'node:child_process';
import { chownSync } from 'node:fs';
import { EmbeddedError } from '@/db/embedded/embedded-error';

export type Account = {
  /** The command to spawn, and its options, so that `program` runs as this account. */
  command(program: string, args: readonly string[]): { file: string; args: string[]; options: SpawnOptions };
  /** Gives it a file or an empty folder. */
  own(path: string): void;
};

type Ids = { readonly uid: number; readonly gid: number };

const USER = 'postgres';
/** Docker grants root the second only. */
const CAPABILITIES = ['dac_read_search', 'dac_override'] as const;
const PROBE_LIMIT_MS = 10_000;

/** `program` is one it will have to run, `dataDir` a folder it will have to enter. */
export function resolveAccount({ program, dataDir }: { program: string; dataDir: string }): Account {
  if (process.getuid?.() !== 0) return createAccount({ prefix: [], ids: null });
  const ids = findUser() ?? createUser();
  const candidates: Account[] = [
    createAccount({ prefix: [], ids }),
    ...CAPABILITIES.map((capability) => createAccount({ prefix: setprivPrefix(ids, capability), ids })),
  ];
  const able = candidates.find((account) => canReach(account, { program, dataDir }));
  if (able) return able;
  throw new EmbeddedError(
    `Running as root, PostgreSQL must run as the user "${USER}", who cannot reach ${dataDir} or ${program}. ` +
      'Run Fortytick as an ordinary user, move the checkout and DATA_DIR to folders others may enter, or set DATABASE_URL.',
  );
}

function createAccount({ prefix, ids }: { prefix: readonly string[]; ids: Ids | null }): Account {
  return {
    command(program, args) {
      const [file, ...rest] = [...prefix, program, ...args] as [string, ...string[]];
      // The working directory may be one that this account cannot enter.
      const options: SpawnOptions = { cwd: '/', env: environment() as NodeJS.ProcessEnv };
      return { file, args: rest, options: ids && prefix.length === 0 ? { ...options, ...ids } : options };
    },
    own(path) {
      if (ids) chownSync(path, ids.uid, ids.gid);
    },
  };
}

/** PG* variables meant for other servers must not reach this one. */
function environment(): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && !name.startsWith('LC_'));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

function setprivPrefix({ uid, gid }: Ids, capability: string): string[] {
  const own = ['--reuid', String(uid), '--regid', String(gid), '--clear-groups'];
  return ['setpriv', ...own, '--inh-caps', `+${capability}`, '--ambient-caps', `+${capability}`];
}

function canReach(account: Account, { program, dataDir }: { program: string; dataDir: string }): boolean {
  const runs = account.command(program, ['--version']);
  const enters = account.command('/bin/sh', ['-c', 'cd "$0"', dataDir]);
  return [runs, enters].every(({ file, args, options }) => {
    const result = spawnSync(file, args, { ...options, stdio: 'ignore', timeout: PROBE_LIMIT_MS });
    return result.status === 0;
  });
}

function findUser(): Ids | null {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const result = spawnSync('id', [flag, USER], { encoding: 'utf8' });
    return result.status === 0 ? Number(result.stdout) : null;
  });
  return uid === null || uid === undefined || gid === null || gid === undefined ? null : { uid, gid };
}

function createUser(): Ids {
  spawnSync('groupadd', ['--system', USER], { stdio: 'ignore' });
  const made = spawnSync('useradd', ['--system', '--gid', USER, '--no-create-home', '--shell', '/bin/false', USER], {
    encoding: 'utf8',
  });
  const ids = findUser();
  if (ids) return ids;
  const reason = made.stderr?.trim() || made.error?.message || `useradd ended with ${made.status}`;
  throw new EmbeddedError(
    `Running as root, PostgreSQL needs a user "${USER}", which could not be made (${reason}). ` +
      'Run Fortytick as an ordinary user, or set DATABASE_URL.',
  );
}
