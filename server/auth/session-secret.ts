// The secret that sign-in tokens are signed with: the setting SESSION_SECRET, which nodes that share a record must share
// too, or one made at the first start and kept beside the data.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SECRET_BYTES = 32;
export const SECRET_CHARS_MIN = 32;

export function openSessionSecret({
  DATA_DIR,
  SESSION_SECRET,
}: {
  DATA_DIR: string;
  SESSION_SECRET?: string | undefined;
}): Uint8Array {
  if (SESSION_SECRET !== undefined) return new TextEncoder().encode(SESSION_SECRET);
  const folder = join(DATA_DIR, 'auth');
  const file = join(folder, 'session-secret');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, `${randomBytes(SECRET_BYTES).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const secret = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  if (secret.length === SECRET_BYTES) return secret;
  throw new Error(`${file} does not hold ${SECRET_BYTES} bytes. Delete it: everybody then signs in again.`);
}
