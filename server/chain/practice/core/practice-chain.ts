// The practice chain apart from every transport, timer and disk: transactions execute as they come into the open block,
// blocks close when told to, and blocks that are not final can be taken back exactly. Time comes in as an argument.
// Called by the RPC methods, by the shell that closes a block every 400 ms, and by what reads the journal at start.
import type { Address, Commitment, Signature } from '@/server/chain/chain';
import type { AccountState } from '@/server/chain/practice/core/account';
import type { Block, Landed, Undo } from '@/server/chain/practice/core/block';
import type { DecodedTransaction } from '@/server/chain/practice/core/decode-transaction';
import { createExecutor, type Simulated, type Submitted } from '@/server/chain/practice/core/executor';
import { createFaucet, FAUCET_LAMPORTS } from '@/server/chain/practice/core/genesis';
import { SYSTEM_PROGRAM } from '@/server/chain/practice/core/account';
import { createHistory, type History } from '@/server/chain/practice/core/history';
import { createLedger, type Ledger } from '@/server/chain/practice/core/ledger';
import { createVm, type Vm } from '@/server/chain/practice/core/vm';
import type { Clock } from '@/lib/units/time';

export type ChainEvent =
  | { readonly type: 'executed'; readonly landed: Landed; readonly written: readonly Address[] }
  | { readonly type: 'opened'; readonly slot: number; readonly parentSlot: number; readonly root: number }
  | { readonly type: 'confirmed'; readonly confirmed: readonly Block[]; readonly finalized: readonly Block[] }
  | { readonly type: 'forked'; readonly dropped: readonly Landed[] };

export type Fork = {
  readonly height: number;
  readonly nextSlot: number;
  /** What was final stays so, though the blocks that made it final are gone. */
  readonly finalizedHeight: number;
  /** Newest first. */
  readonly dropped: readonly Landed[];
};

export type PracticeChain = {
  readonly vm: Vm;
  readonly ledger: Ledger;
  readonly history: History;
  /** Executes now, into the open block. With preflight, what would fail does not land. */
  submit(transaction: DecodedTransaction, options: { readonly preflight: boolean }): Submitted;
  simulate(
    transaction: DecodedTransaction,
    options: {
      readonly checkSignatures: boolean;
      readonly checkBlockhash: boolean;
      readonly addresses: readonly Address[];
    },
  ): Simulated;
  account(address: Address, commitment: Commitment): AccountState;
  /** Null for what never landed, was rolled back, or was forgotten. */
  landed(signature: Signature): { readonly landed: Landed; readonly commitment: Commitment } | null;
  /** Ever landed and not rolled back, forgotten ones included. */
  transactionCount(): number;
  /** Its transactions are told as confirmed only by `confirm`: a shell with a disk saves the block in between. */
  closeBlock(): Block;
  confirm(height: number): void;
  /** Takes back the open block and the last `depth` closed ones; throws when one of them is final. */
  fork(depth: number): Fork;
  /** Stops with the function given back. */
  listen(listener: (event: ChainEvent) => void): () => void;
  /** Tells listeners nothing: for reading the journal. */
  readonly restore: Restore;
};

/** A block as it is stored: instead of what accounts held before it, what they held after it. */
export type StoredBlock = Omit<Block, 'undo'> & { readonly after: readonly (readonly [Address, AccountState])[] };

/** The chain as it was just after a block; its transactions are in the history already. */
export type Snapshot = {
  readonly accounts: readonly (readonly [Address, AccountState])[];
  readonly blocks: readonly Block[];
  readonly nextSlot: number;
  readonly finalizedHeight: number;
  readonly transactionCount: number;
};

export type Restore = {
  snapshot(snapshot: Snapshot): void;
  /** Empty blocks before it are filled in where, so near the newest block, their hashes can still matter. */
  block(block: StoredBlock, options: { readonly headHeight: number }): void;
  fork(fork: Omit<Fork, 'dropped'>): void;
  /** The empty blocks after the last one stored. */
  until(height: number): void;
};

