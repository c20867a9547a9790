// Executes transactions into the open block, or on the side for a simulation. Here are the rules that LiteSVM leaves to a
// cluster: blockhashes that live, replays that are refused, and what lands when it fails.
import type { PublicKey } from '@solana/web3.js';
import { AddressLookupTableAccount } from '@solana/web3.js';
import type { Address } from '@/server/chain/chain';
import type { AccountState } from '@/server/chain/practice/core/account';
import type { Landed } from '@/server/chain/practice/core/block';
import type { DecodedTransaction } from '@/server/chain/practice/core/decode-transaction';
import type { Ledger } from '@/server/chain/practice/core/ledger';
import { formatMemos } from '@/server/chain/practice/core/memo-text';
import type { TransactionError } from '@/server/chain/practice/core/transaction-error';
import type { Execution, Vm } from '@/server/chain/practice/core/vm';

/** Accounts the chain holds; a transaction that would write one more is refused. About 1 kB each in memory. */
export const ACCOUNTS_MAX = 200_000;

export type Simulated = Execution & { readonly accounts: readonly AccountState[] };

export type Submitted =
  | { readonly kind: 'landed'; readonly landed: Landed; readonly written: readonly Address[] }
  /** Preflight says that it would fail. */
  | { readonly kind: 'refused'; readonly simulated: Execution }
  | { readonly kind: 'bad-signature' }
  /** Without preflight, a transaction that cannot even pay its fee vanishes without a word. */
  | { readonly kind: 'ignored'; readonly error: TransactionError }
  | { readonly kind: 'full' };

type Loaded = {
  readonly keys: readonly Address[];
  readonly writable: readonly Address[];
  readonly loadedWritable: number;
  readonly loadedReadonly: number;
};

