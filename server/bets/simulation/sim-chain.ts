// A scripted chain for simulations: transfers with a memo, fees, blocks on demand, confirmation one block after, finality
// some blocks later, blockhashes that run out, forks that take blocks back. Transactions are plain JSON instead of bytes of
// Solana; the rules of landing once, in time or never, are the ones that bets rest on.
import { createHash } from 'node:crypto';

export const FEE_LAMPORTS = 5_000n;
const FINAL_AFTER_BLOCKS = 8;
const BLOCKHASH_BLOCKS = 150;

export type SimTransfer = {
  readonly from: string;
  readonly to: string;
  readonly lamports: string;
  readonly memo: string;
  readonly lastValidBlockHeight: number;
};

export type SimEntry = SimTransfer & {
  readonly signature: string;
  readonly height: number;
  /** It landed and moved nothing but its fee. */
  readonly failed: boolean;
};

export type SimFaults = {
  /** Probability that a send is accepted and forgotten. */
  dropped: number;
  /** Probability that a block takes back the last few. */
  forked: number;
  /** Nobody answers. */
  down: boolean;
};

export type SimChain = {
  readonly faults: SimFaults;
  height(): number;
  finalizedHeight(): number;
  lastValidBlockHeight(): number;
  send(transfer: SimTransfer): string;
  /** What is on the chain now above a height, oldest first, the newest block not yet confirmed included. */
  entriesAfter(height: number): readonly SimEntry[];
  find(signature: string): SimEntry | null;
  balance(address: string): bigint;
  give(address: string, lamports: bigint): void;
  /** The next block, or a fork. */
  produceBlock(): void;
};

export class SimChainDownError extends Error {
  constructor() {
    super('the simulated chain does not answer');
  }
}

export function signatureOf(transfer: SimTransfer): string {
  return createHash('sha256').update(JSON.stringify(transfer)).digest('hex').slice(0, 44);
}

export function createSimChain(random: () => number): SimChain {
  const faults: SimFaults = { dropped: 0, forked: 0, down: false };
  const given = new Map<string, bigint>();
  const pool = new Map<string, SimTransfer>();
  const landed = new Map<string, SimEntry>();
  /** The same in order of height. */
  const inOrder: SimEntry[] = [];
  /** Balances change with entries; kept, since they are asked for at every step. */
  const balances = new Map<string, bigint>();
  let height = 0;
  let finalized = 0;

  function move(entry: SimEntry, sign: 1n | -1n): void {
    const amount = entry.failed ? 0n : BigInt(entry.lamports);
    add(entry.from, sign * (-amount - FEE_LAMPORTS));
    add(entry.to, sign * amount);
  }

  function add(address: string, change: bigint): void {
    balances.set(address, (balances.get(address) ?? 0n) + change);
  }

  function land(signature: string, transfer: SimTransfer): void {
    const has = balances.get(transfer.from) ?? 0n;
    // Preflight passed when it was sent; what it cannot pay any more, it pays the fee for.
    if (has < FEE_LAMPORTS) return;
    const failed = has < BigInt(transfer.lamports) + FEE_LAMPORTS;
    const entry = { ...transfer, signature, height, failed };
    landed.set(signature, entry);
    inOrder.push(entry);
    move(entry, 1n);
  }

  /** The last blocks are undone; what they held may land again, if it still can. */
  function fork(): void {
    const back = 1 + Math.floor(random() * Math.min(5, Math.max(0, height - finalized - 1)));
    const from = height - back;
    while ((inOrder.at(-1)?.height ?? 0) > from) {
      const entry = inOrder.pop()!;
      landed.delete(entry.signature);
      move(entry, -1n);
      // Half of them are known to nobody on the other branch.
      if (random() < 0.5) pool.set(entry.signature, entry);
    }
  }

  return {
    faults,
    height: () => height,
    finalizedHeight: () => finalized,
    lastValidBlockHeight: () => height + BLOCKHASH_BLOCKS,
    send(transfer) {
      const signature = signatureOf(transfer);
      if (landed.has(signature) || height > transfer.lastValidBlockHeight) return signature;
      if (random() >= faults.dropped) pool.set(signature, transfer);
      return signature;
    },
    entriesAfter(above) {
      let first = inOrder.length;
      while (first > 0 && inOrder[first - 1]!.height > above) first--;
      return inOrder.slice(first);
    },
    find: (signature) => landed.get(signature) ?? null,
    balance: (address) => balances.get(address) ?? 0n,
    give(address, amount) {
      given.set(address, (given.get(address) ?? 0n) + amount);
      add(address, amount);
    },
    produceBlock() {
      height++;
      if (random() < faults.forked) fork();
      finalized = Math.max(finalized, height - FINAL_AFTER_BLOCKS);
      for (const [signature, transfer] of pool) {
        pool.delete(signature);
        if (height <= transfer.lastValidBlockHeight && !landed.has(signature)) land(signature, transfer);
      }
    },
  };
}
