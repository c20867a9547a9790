// Names that nobody can guess: of nonces, sign-ins, keys and accounts. What comes from outside is held to their form before
// the record is asked, which cannot take every text.
import bs58 from 'bs58';

const ID_BYTES = 16;
/** Base58 of 16 bytes; leading zeros make it longer or shorter by little. */
export const ID_PATTERN = /^[1-9A-HJ-NP-Za-km-z]{16,24}$/;

export function createRandomId(randomBytes: (count: number) => Uint8Array): () => string {
  return () => bs58.encode(randomBytes(ID_BYTES));
}
