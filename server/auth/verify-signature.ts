// Whether a wallet signed a text: Ed25519 as RFC 8032 says, strictly. Keys of small order, for which anybody can sign
// anything, and second spellings of one signature are refused, which OpenSSL would let pass.
import { ed25519 } from '@noble/curves/ed25519.js';
import bs58 from 'bs58';

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** Null for what is no wallet's address. */
export function parsePublicKey(text: string): Uint8Array | null {
  const bytes = /^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(text) ? bs58.decode(text) : null;
  return bytes?.length === KEY_BYTES ? bytes : null;
}

/** Base58, as Solana writes signatures, or base64. The two cannot be confused: 64 bytes end in "==" in base64. */
export function parseSignature(text: string): Uint8Array | null {
  if (/^[1-9A-HJ-NP-Za-km-z]{64,88}$/.test(text)) return ofLength(bs58.decode(text));
  if (!/^[A-Za-z0-9+/]{86}==$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? ofLength(bytes) : null;
}

export function isSignedBy({
  publicKey,
  message,
  signature,
}: {
  publicKey: Uint8Array;
  message: string;
  signature: Uint8Array;
}): boolean {
  try {
    return ed25519.verify(signature, new TextEncoder().encode(message), publicKey, { zip215: false });
  } catch {
    return false;
  }
}

function ofLength(bytes: Uint8Array): Uint8Array | null {
  return bytes.length === SIGNATURE_BYTES ? bytes : null;
}
