// Reads a signed transaction as it comes from a browser: base64 of the legacy wire form, and nothing after it. Pure. What
// it cannot read it refuses in words; what it reads is not trusted yet.
import { Message } from '@solana/web3.js';
import { err, ok, type Result } from '@/lib/units/result';
import { SIGNATURE_BYTES, TRANSACTION_BYTES_MAX } from '@/server/bets/venues/practice/transfer-message';

export type ParsedTransaction = {
  readonly bytes: Uint8Array;
  readonly signatures: readonly Uint8Array[];
  readonly message: Uint8Array;
};

/** More signatures than a packet can hold besides a message. */
const SIGNATURES_MAX = 12;
const VERSIONED = 0x80;

export function parseTransaction(base64: string): Result<ParsedTransaction, string> {
  const bytes = readBase64(base64.trim());
  if (!bytes || bytes.length === 0) return err('It is no base64.');
  if (bytes.length > TRANSACTION_BYTES_MAX) {
    return err(`It has ${bytes.length} bytes, and a transaction has at most ${TRANSACTION_BYTES_MAX}.`);
  }
  const count = bytes[0]!;
  if (count === 0 || count > SIGNATURES_MAX) return err('It does not begin with a number of signatures.');
  const messageAt = 1 + count * SIGNATURE_BYTES;
  const message = bytes.subarray(messageAt);
  if (message.length === 0) return err('It ends within its signatures.');
  if (message[0]! & VERSIONED) return err('It is a versioned transaction, and the one you were given is not.');
  const signatures = Array.from({ length: count }, (_, i) =>
    bytes.subarray(1 + i * SIGNATURE_BYTES, 1 + (i + 1) * SIGNATURE_BYTES),
  );
  return ok({ bytes, signatures, message });
}

/** Null for text that is not base64, or not the one way to write its bytes. */
function readBase64(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? new Uint8Array(bytes) : null;
}

/** Null for bytes that are no message. */
export function readMessage(bytes: Uint8Array): Message | null {
  try {
    const message = Message.from(bytes);
    const inRange = message.instructions.every(
      ({ programIdIndex, accounts }) =>
        programIdIndex < message.accountKeys.length && accounts.every((index) => index < message.accountKeys.length),
    );
    return inRange && message.accountKeys.length > 0 ? message : null;
  } catch {
    return null;
  }
}
