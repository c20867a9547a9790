// The practice chain with a disk: each block is saved before anyone is told that it is confirmed. Blocks, forks and saving
// come one after another; a block that cannot be saved stays unconfirmed, and is tried again with the next.
import type { Fork, PracticeChain } from '@/server/chain/practice/core/practice-chain';
import type { ChainFiles } from '@/server/chain/practice/state/chain-files';
import { encodeLine } from '@/server/chain/practice/state/line';
import { toBlockRecord, toForkRecord, toSnapshotRecord } from '@/server/chain/practice/state/records';

export type PracticeNode = {
  /** Closes the open block; when this returns it is durable, and confirmed. False when it could not be saved. */
  produceBlock(): Promise<boolean>;
  fork(depth: number): Promise<Fork>;
  isHealthy(): boolean;
  /** Saves what is open, and closes the files. */
  stop(): Promise<void>;
};

/** A minute of blocks that could not be saved; then no more transactions are taken in. */
const UNSAVED_BLOCKS_MAX = 150;
/** Empty blocks are not stored, but for one in so many: the ones between are computed again at a start. */
const MARK_BLOCKS = 1_000;

export function createPracticeNode({
  chain,
  files,
  onFault,
}: {
  chain: PracticeChain;
  /** Null for a chain that is gone when the process ends. */
  files: ChainFiles | null;
  onFault: (error: unknown) => void;
}): PracticeNode {
  let last: Promise<unknown> = Promise.resolve();
  let unsaved: string[] = [];
  let unsavedBlocks = 0;

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  }

  /** Appends all that waits; a snapshot, taken at that very block, then begins a new journal. */
  async function save(snapshot: string | null): Promise<boolean> {
    if (!files) return true;
    try {
      if (unsaved.length > 0) await files.append(unsaved.join(''));
      unsaved = [];
      if (snapshot) await files.rotate(snapshot);
      const { slot, height } = chain.ledger.tip();
      await files.writeHead({ slot, height });
      unsavedBlocks = 0;
      return true;
    } catch (error) {
      onFault(error);
      return false;
    }
  }

  async function produce(): Promise<boolean> {
    const block = chain.closeBlock();
    if (files) unsavedBlocks += 1;
    if (files && (block.transactions.length > 0 || block.height % MARK_BLOCKS === 0)) {
      unsaved.push(encodeLine(toBlockRecord(block, chain.vm.account)));
    }
    // Accounts are read at once: the next transaction may come while the journal is being written.
    const snapshot = files?.isFull() ? encodeLine(toSnapshotRecord(takeSnapshot(chain))) : null;
    if (!(await save(snapshot))) return false;
    chain.confirm(block.height);
    return true;
  }

  return {
    produceBlock: () => inTurn(produce),
    fork: (depth) =>
      inTurn(async () => {
        const fork = chain.fork(depth);
        // The head first: between the two, a crash leaves the blocks that were rolled back, not a gap beyond them.
        await files?.writeHead({ slot: fork.nextSlot - 1, height: fork.height });
        if (files) unsaved.push(encodeLine(toForkRecord(fork)));
        if (unsaved.length > 0) await files?.append(unsaved.join(''));
        unsaved = [];
        return fork;
      }),
    isHealthy: () => unsavedBlocks <= UNSAVED_BLOCKS_MAX,
    stop: () =>
      inTurn(async () => {
        if (chain.ledger.open().transactions.length > 0) await produce();
        await files?.close();
      }),
  };
}

function takeSnapshot({ vm, ledger, transactionCount }: PracticeChain) {
  return {
    accounts: [...vm.written()],
    blocks: ledger.kept(),
    nextSlot: ledger.open().slot,
    finalizedHeight: ledger.height('finalized'),
    transactionCount: transactionCount(),
  };
}
