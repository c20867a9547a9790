// The one kind of transaction the practice venue knows: a transfer of SOL and a memo, as a legacy message, fee paid by the
// sender. Pure. The bytes are those that @solana/web3.js compiles, so that a wallet that reads and writes them again ends
// with the same.
import { PublicKey, SystemProgram, Transaction, TransactionInstruction } from '@solana/web3.js';
import type { Address } from '@/server/chain/chain';
import { MEMO_PROGRAM } from '@/server/bets/venues/practice/memo';
import { lamports, type Lamports } from '@/lib/units/lamports';

export type Transfer = {
  readonly from: Address;
  readonly to: Address;
  readonly lamports: Lamports;
  readonly memo: string;
  readonly blockhash: string;
};

export const SIGNATURE_BYTES = 64;
/** What one packet of the network holds. */
export const TRANSACTION_BYTES_MAX = 1_232;

const MEMO_KEY = new PublicKey(MEMO_PROGRAM);

export function buildTransferMessage({ from, to, lamports: amount, memo, blockhash }: Transfer): Uint8Array {
  const sender = new PublicKey(from);
  const transaction = new Transaction({ feePayer: sender, blockhash, lastValidBlockHeight: 0 });
  transaction.add(
    SystemProgram.transfer({ fromPubkey: sender, toPubkey: new PublicKey(to), lamports: amount }),
    new TransactionInstruction({ keys: [], programId: MEMO_KEY, data: Buffer.from(memo, 'utf8') }),
  );
  return new Uint8Array(transaction.serializeMessage());
}

/** The wire form of a message with one signature, which is all zeros until it is signed. */
export function toTransactionBytes(message: Uint8Array, signature = new Uint8Array(SIGNATURE_BYTES)): Uint8Array {
  const bytes = new Uint8Array(1 + SIGNATURE_BYTES + message.length);
  bytes[0] = 1;
  bytes.set(signature, 1);
  bytes.set(message, 1 + SIGNATURE_BYTES);
  return bytes;
}

/** Of a transaction built here: what it transfers. The amount is the only transfer's last 8 bytes, little-endian. */
export function readTransferLamports(bytes: Uint8Array): Lamports {
  const transaction = Transaction.from(bytes);
  const transfer = transaction.instructions.find(({ programId }) => programId.equals(SystemProgram.programId));
  if (!transfer || transfer.data.length !== 12) throw new Error('the transaction holds no transfer');
  return lamports(transfer.data.readBigUInt64LE(4));
}
