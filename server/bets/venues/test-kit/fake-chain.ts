// A cluster for tests, in memory: slots pass when told to, sends can be dropped, blocks taken back, calls refused or held.
// Balances, fees, blockhashes and commitments follow Solana's rules; programs other than transfer and memo do nothing.
import { SystemProgram, Transaction } from '@solana/web3.js';
import bs58 from 'bs58';
import { createHash } from 'node:crypto';
import { lamports } from '@/lib/units/lamports';
import { epochMs, type Clock } from '@/lib/units/time';
import { ChainError, type Chain, type Commitment, type LandedTransaction } from '@/server/chain/chain';
import { MEMO_PROGRAM } from '@/server/bets/venues/practice/memo';

export const FAKE_FAUCET = 'FaucetFaucetFaucetFaucetFaucetFaucetFaucet1';
const FEE = 5_000n;
const RENT = 890_880n;

type Landed = LandedTransaction & { readonly slot: number };

export type FakeChain = Chain & {
  /** Closes the open slot and tells listeners; what was sent is then confirmed. */
  advance(slots?: number): void;
  /** Takes the newest confirmed slots back, with all they hold. */
  fork(slots: number): void;
  faults: {
    /** Every call fails. */
    down: boolean;
    /** Sends are answered and forgotten. */
    drop: boolean;
    /** Sends fail after the transaction was taken: the answer is lost. */
    loseAnswers: boolean;
    /** Statuses and lists come from a node that has fallen behind, and knows nothing of late. */
    behind: boolean;
  };
  /** Calls wait until released. */
  hold(): () => void;
  give(address: string, amount: bigint): void;
  /** Bytes that were sent, in order, repeats included. */
  readonly sent: Uint8Array[];
  balanceNow(address: string): bigint;
  /** Of everything that ever landed and stood, by memo. */
  landedWith(memo: string): readonly LandedTransaction[];
};

