// Where the practice chain begins: its genesis hash, by which a client knows it, and the account its airdrops come from.
import { createHash } from 'node:crypto';
import { Keypair } from '@solana/web3.js';
import bs58 from 'bs58';
import { LAMPORTS_PER_SOL } from '@/lib/units/lamports';

/** base58(SHA-256("fortytick practice chain")). */
export const PRACTICE_GENESIS_HASH = bs58.encode(sha256('fortytick practice chain'));

/** As much SOL as there is on the real cluster, about. */
export const FAUCET_LAMPORTS = 500_000_000n * LAMPORTS_PER_SOL;

/** Known to anyone who reads this: practice SOL has no worth, and whoever reaches the chain may ask for an airdrop. */
export function createFaucet(): Keypair {
  return Keypair.fromSeed(sha256('fortytick practice faucet'));
}

/** A block's hash follows from its parent, its slot and what is in it: an empty block need not be stored to be known. */
export function computeBlockhash({
  parent,
  slot,
  signatures,
}: {
  parent: string;
  slot: number;
  signatures: readonly string[];
}): string {
  return bs58.encode(sha256([parent, slot, ...signatures].join(' ')));
}

function sha256(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}
