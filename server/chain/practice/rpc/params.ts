// Reads the parameters of a request; what is wrong is told as a validator tells it.
import bs58 from 'bs58';
import { z } from 'zod';
import type { Address, Signature } from '@/server/chain/chain';
import { decodeTransaction, type DecodedTransaction } from '@/server/chain/practice/core/decode-transaction';
import { invalidParams } from '@/server/chain/practice/rpc/rpc-error';

export type Params = readonly unknown[];

const TRANSACTION_BYTES_MAX = 1_232;
const BASE64_CHARS_MAX = 1_644;
const BASE58_CHARS_MAX = 1_683;

const Config = z
  .object({
    commitment: z.enum(['processed', 'confirmed', 'finalized']).nullish(),
    minContextSlot: z.number().int().nonnegative().nullish(),
    encoding: z.string().max(20).nullish(),
    dataSlice: z.object({ offset: z.number().int().nonnegative(), length: z.number().int().nonnegative() }).nullish(),
    skipPreflight: z.boolean().nullish(),
    preflightCommitment: z.enum(['processed', 'confirmed', 'finalized']).nullish(),
    maxRetries: z.number().int().nonnegative().nullish(),
    sigVerify: z.boolean().nullish(),
    replaceRecentBlockhash: z.boolean().nullish(),
    innerInstructions: z.boolean().nullish(),
    accounts: z.object({ encoding: z.string().nullish(), addresses: z.array(z.string()) }).nullish(),
    searchTransactionHistory: z.boolean().nullish(),
    enableReceivedNotification: z.boolean().nullish(),
    maxSupportedTransactionVersion: z.number().int().nonnegative().nullish(),
    limit: z.number().int().nullish(),
    before: z.string().nullish(),
    until: z.string().nullish(),
  })
  .loose();
export type Config = z.output<typeof Config>;

export function readConfig(params: Params, index: number): Config {
  const given = params[index] ?? {};
  const parsed = Config.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidParams(`Invalid params: ${issue?.path.join('.') || 'config'}: ${issue?.message}.`);
}

export function readString(params: Params, index: number): string {
  const given = params[index];
  if (given === undefined) throw tooFew(index);
  if (typeof given !== 'string') {
    throw invalidParams(`Invalid params: invalid type: ${describe(given)}, expected a string.`);
  }
  return given;
}

export function readCount(params: Params, index: number): number {
  const given = params[index];
  if (given === undefined) throw tooFew(index);
  if (typeof given !== 'number' || !Number.isSafeInteger(given) || given < 0) {
    throw invalidParams(`Invalid params: invalid type: ${describe(given)}, expected u64.`);
  }
  return given;
}

export function readStrings(
  params: Params,
  { index, max, what }: { index: number; max: number; what: string },
): string[] {
  const given = params[index];
  if (given === undefined) throw tooFew(index);
  if (!Array.isArray(given) || given.some((one) => typeof one !== 'string')) {
    throw invalidParams(`Invalid params: invalid type: ${describe(given)}, expected a sequence of strings.`);
  }
  if (given.length > max) throw invalidParams(`Too many inputs provided; ${what} ${max}`);
  return given as string[];
}

export function toAddress(text: string): Address {
  return checkLength(text, 32);
}

export function toSignature(text: string): Signature {
  return checkLength(text, 64);
}

/** `encoding` when none is given: a validator reads base58. */
export function toTransaction(text: string, encoding: string): DecodedTransaction {
  const raw = toBytes(text, encoding);
  if (raw.length > TRANSACTION_BYTES_MAX) {
    throw invalidParams(`decoded ${TYPE} too large: ${raw.length} bytes (max: ${TRANSACTION_BYTES_MAX} bytes)`);
  }
  try {
    return decodeTransaction(raw);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalidParams(reason.startsWith('invalid transaction') ? reason : `failed to deserialize ${TYPE}: ${reason}`);
  }
}

export function toBytes(text: string, encoding: string): Uint8Array {
  if (encoding !== 'base58' && encoding !== 'base64') {
    throw invalidParams(`unsupported encoding: ${encoding}. Supported encodings: base58, base64`);
  }
  const max = encoding === 'base58' ? BASE58_CHARS_MAX : BASE64_CHARS_MAX;
  if (text.length > max) {
    throw invalidParams(
      `${encoding} encoded ${TYPE} too large: ${text.length} bytes (max: encoded/raw ${max}/${TRANSACTION_BYTES_MAX})`,
    );
  }
  if (encoding === 'base58') {
    const bytes = bs58.decodeUnsafe(text);
    if (!bytes) throw invalidParams('invalid base58 encoding: InvalidCharacter');
    return bytes;
  }
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) {
    throw invalidParams('invalid base64 encoding: InvalidByte');
  }
  return Buffer.from(text, 'base64');
}

const TYPE = 'solana_transaction::versioned::VersionedTransaction';

function checkLength(text: string, bytes: number): string {
  // A text this long cannot be meant, and base58 takes the square of its length.
  const decoded = text.length <= 90 ? bs58.decodeUnsafe(text) : new Uint8Array();
  if (!decoded) throw invalidParams('Invalid param: Invalid');
  if (decoded.length !== bytes) throw invalidParams('Invalid param: WrongSize');
  return text;
}

function tooFew(index: number) {
  return invalidParams(`\`params\` should have at least ${index + 1} argument(s)`);
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'sequence';
  if (typeof value === 'object') return 'map';
  return typeof value === 'string' ? `string ${JSON.stringify(value.slice(0, 40))}` : `${typeof value} \`${value}\``;
}
