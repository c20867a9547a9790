// The fee of a transaction: 5,000 lamports for each signature, and what its compute budget instructions offer on top.
import type { DecodedTransaction } from '@/server/chain/practice/core/decode-transaction';

export const LAMPORTS_PER_SIGNATURE = 5_000n;

const COMPUTE_BUDGET = 'ComputeBudget111111111111111111111111111111';
/** Programs that check signatures of their own; the first byte of their data is how many. */
const PRECOMPILES: readonly string[] = [
  'Ed25519SigVerify111111111111111111111111111',
  'KeccakSecp256k11111111111111111111111111111',
  'Secp256r1SigVerify1111111111111111111111111',
];
const BUILTINS: readonly string[] = [
  ...PRECOMPILES,
  COMPUTE_BUDGET,
  '11111111111111111111111111111111',
  'Vote111111111111111111111111111111111111111',
  'BPFLoader1111111111111111111111111111111111',
  'BPFLoader2111111111111111111111111111111111',
  'BPFLoaderUpgradeab1e11111111111111111111111',
  'LoaderV411111111111111111111111111111111111',
];
const BUILTIN_UNITS = 3_000n;
const PROGRAM_UNITS = 200_000n;
const UNITS_MAX = 1_400_000n;
const MICRO = 1_000_000n;

const SET_UNIT_LIMIT = 2;
const SET_UNIT_PRICE = 3;

/**
 * signatures × 5,000 + ⌈price × limit ÷ 10⁶⌉, price in micro-lamports per compute unit; without a limit, 200,000 units
 * are taken for each instruction of a program and 3,000 for each of a built-in one.
 */
export function computeFeeLamports({
  message,
  staticKeys,
}: Pick<DecodedTransaction, 'message' | 'staticKeys'>): bigint {
  let signatures = BigInt(message.header.numRequiredSignatures);
  let limit: bigint | null = null;
  let price = 0n;
  let units = 0n;
  for (const { programIdIndex, data } of message.compiledInstructions) {
    const program = staticKeys[programIdIndex] ?? '';
    if (PRECOMPILES.includes(program)) signatures += BigInt(data[0] ?? 0);
    units += BUILTINS.includes(program) ? BUILTIN_UNITS : PROGRAM_UNITS;
    if (program !== COMPUTE_BUDGET) continue;
    if (data[0] === SET_UNIT_LIMIT) limit = readLittleEndian(data.subarray(1, 5));
    if (data[0] === SET_UNIT_PRICE) price = readLittleEndian(data.subarray(1, 9));
  }
  const bought = limit ?? units;
  const priority = (price * (bought > UNITS_MAX ? UNITS_MAX : bought) + MICRO - 1n) / MICRO;
  return signatures * LAMPORTS_PER_SIGNATURE + priority;
}

function readLittleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}
