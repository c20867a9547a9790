// The Solana cluster as Fortytick uses it: the practice chain of this process, or a real one by its RPC address. One
// interface, so that bets do not know which. Every method may fail with a ChainError; none retries by itself.
import type { Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

export type Commitment = 'processed' | 'confirmed' | 'finalized';

/** Base58, as Solana writes them. */
export type Address = string;
export type Signature = string;

export type Blockhash = {
  readonly blockhash: string;
  /** A transaction with this blockhash can land up to this block height, and never after it. */
  readonly lastValidBlockHeight: number;
};

export type SignatureStatus = {
  readonly slot: number;
  readonly commitment: Commitment;
  /** What the chain said of a transaction that landed and failed; it paid its fee and moved nothing else. */
  readonly error: string | null;
};

/** A transaction that touched an address, newest first. */
export type AddressSignature = {
  readonly signature: Signature;
  readonly slot: number;
  readonly commitment: Commitment;
  readonly failed: boolean;
  /** Texts of its memo instructions, as they were signed. */
  readonly memos: readonly string[];
};

/** What a landed transaction moved. */
export type LandedTransaction = {
  readonly signature: Signature;
  readonly slot: number;
  readonly failed: boolean;
  readonly feeLamports: Lamports;
  readonly feePayer: Address;
  /** Balance after minus before, of every account of the transaction, fee included. */
  readonly changes: ReadonlyMap<Address, Lamports>;
  readonly memos: readonly string[];
  readonly blockTime: EpochMs | null;
};

export type Simulation =
  | { readonly ok: true; readonly feeLamports: Lamports; readonly unitsConsumed: number }
  | { readonly ok: false; readonly error: string; readonly logs: readonly string[] };

export type Chain = {
  readonly cluster: 'practice' | 'devnet' | 'testnet' | 'mainnet-beta' | 'unknown';
  /** Of the newest block, at `confirmed`. */
  latestBlockhash(): Promise<Blockhash>;
  blockHeight(commitment: Commitment): Promise<number>;
  /** The newest final block: nothing up to it changes any more. */
  finalized(): Promise<{ readonly slot: number; readonly blockHeight: number }>;
  slot(commitment: Commitment): Promise<number>;
  /** Relays signed bytes, with preflight. Sending the same bytes again is harmless. */
  send(transaction: Uint8Array): Promise<Signature>;
  /**
   * In the order asked, null for what the cluster does not know; at most 256. Looks into the whole history. Fails when the
   * node that answers has not come as far as `minSlot`: behind one address there may be several, and its null proves nothing.
   */
  statuses(
    signatures: readonly Signature[],
    options?: { readonly minSlot: number },
  ): Promise<readonly (SignatureStatus | null)[]>;
  /** Transactions of an address that are at least confirmed, newest first, back to `until` (exclusive); at most 1,000. */
  signaturesOf(
    address: Address,
    options: { readonly until: Signature | null; readonly before: Signature | null },
  ): Promise<readonly AddressSignature[]>;
  /** Null while it is not confirmed. */
  transaction(signature: Signature): Promise<LandedTransaction | null>;
  /** Without signatures: what would happen if it were signed and sent now. */
  simulate(transaction: Uint8Array): Promise<Simulation>;
  balance(address: Address, commitment: Commitment): Promise<Lamports>;
  /** Least balance an account must keep, or have nothing at all. */
  rentExemptLamports(): Promise<Lamports>;
  /** Practice chain and test clusters only. */
  airdrop(address: Address, lamports: Lamports): Promise<Signature>;
  /** Calls back at every new slot until stopped; a lost connection is resumed without a word. */
  onSlot(listener: (slot: number) => void): () => void;
};

/**
 * `unavailable`: nobody answered, or not in time: what was sent may have landed. `rate-limited`: refused before anything
 * was done. `rejected`: preflight says it would fail, nothing was sent. `expired`: its blockhash is not known any more.
 */
export type ChainErrorCode = 'unavailable' | 'rate-limited' | 'rejected' | 'expired';

export class ChainError extends Error {
  readonly code: ChainErrorCode;
  /** What the cluster said: "insufficient lamports 5, need 10". */
  readonly logs: readonly string[];

  constructor(
    code: ChainErrorCode,
    message: string,
    { logs = [], cause }: { logs?: readonly string[]; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.name = 'ChainError';
    this.code = code;
    this.logs = logs;
  }
}
