// The blocks of the practice chain, and the transactions in them.
import type { Address, Signature } from '@/server/chain/chain';
import type { AccountState } from '@/server/chain/practice/core/account';
import type { TransactionError } from '@/server/chain/practice/core/transaction-error';

/** An instruction that a program called while it ran. */
export type InnerInstruction = {
  readonly programIdIndex: number;
  readonly accounts: readonly number[];
  /** Base58. */
  readonly data: string;
  readonly stackHeight: number;
};

export type InnerInstructions = { readonly index: number; readonly instructions: readonly InnerInstruction[] };

/** A transaction that landed, successful or failed. */
export type Landed = {
  readonly signature: Signature;
  readonly raw: Uint8Array;
  readonly slot: number;
  readonly height: number;
  readonly timeSeconds: number;
  readonly error: TransactionError | null;
  readonly feeLamports: bigint;
  readonly unitsConsumed: number;
  readonly logs: readonly string[];
  readonly inner: readonly InnerInstructions[];
  /** Accounts in the order of the message, those of lookup tables last: first written, then read. */
  readonly keys: readonly Address[];
  readonly loadedWritable: number;
  readonly loadedReadonly: number;
  readonly preLamports: readonly bigint[];
  readonly postLamports: readonly bigint[];
  readonly memo: string | null;
};

/** What accounts held before the block; kept until the block is final, to take it back exactly. */
export type Undo = Map<Address, AccountState>;

export type OpenBlock = {
  readonly slot: number;
  readonly height: number;
  readonly parentSlot: number;
  readonly timeSeconds: number;
  readonly transactions: Landed[];
  readonly messageHashes: string[];
  readonly undo: Undo;
};

export type Block = OpenBlock & { readonly blockhash: string };
