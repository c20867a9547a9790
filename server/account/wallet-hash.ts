// A wallet's address under a keyed hash: what is kept of a deleted account says nothing about whose it was to anyone without
// the key. The key lies beside the data and is made once; without it a pause would be lost with the account.
import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type WalletHash = (publicKey: string) => Uint8Array;

const KEY_BYTES = 32;

export function createWalletHash(key: Uint8Array): WalletHash {
  return (publicKey) => createHmac('sha256', key).update(`fortytick wallet ${publicKey}`).digest();
}

/** Makes the key at the first start. Throws when it cannot be read or written: going on without would lose exclusions. */
export function openWalletHash(dataDir: string): WalletHash {
  const folder = join(dataDir, 'account');
  const file = join(folder, 'wallet-hash.key');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, randomBytes(KEY_BYTES).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  if (key.length !== KEY_BYTES) throw new Error(`${file} does not hold a key of ${KEY_BYTES} bytes`);
  return createWalletHash(key);
}