export function createFakeChain({
  finalitySlots = 4,
  blockhashSlots = 20,
  clock = () => epochMs(0),
}: { finalitySlots?: number; blockhashSlots?: number; clock?: Clock } = {}): FakeChain {
  const blocks: Landed[][] = [[]];
  const gifts = new Map<string, bigint>();
  const pool: Landed[] = [];
  const listeners = new Set<(slot: number) => void>();
  const faults = { down: false, drop: false, loseAnswers: false, behind: false };
  const sent: Uint8Array[] = [];
  let airdrops = 0;
  let held: Promise<void> | null = null;

  const tip = () => blocks.length - 1;
  const finalSlot = () => Math.max(0, tip() - finalitySlots);
  const hashOf = (slot: number) => bs58.encode(createHash('sha256').update(`slot ${slot}`).digest());
  const all = () => [...blocks.flat(), ...pool];
  const commitmentOf = ({ slot }: Landed): Commitment => {
    if (slot > tip()) return 'processed';
    return slot <= finalSlot() ? 'finalized' : 'confirmed';
  };

  function balanceOf(address: string, landed: readonly Landed[]): bigint {
    return landed.reduce((sum, { changes }) => sum + (changes.get(address) ?? 0n), gifts.get(address) ?? 0n);
  }

  async function gate(): Promise<void> {
    if (held) await held;
    await Promise.resolve();
    if (faults.down) throw new ChainError('unavailable', 'nobody answers');
  }

  /** What it would do now; throws ChainError as preflight does. */
  function execute(transaction: Transaction, signature: string): Landed {
    const from = transaction.feePayer!.toBase58();
    const changes = new Map<string, bigint>([[from, -FEE]]);
    const memos: string[] = [];
    for (const { programId, data, keys } of transaction.instructions) {
      if (programId.toBase58() === MEMO_PROGRAM) memos.push(data.toString('utf8'));
      if (!programId.equals(SystemProgram.programId)) continue;
      const amount = data.readBigUInt64LE(4);
      for (const [at, sign] of [[0, -1n] as const, [1, 1n] as const]) {
        const address = keys[at]!.pubkey.toBase58();
        changes.set(address, (changes.get(address) ?? 0n) + sign * amount);
      }
    }
    for (const [address, change] of changes) {
      const after = balanceOf(address, all()) + change;
      if (after < 0n) {
        throw new ChainError('rejected', 'would fail', { logs: [`Transfer: insufficient lamports ${after - change}`] });
      }
      if (after > 0n && after < RENT) throw new ChainError('rejected', 'insufficient funds for rent');
    }
    const branded = new Map([...changes].map(([address, change]) => [address, lamports(change)]));
    return {
      signature,
      slot: tip() + 1,
      failed: false,
      feeLamports: lamports(FEE),
      feePayer: from,
      changes: branded,
      memos,
      blockTime: clock(),
    };
  }

  function slotOfHash(hash: string | undefined): number {
    for (let slot = tip(); slot >= Math.max(0, tip() - blockhashSlots); slot--) if (hashOf(slot) === hash) return slot;
    return -1;
  }

  const visible = (address: string) => blocks.flat().filter(({ changes }) => changes.has(address));

  return {
    cluster: 'practice',
    faults,
    sent,
    async latestBlockhash() {
      await gate();
      return { blockhash: hashOf(tip()), lastValidBlockHeight: tip() + blockhashSlots };
    },
    async blockHeight(commitment) {
      await gate();
      return commitment === 'finalized' ? finalSlot() : tip();
    },
    async slot(commitment) {
      await gate();
      return commitment === 'finalized' ? finalSlot() : tip();
    },
    async send(bytes) {
      await gate();
      sent.push(bytes);
      const transaction = Transaction.from(bytes);
      if (!transaction.verifySignatures()) throw new ChainError('rejected', 'signature verification failed');
      const signature = bs58.encode(transaction.signature!);
      if (faults.drop || all().some((landed) => landed.signature === signature)) return signature;
      if (slotOfHash(transaction.recentBlockhash) < 0) throw new ChainError('expired', 'Blockhash not found');
      pool.push(execute(transaction, signature));
      if (faults.loseAnswers) throw new ChainError('unavailable', 'no answer in time');
      return signature;
    },
    async finalized() {
      await gate();
      return { slot: finalSlot(), blockHeight: finalSlot() };
    },
    async statuses(signatures, { minSlot } = { minSlot: 0 }) {
      await gate();
      if (faults.behind && minSlot > 0) throw new ChainError('unavailable', 'the node that answered is behind');
      if (faults.behind) return signatures.map(() => null);
      return signatures.map((signature) => {
        const landed = all().find((one) => one.signature === signature);
        return landed ? { slot: landed.slot, commitment: commitmentOf(landed), error: null } : null;
      });
    },
    async signaturesOf(address, { until, before }) {
      await gate();
      if (faults.behind) return [];
      const newestFirst = visible(address).toReversed();
      const from = before === null ? 0 : newestFirst.findIndex(({ signature }) => signature === before) + 1;
      const to = newestFirst.findIndex(({ signature }) => signature === until);
      return newestFirst
        .slice(from, to < 0 ? undefined : to)
        .slice(0, 1_000)
        .map((landed) => ({
          signature: landed.signature,
          slot: landed.slot,
          commitment: commitmentOf(landed),
          failed: landed.failed,
          memos: landed.memos,
        }));
    },
    async transaction(signature) {
      await gate();
      return blocks.flat().find((one) => one.signature === signature) ?? null;
    },
    async simulate(bytes) {
      await gate();
      try {
        execute(Transaction.from(bytes), 'simulated');
        return { ok: true, feeLamports: lamports(FEE), unitsConsumed: 300 };
      } catch (error) {
        const { message, logs } = error as ChainError;
        return { ok: false, error: message, logs };
      }
    },
    async balance(address, commitment) {
      await gate();
      const landed =
        commitment === 'processed'
          ? all()
          : blocks.slice(0, commitment === 'finalized' ? finalSlot() + 1 : undefined).flat();
      return lamports(balanceOf(address, landed));
    },
    async rentExemptLamports() {
      await gate();
      return lamports(RENT);
    },
    async airdrop(address, amount) {
      await gate();
      const signature = bs58.encode(createHash('sha512').update(`airdrop ${++airdrops}`).digest());
      pool.push({
        signature,
        slot: tip() + 1,
        failed: false,
        feeLamports: lamports(FEE),
        feePayer: FAKE_FAUCET,
        changes: new Map([[address, amount]]),
        memos: [],
        blockTime: clock(),
      });
      return signature;
    },
    onSlot(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    advance(slots = 1) {
      for (let i = 0; i < slots; i++) {
        blocks.push(pool.splice(0));
        for (const listener of listeners) listener(tip());
      }
    },
    fork(slots) {
      if (slots > finalitySlots) throw new Error('what is final is not taken back');
      // Time goes on: the blocks are there again, empty.
      for (let slot = tip() - slots + 1; slot <= tip(); slot++) blocks[slot] = [];
    },
    hold() {
      let release = () => {};
      held = new Promise((resolve) => (release = resolve));
      return () => {
        held = null;
        release();
      };
    },
    give: (address, amount) => void gifts.set(address, (gifts.get(address) ?? 0n) + amount),
    balanceNow: (address) => balanceOf(address, blocks.flat()),
    landedWith: (memo) => blocks.flat().filter(({ memos }) => memos.includes(memo)),
  };
}
