// A Solana transaction on the wire is its signatures, then the message they sign. Tells whether what a wallet gave back is
// the message it was given, signed by the player. Knows the envelope only; what the message says is describe-transaction's.
// Pure; called by the wallet session before a signed transaction leaves the browser. The server checks all of it again.

const SIGNATURE_BYTES = 64;
/** More signatures than fit into a packet of 1,232 bytes are no transaction. */
const SIGNATURES_MAX = 19;

export type Envelope = { readonly signatures: readonly Uint8Array[]; readonly message: Uint8Array };

/** Null for bytes that are no transaction. The count is one byte: up to 127 the compact form is the number itself. */
export function parseEnvelope(transaction: Uint8Array): Envelope | null {
  const count = transaction[0];
  if (count === undefined || count === 0 || count > SIGNATURES_MAX) return null;
  const messageStart = 1 + count * SIGNATURE_BYTES;
  if (transaction.length <= messageStart) return null;
  const signatures = Array.from({ length: count }, (_, index) =>
    transaction.subarray(1 + index * SIGNATURE_BYTES, 1 + (index + 1) * SIGNATURE_BYTES),
  );
  return { signatures, message: transaction.subarray(messageStart) };
}

/** `changed`: another message. `unsigned`: the same one, but the first signature, the player's, is missing. */
export function compareSigned(given: Uint8Array, signed: Uint8Array): 'as-given' | 'changed' | 'unsigned' {
  const before = parseEnvelope(given);
  const after = parseEnvelope(signed);
  if (!before || !after || !areEqual(before.message, after.message)) return 'changed';
  return after.signatures[0]!.every((byte) => byte === 0) ? 'unsigned' : 'as-given';
}

/**
 * The transaction with the signature of one of its signers filled in. The signers are the first keys of the message, whose
 * place is after the version byte, if any, the three bytes of its header and the number of keys. Throws where the key is none of them.
 */
export function addSignature(transaction: Uint8Array, publicKey: Uint8Array, signature: Uint8Array): Uint8Array {
  const envelope = parseEnvelope(transaction);
  if (!envelope) throw new RangeError('no transaction');
  const isVersioned = (envelope.message[0]! & 0x80) !== 0;
  const keysStart = (isVersioned ? 1 : 0) + 3 + 1;
  const keyAt = (index: number) => envelope.message.subarray(keysStart + index * 32, keysStart + (index + 1) * 32);
  const index = envelope.signatures.findIndex((_, signer) => areEqual(keyAt(signer), publicKey));
  if (index < 0) throw new RangeError('not a signer of this transaction');
  const signed = Uint8Array.from(transaction);
  signed.set(signature, 1 + index * SIGNATURE_BYTES);
  return signed;
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
