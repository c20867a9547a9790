// Bytes as a client signed them, read once: who pays, which accounts it names, which blockhash it lives by. It does not
// check signatures; the virtual machine does when it executes.
import { createHash } from 'node:crypto';
import { VersionedTransaction } from '@solana/web3.js';
import bs58 from 'bs58';
import type { Address, Signature } from '@/server/chain/chain';

export type DecodedTransaction = {
  readonly raw: Uint8Array;
  readonly signature: Signature;
  readonly signatures: readonly Uint8Array[];
  readonly message: VersionedTransaction['message'];
  readonly messageBytes: Uint8Array;
  /** Of the message, so that the same message signed anew is the same transaction. */
  readonly messageHash: string;
  readonly staticKeys: readonly Address[];
  readonly blockhash: string;
};

/** Throws an Error that says what is wrong with the bytes. */
export function decodeTransaction(raw: Uint8Array): DecodedTransaction {
  const { message, signatures } = VersionedTransaction.deserialize(raw);
  const { numRequiredSignatures, numReadonlySignedAccounts, numReadonlyUnsignedAccounts } = message.header;
  const keyCount = message.staticAccountKeys.length;
  if (signatures.length !== numRequiredSignatures || signatures.length === 0) throw new Error(SANITIZE);
  if (numReadonlySignedAccounts >= numRequiredSignatures) throw new Error(SANITIZE);
  if (numRequiredSignatures + numReadonlyUnsignedAccounts > keyCount) throw new Error(SANITIZE);
  const lookups = message.addressTableLookups;
  const loaded = lookups.reduce((sum, one) => sum + one.writableIndexes.length + one.readonlyIndexes.length, 0);
  for (const { programIdIndex, accountKeyIndexes } of message.compiledInstructions) {
    if (programIdIndex === 0 || programIdIndex >= keyCount) throw new Error(SANITIZE);
    if (accountKeyIndexes.some((index) => index >= keyCount + loaded)) throw new Error(SANITIZE);
  }
  return {
    raw,
    signature: bs58.encode(signatures[0]!),
    signatures,
    message,
    messageBytes: messageOf(raw),
    messageHash: hashOfMessage(raw),
    staticKeys: message.staticAccountKeys.map((key) => key.toBase58()),
    blockhash: message.recentBlockhash,
  };
}

const SANITIZE = 'invalid transaction: Transaction failed to sanitize accounts offsets correctly';

export function hashOfMessage(raw: Uint8Array): string {
  return createHash('sha256').update(messageOf(raw)).digest('base64');
}

/** Signatures are counted by a compact number, of one byte since a packet of 1,232 bytes holds no more than 19. */
function messageOf(raw: Uint8Array): Uint8Array {
  return raw.subarray(1 + raw[0]! * 64);
}
