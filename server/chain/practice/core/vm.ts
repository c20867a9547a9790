// LiteSVM as the practice chain uses it: it executes one transaction on the accounts as they are, and knows nothing of
// blocks, blockhashes or replays. Accounts that a transaction may write are mirrored, since reading them back is slow.
import { Clock as ClockSysvar, FailedTransactionMetadata, LiteSVM, type TransactionMetadata } from 'litesvm';
import bs58 from 'bs58';
import type { Address } from '@/server/chain/chain';
import type { Account, AccountState } from '@/server/chain/practice/core/account';
import type { InnerInstructions } from '@/server/chain/practice/core/block';
import type { DecodedTransaction } from '@/server/chain/practice/core/decode-transaction';
import {
  toTransactionError,
  type TransactionError,
  type VmError,
} from '@/server/chain/practice/core/transaction-error';

export type Execution = {
  readonly error: TransactionError | null;
  readonly logs: readonly string[];
  readonly unitsConsumed: number;
  readonly inner: readonly InnerInstructions[];
  readonly returnData: { readonly programId: string; readonly data: Uint8Array } | null;
};

/** Slots of an epoch on a real cluster, two days of blocks. */
export const SLOTS_PER_EPOCH = 432_000;

export type Vm = ReturnType<typeof createVm>;

export function createVm() {
  // Blockhashes and replays are the chain's business: LiteSVM knows one blockhash, and cannot forget a transaction.
  const svm = new LiteSVM().withBlockhashCheck(false).withTransactionHistory(0n);
  const mirror = new Map<Address, AccountState>();

  function read(address: Address): AccountState {
    const found = svm.getAccount(address as never);
    if (!found.exists) return null;
    const { lamports, programAddress: owner, executable, data } = found;
    return { lamports, owner, executable, data: Uint8Array.from(data) };
  }

  function write(address: Address, account: AccountState): void {
    const { lamports, owner, executable, data } = account ?? EMPTY;
    const space = BigInt(data.length);
    svm.setAccount({ address, lamports, programAddress: owner, executable, data, space } as never);
  }

  return {
    read,
    account: (address: Address): AccountState => {
      const mirrored = mirror.get(address);
      return mirrored === undefined ? read(address) : mirrored;
    },
    lamports(address: Address): bigint {
      const mirrored = mirror.get(address);
      if (mirrored !== undefined) return mirrored?.lamports ?? 0n;
      return svm.getBalance(address as never) ?? 0n;
    },
    set(address: Address, account: AccountState): void {
      write(address, account);
      mirror.set(address, account);
    },
    /** As `set`, for an address whose mirror never followed the change. A program's code is not written by running it. */
    putBack(address: Address, account: AccountState): void {
      if (account?.executable) return;
      if (account || svm.getBalance(address as never) !== null) write(address, account);
    },
    /** Mirrors what an execution may have written. */
    refresh(address: Address): AccountState {
      const account = read(address);
      mirror.set(address, account);
      return account;
    },
    isMirrored: (address: Address): boolean => mirror.has(address),
    /** Every account that was ever written. */
    written: (): ReadonlyMap<Address, AccountState> => mirror,
    rentExempt: (bytes: number): bigint => svm.minimumBalanceForRentExemption(BigInt(bytes)),
    setClock({ slot, timeSeconds }: { slot: number; timeSeconds: number }): void {
      const epoch = BigInt(Math.floor(slot / SLOTS_PER_EPOCH));
      svm.setClock(new ClockSysvar(BigInt(slot), 0n, epoch, epoch + 1n, BigInt(timeSeconds)));
    },
    execute(transaction: DecodedTransaction, { checkSignatures }: { checkSignatures: boolean }): Execution {
      const ready = toVmTransaction(transaction);
      if (checkSignatures) return toExecution(svm.sendTransaction(ready));
      svm.withSigverify(false);
      try {
        return toExecution(svm.sendTransaction(ready));
      } finally {
        svm.withSigverify(true);
      }
    },
    /** Executes on the side: accounts stay as they are. */
    hasGoodSignatures(transaction: DecodedTransaction): boolean {
      const simulated = svm.simulateTransaction(toVmTransaction(transaction));
      return !(simulated instanceof FailedTransactionMetadata) || toExecution(simulated).error !== 'SignatureFailure';
    },
  };
}

const EMPTY: Account = {
  lamports: 0n,
  owner: '11111111111111111111111111111111',
  executable: false,
  data: new Uint8Array(),
};

function toVmTransaction({ messageBytes, signatures, staticKeys }: DecodedTransaction) {
  const bySigner = Object.fromEntries(signatures.map((signature, index) => [staticKeys[index], signature]));
  return { messageBytes, signatures: bySigner } as unknown as Parameters<LiteSVM['sendTransaction']>[0];
}

function toExecution(result: TransactionMetadata | FailedTransactionMetadata): Execution {
  const failed = result instanceof FailedTransactionMetadata;
  const meta = failed ? result.meta() : result;
  const returned = meta.returnData();
  const data = returned.data();
  return {
    error: failed ? toTransactionError(result.err() as unknown as VmError) : null,
    logs: meta.logs(),
    unitsConsumed: Number(meta.computeUnitsConsumed()),
    inner: toInner(meta),
    returnData: data.length === 0 ? null : { programId: bs58.encode(returned.programId()), data },
  };
}

function toInner(meta: TransactionMetadata): InnerInstructions[] {
  return meta
    .innerInstructions()
    .map((calls, index) => ({
      index,
      instructions: calls.map((call) => {
        const instruction = call.instruction();
        return {
          programIdIndex: instruction.programIdIndex(),
          accounts: [...instruction.accounts()],
          data: bs58.encode(instruction.data()),
          stackHeight: call.stackHeight(),
        };
      }),
    }))
    .filter(({ instructions }) => instructions.length > 0);
}
