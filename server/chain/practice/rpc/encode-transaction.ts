// A landed transaction as getTransaction tells it, in each of its encodings.
import bs58 from 'bs58';
import { MEMO_PROGRAMS, SYSTEM_PROGRAM } from '@/server/chain/practice/core/account';
import type { InnerInstruction, Landed } from '@/server/chain/practice/core/block';
import { decodeTransaction, type DecodedTransaction } from '@/server/chain/practice/core/decode-transaction';
import { textOf } from '@/server/chain/practice/core/memo-text';
import { invalidParams, unsupportedVersion } from '@/server/chain/practice/rpc/rpc-error';

export function encodeLanded(
  landed: Landed,
  { encoding, maxVersion }: { encoding: string; maxVersion: number | null },
) {
  const decoded = decodeTransaction(landed.raw);
  const { version } = decoded.message;
  if (version !== 'legacy' && (maxVersion === null || maxVersion < version)) throw unsupportedVersion(version);
  return {
    blockTime: landed.timeSeconds,
    meta: encodeMeta(landed, { parsed: encoding === 'jsonParsed' }),
    slot: landed.slot,
    transaction: encodeSigned(landed, { decoded, encoding }),
    ...(maxVersion === null ? {} : { version }),
  };
}

function encodeMeta(landed: Landed, { parsed }: { parsed: boolean }) {
  const { error, keys, loadedWritable, loadedReadonly } = landed;
  const loadedFrom = keys.length - loadedWritable - loadedReadonly;
  const loadedAddresses = {
    writable: keys.slice(loadedFrom, loadedFrom + loadedWritable),
    readonly: keys.slice(loadedFrom + loadedWritable),
  };
  return {
    computeUnitsConsumed: landed.unitsConsumed,
    err: error,
    fee: Number(landed.feeLamports),
    innerInstructions: landed.inner.map(({ index, instructions }) => ({
      index,
      instructions: instructions.map((call) => encodeInstruction(toInstruction(call), { keys, parsed })),
    })),
    ...(parsed ? {} : { loadedAddresses }),
    logMessages: landed.logs,
    postBalances: landed.postLamports.map(Number),
    // Tokens are not followed: no side bet moves any.
    postTokenBalances: [],
    preBalances: landed.preLamports.map(Number),
    preTokenBalances: [],
    rewards: [],
    status: error === null ? { Ok: null } : { Err: error },
  };
}

function encodeSigned(landed: Landed, { decoded, encoding }: { decoded: DecodedTransaction; encoding: string }) {
  switch (encoding) {
    case 'base64':
      return [Buffer.from(landed.raw).toString('base64'), 'base64'];
    case 'base58':
      return [bs58.encode(landed.raw), 'base58'];
    case 'json':
    case 'jsonParsed':
      return {
        message: encodeMessage(landed, { decoded, parsed: encoding === 'jsonParsed' }),
        signatures: decoded.signatures.map((signature) => bs58.encode(signature)),
      };
    default:
      throw invalidParams(
        `Invalid params: unknown variant \`${encoding}\`, expected one of \`json\`, \`jsonParsed\`, \`base58\`, \`base64\`.`,
      );
  }
}

function encodeMessage(landed: Landed, { decoded, parsed }: { decoded: DecodedTransaction; parsed: boolean }) {
  const { message, staticKeys, blockhash } = decoded;
  const lookups =
    message.version === 'legacy'
      ? {}
      : {
          addressTableLookups: message.addressTableLookups.map((lookup) => ({
            accountKey: lookup.accountKey.toBase58(),
            readonlyIndexes: [...lookup.readonlyIndexes],
            writableIndexes: [...lookup.writableIndexes],
          })),
        };
  const instructions = message.compiledInstructions.map(({ programIdIndex, accountKeyIndexes, data }) =>
    encodeInstruction(
      { programIdIndex, accounts: accountKeyIndexes, bytes: data, stackHeight: null },
      { keys: landed.keys, parsed },
    ),
  );
  if (!parsed) {
    const { numRequiredSignatures, numReadonlySignedAccounts, numReadonlyUnsignedAccounts } = message.header;
    const header = { numReadonlySignedAccounts, numReadonlyUnsignedAccounts, numRequiredSignatures };
    return { accountKeys: staticKeys, header, instructions, recentBlockhash: blockhash, ...lookups };
  }
  const accountKeys = landed.keys.map((pubkey, index) => ({
    pubkey,
    signer: message.isAccountSigner(index),
    source: index < staticKeys.length ? 'transaction' : 'lookupTable',
    writable: message.isAccountWritable(index),
  }));
  return { accountKeys, instructions, recentBlockhash: blockhash, ...lookups };
}

type Instruction = {
  readonly programIdIndex: number;
  readonly accounts: readonly number[];
  readonly bytes: Uint8Array;
  readonly stackHeight: number | null;
};

function toInstruction({ programIdIndex, accounts, data, stackHeight }: InnerInstruction): Instruction {
  return { programIdIndex, accounts, bytes: bs58.decode(data), stackHeight };
}

function encodeInstruction(instruction: Instruction, { keys, parsed }: { keys: readonly string[]; parsed: boolean }) {
  const { programIdIndex, accounts, bytes, stackHeight } = instruction;
  if (!parsed) return { accounts, data: bs58.encode(bytes), programIdIndex, stackHeight };
  const programId = keys[programIdIndex] ?? '';
  const named = accounts.map((index) => keys[index] ?? '');
  if (MEMO_PROGRAMS.includes(programId)) return { parsed: textOf(bytes), program: 'spl-memo', programId, stackHeight };
  const transfer = programId === SYSTEM_PROGRAM ? parseSystem(bytes, named) : null;
  if (transfer) return { parsed: transfer, program: 'system', programId, stackHeight };
  return { accounts: named, data: bs58.encode(bytes), programId, stackHeight };
}

const CREATE_ACCOUNT = 0;
const TRANSFER = 2;

/** Transfers and new accounts; other instructions of the system program stay as they are. */
function parseSystem(bytes: Uint8Array, [source, other]: readonly string[]) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = bytes.length >= 4 ? view.getUint32(0, true) : -1;
  if (kind === TRANSFER && bytes.length === 12) {
    const lamports = Number(view.getBigUint64(4, true));
    return { info: { destination: other, lamports, source }, type: 'transfer' };
  }
  if (kind === CREATE_ACCOUNT && bytes.length === 52) {
    const lamports = Number(view.getBigUint64(4, true));
    const space = Number(view.getBigUint64(12, true));
    const owner = bs58.encode(bytes.subarray(20));
    return { info: { lamports, newAccount: other, owner, source, space }, type: 'createAccount' };
  }
  return null;
}