export function createPracticeChain({
  clock,
  finalityBlocks = 32,
  historyMax,
}: {
  clock: Clock;
  finalityBlocks?: number;
  historyMax?: number;
}): PracticeChain {
  const vm = createVm();
  const ledger = createLedger({ finalityBlocks, timeSeconds: () => Math.floor(clock() / 1_000) });
  const history = createHistory({ max: historyMax });
  const listeners = new Set<(event: ChainEvent) => void>();
  const tell = (event: ChainEvent) => listeners.forEach((listener) => listener(event));
  const executor = createExecutor({ vm, ledger });
  let transactionCount = 0;
  vm.set(createFaucet().publicKey.toBase58(), {
    lamports: FAUCET_LAMPORTS,
    owner: SYSTEM_PROGRAM,
    executable: false,
    data: new Uint8Array(),
  });
  vm.setClock(ledger.open());

  function rollBack(height: number, nextSlot: number): Landed[] {
    const dropped: Landed[] = [];
    for (const block of ledger.dropAbove(height, nextSlot)) {
      for (const [address, before] of block.undo) vm.set(address, before);
      for (const landed of block.transactions.toReversed()) {
        history.remove(landed);
        dropped.push(landed);
      }
    }
    transactionCount -= dropped.length;
    vm.setClock(ledger.open());
    return dropped;
  }

  function forgetFinalUndo(blocks: readonly Block[]): void {
    for (const block of blocks) block.undo.clear();
  }

  return {
    vm,
    ledger,
    history,
    submit(transaction, options) {
      const submitted = executor.submit(transaction, options);
      if (submitted.kind !== 'landed') return submitted;
      history.add(submitted.landed);
      transactionCount += 1;
      tell({ type: 'executed', landed: submitted.landed, written: submitted.written });
      return submitted;
    },
    simulate: executor.simulate,
    account(address, commitment) {
      // What a newer block found is what this one left behind.
      if (commitment !== 'processed') {
        const newer = [...ledger.above(ledger.height(commitment)), ledger.open()];
        for (const { undo } of newer) {
          const before = undo.get(address);
          if (before !== undefined) return before;
        }
      }
      return vm.account(address);
    },
    landed(signature) {
      const landed = history.get(signature);
      return landed ? { landed, commitment: ledger.commitmentOf(landed.height) } : null;
    },
    transactionCount: () => transactionCount,
    closeBlock() {
      const block = ledger.close();
      const { slot, parentSlot } = ledger.open();
      vm.setClock(ledger.open());
      tell({ type: 'opened', slot, parentSlot, root: ledger.slot('finalized') });
      return block;
    },
    confirm(height) {
      const moved = ledger.confirm(height);
      tell({ type: 'confirmed', ...moved });
      forgetFinalUndo(moved.finalized);
    },
    fork(depth) {
      const height = ledger.tip().height - depth;
      const nextSlot = ledger.open().slot + 1;
      const dropped = rollBack(height, nextSlot);
      tell({ type: 'forked', dropped });
      return { height, nextSlot, finalizedHeight: ledger.height('finalized'), dropped };
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    restore: createRestore({ vm, ledger, history, rollBack, forgetFinalUndo, count: (by) => (transactionCount += by) }),
  };
}

/** Blocks further below the newest one than this have no live blockhash and nothing unfinished. */
const FILL_BLOCKS = 2_000;

function createRestore({
  vm,
  ledger,
  history,
  rollBack,
  forgetFinalUndo,
  count,
}: Pick<PracticeChain, 'vm' | 'ledger' | 'history'> & {
  rollBack: (height: number, nextSlot: number) => void;
  forgetFinalUndo: (blocks: readonly Block[]) => void;
  count: (by: number) => void;
}): Restore {
  const confirmTip = () => {
    forgetFinalUndo(ledger.confirm(ledger.tip().height).finalized);
    vm.setClock(ledger.open());
  };
  return {
    snapshot({ accounts, blocks, nextSlot, finalizedHeight, transactionCount }) {
      for (const [address, account] of accounts) vm.set(address, account);
      ledger.reset(blocks[0]!);
      for (const block of blocks.slice(1)) ledger.adopt(block);
      ledger.skipTo(nextSlot);
      ledger.restoreFinality(finalizedHeight);
      count(transactionCount);
      confirmTip();
    },
    block({ after, ...block }, { headHeight }) {
      const undo: Undo = new Map();
      for (const [address, account] of after) {
        undo.set(address, vm.account(address));
        vm.set(address, account);
      }
      for (const landed of block.transactions) history.add(landed);
      count(block.transactions.length);
      if (block.height > ledger.open().height && block.height < headHeight - FILL_BLOCKS) {
        ledger.reset({ ...block, undo: new Map() });
      } else {
        ledger.closeEmptyUntil(block.height - 1);
        ledger.adopt({ ...block, undo });
      }
      confirmTip();
    },
    fork({ height, nextSlot, finalizedHeight }) {
      // Of the blocks rolled back, empty ones at the end were never stored.
      ledger.closeEmptyUntil(height);
      confirmTip();
      ledger.restoreFinality(finalizedHeight);
      rollBack(height, nextSlot);
    },
    until(height) {
      ledger.closeEmptyUntil(height);
      confirmTip();
    },
  };
}
