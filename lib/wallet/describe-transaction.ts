// Reads what a Solana transaction does, for a player who is about to sign it: transfers of SOL, memos, and everything else
// as the program it calls, never guessed at. Pure; the practice wallet shows it before it signs. Format: Solana's legacy and
// version-0 messages (header, account keys, blockhash, instructions; lengths in the compact-u16 form).
import bs58 from 'bs58';
import { lamports, type Lamports } from '@/lib/units/lamports';
import { parseEnvelope } from '@/lib/wallet/transaction-bytes';

export type TransactionStep =
  | { readonly kind: 'transfer'; readonly from: string; readonly to: string; readonly lamports: Lamports }
  | { readonly kind: 'memo'; readonly text: string }
  | { readonly kind: 'unknown'; readonly program: string };

export type TransactionContent = {
  readonly feePayer: string;
  readonly blockhash: string;
  readonly steps: readonly TransactionStep[];
};

export const SYSTEM_PROGRAM = '11111111111111111111111111111111';
export const MEMO_PROGRAM = 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr';

/** Null for what cannot be read to its last byte. */
export function describeTransaction(transaction: Uint8Array): TransactionContent | null {
  const envelope = parseEnvelope(transaction);
  if (!envelope) return null;
  try {
    return readMessage(createReader(envelope.message));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const KEY_BYTES = 32;
const VERSION_FLAG = 0x80;

function readMessage(reader: Reader): TransactionContent | null {
  const isVersioned = (reader.peek() & VERSION_FLAG) !== 0;
  if (isVersioned && reader.byte() !== VERSION_FLAG) return null;
  reader.bytes(3);
  const keys = Array.from({ length: reader.count() }, () => bs58.encode(reader.bytes(KEY_BYTES)));
  const blockhash = bs58.encode(reader.bytes(KEY_BYTES));
  const steps = Array.from({ length: reader.count() }, () => readStep(reader, keys));
  // Keys looked up on the chain are not in these bytes, so what they are for cannot be told: not readable.
  if (isVersioned && reader.count() !== 0) return null;
  const feePayer = keys[0];
  return feePayer === undefined || !reader.isAtEnd() ? null : { feePayer, blockhash, steps };
}

function readStep(reader: Reader, keys: readonly string[]): TransactionStep {
  const program = keyAt(keys, reader.byte());
  const accounts = Array.from({ length: reader.count() }, () => keyAt(keys, reader.byte()));
  const data = reader.bytes(reader.count());
  if (program === MEMO_PROGRAM) return { kind: 'memo', text: new TextDecoder().decode(data) };
  return readTransfer(program, accounts, data) ?? { kind: 'unknown', program };
}

/** The system program's instruction 2: four bytes of its number, eight of the amount, both little endian. */
const TRANSFER = 2;
const TRANSFER_BYTES = 12;

function readTransfer(program: string, accounts: readonly string[], data: Uint8Array): TransactionStep | null {
  const [from, to] = accounts;
  if (program !== SYSTEM_PROGRAM || data.length !== TRANSFER_BYTES || !from || !to) return null;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (view.getUint32(0, true) !== TRANSFER) return null;
  return { kind: 'transfer', from, to, lamports: lamports(view.getBigUint64(4, true)) };
}

function keyAt(keys: readonly string[], index: number): string {
  const key = keys[index];
  if (key === undefined) throw new RangeError('no such key');
  return key;
}

type Reader = {
  peek(): number;
  byte(): number;
  bytes(count: number): Uint8Array;
  count(): number;
  isAtEnd(): boolean;
};

/** Reading past the end throws a RangeError. */
function createReader(bytes: Uint8Array): Reader {
  let at = 0;
  const take = (count: number) => {
    if (at + count > bytes.length) throw new RangeError('too short');
    at += count;
    return bytes.subarray(at - count, at);
  };
  const byte = () => take(1)[0]!;
  return {
    peek: () => bytes[at] ?? 0,
    byte,
    bytes: take,
    isAtEnd: () => at === bytes.length,
    /** Compact-u16: seven bits a byte, lowest first, at most three bytes. */
    count() {
      let value = 0;
      for (let shift = 0; shift <= 14; shift += 7) {
        const next = byte();
        value |= (next & 0x7f) << shift;
        if ((next & 0x80) === 0) return value;
      }
      throw new RangeError('too long a number');
    },
  };
}
