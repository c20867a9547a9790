// The key pair of the practice venue: from the setting VENUE_KEY, or made once and kept in the data folder, readable by its
// owner alone. Never logged, and never for real money.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Keypair } from '@solana/web3.js';
import bs58 from 'bs58';
import type { Address } from '@/server/chain/chain';
import { createSigner } from '@/server/bets/venues/practice/ed25519';
import { StartError } from '@/server/ops/start-error';

export type VenueKey = { readonly address: Address; sign(message: Uint8Array): Uint8Array<ArrayBuffer> };

const OWNER_ONLY = 0o600;

export function toVenueKey(keypair: Keypair): VenueKey {
  const signer = createSigner(keypair.secretKey.subarray(0, 32));
  return { address: keypair.publicKey.toBase58(), sign: signer.sign };
}

/** Throws StartError for a key that cannot be used. `secret` is base58 or a JSON array of 64 bytes, as wallets export. */
export function readVenueKey(secret: string): VenueKey {
  const bytes = parseSecret(secret);
  if (!bytes) throw new StartError('VENUE_KEY is not a secret key: 64 bytes as base58 or as a JSON array.');
  return toVenueKey(bytes);
}

/** Makes the file where there is none. Throws StartError for one that holds no key: money may depend on it. */
export function loadVenueKey(file: string): VenueKey {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return createKeyFile(file);
  }
  const keypair = parseSecret(text);
  if (!keypair)
    throw new StartError(`${file} holds no key of a venue. Put the file back, or move it away to begin anew.`);
  chmodSync(file, OWNER_ONLY);
  return toVenueKey(keypair);
}

function createKeyFile(file: string): VenueKey {
  const keypair = Keypair.generate();
  mkdirSync(dirname(file), { recursive: true });
  // Fails when another process was faster: then that one's counts.
  writeFileSync(file, JSON.stringify([...keypair.secretKey]), { mode: OWNER_ONLY, flag: 'wx' });
  return toVenueKey(keypair);
}

function parseSecret(text: string): Keypair | null {
  try {
    const trimmed = text.trim();
    const bytes = trimmed.startsWith('[') ? Uint8Array.from(JSON.parse(trimmed)) : bs58.decode(trimmed);
    return bytes.length === 64 ? Keypair.fromSecretKey(bytes) : null;
  } catch {
    return null;
  }
}