export function createExecutor({ vm, ledger }: { vm: Vm; ledger: Ledger }) {
  /** What a cluster refuses before it executes anything. */
  function findRefusal(transaction: DecodedTransaction, checkBlockhash: boolean): TransactionError | null {
    if (new Set(transaction.staticKeys).size < transaction.staticKeys.length) return 'AccountLoadedTwice';
    // With another blockhash it would be another message: one that landed already can be tried again.
    if (!checkBlockhash) return null;
    if (!ledger.isLive(transaction.blockhash)) return 'BlockhashNotFound';
    return ledger.isReplay(transaction.messageHash) ? 'AlreadyProcessed' : null;
  }

  function load({ message, staticKeys }: DecodedTransaction): Loaded | TransactionError {
    const tables: AddressLookupTableAccount[] = [];
    for (const { accountKey } of message.addressTableLookups) {
      const account = vm.account(accountKey.toBase58());
      if (!account) return 'AddressLookupTableNotFound';
      if (account.owner !== LOOKUP_PROGRAM) return 'InvalidAddressLookupTableOwner';
      tables.push(
        new AddressLookupTableAccount({ key: accountKey, state: AddressLookupTableAccount.deserialize(account.data) }),
      );
    }
    if (tables.length === 0) return { ...listKeys(staticKeys, message), loadedWritable: 0, loadedReadonly: 0 };
    try {
      const keys = message.getAccountKeys({ addressLookupTableAccounts: tables });
      const loaded = keys.accountKeysFromLookups;
      return {
        ...listKeys(keys.keySegments().flat().map(toBase58), message),
        loadedWritable: loaded?.writable.length ?? 0,
        loadedReadonly: loaded?.readonly.length ?? 0,
      };
    } catch {
      return 'InvalidAddressLookupTableIndex';
    }
  }

  /** Puts accounts back as they were; an execution changes only those it may write. */
  function putBack(before: ReadonlyMap<Address, AccountState>): void {
    for (const [address, account] of before) vm.putBack(address, account);
  }

  function readAll(addresses: readonly Address[]): Map<Address, AccountState> {
    return new Map(addresses.map((address) => [address, vm.account(address)]));
  }

  function record(
    transaction: DecodedTransaction,
    { loaded, execution, before }: { loaded: Loaded; execution: Execution; before: Map<Address, AccountState> },
  ): Landed {
    const open = ledger.open();
    const preLamports = loaded.keys.map((key) =>
      before.has(key) ? (before.get(key)?.lamports ?? 0n) : vm.lamports(key),
    );
    for (const [address, account] of before) {
      if (!open.undo.has(address)) open.undo.set(address, account);
      vm.refresh(address);
    }
    const postLamports = loaded.keys.map((key) => vm.lamports(key));
    const landed: Landed = {
      signature: transaction.signature,
      raw: transaction.raw,
      slot: open.slot,
      height: open.height,
      timeSeconds: open.timeSeconds,
      error: execution.error,
      // The runtime keeps lamports whole: what is missing afterwards is the fee, and fees are burned here.
      feeLamports: sum(preLamports) - sum(postLamports),
      unitsConsumed: execution.unitsConsumed,
      logs: execution.logs,
      inner: execution.inner,
      keys: loaded.keys,
      loadedWritable: loaded.loadedWritable,
      loadedReadonly: loaded.loadedReadonly,
      preLamports,
      postLamports,
      memo: formatMemos(transaction),
    };
    open.transactions.push(landed);
    ledger.remember(transaction.messageHash);
    return landed;
  }

  return {
    submit(transaction: DecodedTransaction, { preflight }: { preflight: boolean }): Submitted {
      const fail = (error: TransactionError): Submitted =>
        preflight ? { kind: 'refused', simulated: refusedBefore(error) } : { kind: 'ignored', error };
      const refusal = findRefusal(transaction, true);
      // A node looks at signatures first.
      if (refusal) return vm.hasGoodSignatures(transaction) ? fail(refusal) : { kind: 'bad-signature' };
      const loaded = load(transaction);
      if (isError(loaded)) return vm.hasGoodSignatures(transaction) ? fail(loaded) : { kind: 'bad-signature' };
      const fresh = loaded.writable.filter((address) => !vm.isMirrored(address)).length;
      if (vm.written().size + fresh > ACCOUNTS_MAX) return { kind: 'full' };
      const before = readAll(loaded.writable);
      const execution = vm.execute(transaction, { checkSignatures: true });
      if (execution.error === 'SignatureFailure') return { kind: 'bad-signature' };
      // Some errors stop a transaction before its fee is taken: it never lands. Any other takes the fee and undoes the rest.
      if (execution.error && vm.read(loaded.keys[0]!)?.lamports === before.get(loaded.keys[0]!)?.lamports) {
        return preflight ? { kind: 'refused', simulated: execution } : { kind: 'ignored', error: execution.error };
      }
      if (execution.error && preflight) {
        putBack(before);
        return { kind: 'refused', simulated: execution };
      }
      const landed = record(transaction, { loaded, execution, before });
      return { kind: 'landed', landed, written: loaded.writable };
    },

    simulate(
      transaction: DecodedTransaction,
      {
        checkSignatures,
        checkBlockhash,
        addresses,
      }: { checkSignatures: boolean; checkBlockhash: boolean; addresses: readonly Address[] },
    ): Simulated {
      const stop = (error: TransactionError): Simulated => ({ ...refusedBefore(error), accounts: [] });
      if (checkSignatures && !vm.hasGoodSignatures(transaction)) return stop('SignatureFailure');
      const refusal = findRefusal(transaction, checkBlockhash);
      if (refusal) return stop(refusal);
      const loaded = load(transaction);
      if (isError(loaded)) return stop(loaded);
      const before = readAll(loaded.writable);
      const execution = vm.execute(transaction, { checkSignatures });
      // Read past the mirror, which keeps what is true.
      const accounts = addresses.map((address) => (before.has(address) ? vm.read(address) : vm.account(address)));
      putBack(before);
      return { ...execution, accounts };
    },
  };
}

const LOOKUP_PROGRAM = 'AddressLookupTab1e1111111111111111111111111';

function listKeys(keys: readonly Address[], message: DecodedTransaction['message']) {
  return { keys, writable: keys.filter((_, index) => message.isAccountWritable(index)) };
}

function isError(loaded: Loaded | TransactionError): loaded is TransactionError {
  return typeof loaded === 'string' || !('keys' in loaded);
}

function refusedBefore(error: TransactionError): Execution {
  return { error, logs: [], unitsConsumed: 0, inner: [], returnData: null };
}

function toBase58(key: PublicKey): Address {
  return key.toBase58();
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
