// The blocks of the practice chain and what is said of them: which is confirmed, which is final, which blockhash still
// lives. It holds no accounts and executes nothing; practice-chain.ts moves it on.
import type { Commitment } from '@/server/chain/chain';
import type { Block, OpenBlock } from '@/server/chain/practice/core/block';
import { computeBlockhash, PRACTICE_GENESIS_HASH } from '@/server/chain/practice/core/genesis';

/** A transaction lands in one of the 150 blocks after the one that its blockhash names, as on a real cluster. */
export const BLOCKHASH_BLOCKS = 150;

/** More than live blockhashes and unfinished blocks need; then a block's time is forgotten. */
const BLOCKS_KEPT = 300;

export type Ledger = ReturnType<typeof createLedger>;

export function createLedger({ finalityBlocks, timeSeconds }: { finalityBlocks: number; timeSeconds: () => number }) {
  const kept = Math.max(BLOCKS_KEPT, finalityBlocks + BLOCKHASH_BLOCKS);
  const heightOfHash = new Map<string, number>();
  const replays = new Set<string>();
  let blocks: Block[] = [];
  let open: OpenBlock;
  let confirmedHeight = 0;
  let finalizedHeight = 0;
  reset(createGenesis(timeSeconds()));

  /** Begins anew at a block that is confirmed and final. */
  function reset(root: Block): void {
    heightOfHash.clear();
    replays.clear();
    blocks = [];
    confirmedHeight = finalizedHeight = root.height;
    push(root);
    openNext(root.slot + 1);
  }

  function push(block: Block): void {
    blocks.push(block);
    heightOfHash.set(block.blockhash, block.height);
    for (const hash of block.messageHashes) replays.add(hash);
    while (blocks.length > kept) unlist(blocks.shift()!);
  }

  function unlist(block: Block): void {
    heightOfHash.delete(block.blockhash);
    for (const hash of block.messageHashes) replays.delete(hash);
  }

  function openNext(slot: number): void {
    const parent = tip();
    const time = Math.max(timeSeconds(), parent.timeSeconds);
    open = {
      slot,
      height: parent.height + 1,
      parentSlot: parent.slot,
      timeSeconds: time,
      transactions: [],
      messageHashes: [],
      undo: new Map(),
    };
  }

  function tip(): Block {
    return blocks.at(-1)!;
  }

  function blockOfHeight(height: number): Block | undefined {
    return blocks[height - blocks[0]!.height];
  }

  /** Null for `processed`, which is the open block. */
  function closedAt(commitment: Commitment): Block | null {
    if (commitment === 'processed') return null;
    return blockOfHeight(commitment === 'confirmed' ? confirmedHeight : finalizedHeight)!;
  }

  return {
    reset,
    open: () => open,
    tip,
    slot: (commitment: Commitment): number => closedAt(commitment)?.slot ?? open.slot,
    height: (commitment: Commitment): number => closedAt(commitment)?.height ?? open.height,
    /** The newest closed block that has this commitment. */
    closed: (commitment: Commitment): Block => closedAt(commitment) ?? tip(),
    blockOfSlot: (slot: number): Block | undefined => blocks.findLast((block) => block.slot === slot),
    /** Blocks above a height, oldest first, without the open one. */
    above: (height: number): readonly Block[] => blocks.slice(Math.max(0, height + 1 - blocks[0]!.height)),
    kept: (): readonly Block[] => blocks,
    commitmentOf(height: number): Commitment {
      if (height <= finalizedHeight) return 'finalized';
      return height <= confirmedHeight ? 'confirmed' : 'processed';
    },
    /** May a transaction with this blockhash land in the open block? */
    isLive(blockhash: string): boolean {
      const height = heightOfHash.get(blockhash);
      return height !== undefined && open.height <= height + BLOCKHASH_BLOCKS;
    },
    heightOfHash: (blockhash: string): number | undefined => heightOfHash.get(blockhash),
    /** The open block counts; older than its blockhash can live, nothing needs to be remembered. */
    isReplay: (messageHash: string): boolean => replays.has(messageHash),
    remember(messageHash: string): void {
      open.messageHashes.push(messageHash);
      replays.add(messageHash);
    },
    /** Closes the open block and opens the next. */
    close(): Block {
      const signatures = open.transactions.map(({ signature }) => signature);
      const blockhash = computeBlockhash({ parent: tip().blockhash, slot: open.slot, signatures });
      const block: Block = { ...open, blockhash };
      push(block);
      openNext(block.slot + 1);
      return block;
    },
    /** For reading the journal: the empty blocks that were closed before a restart. */
    closeEmptyUntil(height: number): void {
      while (tip().height < height) {
        const { slot } = open;
        const blockhash = computeBlockhash({ parent: tip().blockhash, slot, signatures: [] });
        push({ ...open, timeSeconds: tip().timeSeconds, blockhash });
        openNext(slot + 1);
      }
    },
    /** For reading the journal: replaces the open block by one that was closed before a restart. */
    adopt(block: Block): void {
      push(block);
      openNext(block.slot + 1);
    },
    /** For reading the journal: slots that a fork left empty. */
    skipTo: (slot: number): void => openNext(slot),
    /** What became confirmed and what final, oldest first. */
    confirm(height: number): { confirmed: readonly Block[]; finalized: readonly Block[] } {
      const wasConfirmed = confirmedHeight;
      const wasFinalized = finalizedHeight;
      confirmedHeight = Math.max(confirmedHeight, Math.min(height, tip().height));
      finalizedHeight = Math.max(finalizedHeight, confirmedHeight - finalityBlocks + 1);
      const between = (after: number, upTo: number) => blocks.filter((one) => one.height > after && one.height <= upTo);
      return { confirmed: between(wasConfirmed, confirmedHeight), finalized: between(wasFinalized, finalizedHeight) };
    },
    /** Takes back every block above a height, newest first, the open one included. The slots they had stay empty. */
    dropAbove(height: number, nextSlot: number): readonly OpenBlock[] {
      if (height < finalizedHeight) throw new Error(`block ${finalizedHeight} is final: it cannot be rolled back`);
      const dropped: OpenBlock[] = [open];
      for (const hash of open.messageHashes) replays.delete(hash);
      while (tip().height > height) {
        const block = blocks.pop()!;
        unlist(block);
        dropped.push(block);
      }
      confirmedHeight = Math.min(confirmedHeight, height);
      openNext(nextSlot);
      return dropped;
    },
    /** For reading the journal: after a fork, more may be final than the depth says. */
    restoreFinality(height: number): void {
      finalizedHeight = Math.max(finalizedHeight, height);
    },
  };
}

function createGenesis(timeSeconds: number): Block {
  return {
    slot: 0,
    height: 0,
    parentSlot: 0,
    timeSeconds,
    transactions: [],
    messageHashes: [],
    undo: new Map(),
    blockhash: PRACTICE_GENESIS_HASH,
  };
}
