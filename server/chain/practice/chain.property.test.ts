// Laws: whatever is sent, rolled back, killed and started again, every balance is what a plain model says, no lamport
// comes from nowhere, and what is missing was paid in fees. A transaction lands once.
import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Keypair } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTransaction } from '@/server/chain/practice/core/decode-transaction';
import { createFaucet, FAUCET_LAMPORTS } from '@/server/chain/practice/core/genesis';
import { createPracticeChain, type PracticeChain } from '@/server/chain/practice/core/practice-chain';
import { createPracticeNode, type PracticeNode } from '@/server/chain/practice/practice-node';
import { openChainFiles, type ChainFiles } from '@/server/chain/practice/state/chain-files';
import { loadChain } from '@/server/chain/practice/state/load-chain';
import { createTestClock, keypairOf, makeTransfer } from '@/server/chain/practice/test-kit/practice';

const PEOPLE: readonly Keypair[] = [createFaucet(), keypairOf(1), keypairOf(2), keypairOf(3)];
const RENT = 890_880n;
const FEE = 5_000n;
const FINALITY = 8;

type Sent = { from: number; to: number; amount: bigint; preflight: boolean; blockhash: string };
type State = { balances: bigint[]; feesBurned: bigint };
type Step =
  | { type: 'send'; from: number; to: number; amount: bigint; preflight: boolean; age: number }
  | { type: 'resend'; which: number }
  | { type: 'blocks'; count: number }
  | { type: 'fork'; depth: number }
  | { type: 'restart'; kill: boolean };

/** What the rules of the runtime make of a transfer, or null when it leaves no trace. */
function applyTransfer({ balances, feesBurned }: State, { from, to, amount, preflight }: Sent): State | null {
  const afterFee = balances[from]! - FEE;
  if (afterFee < 0n || (afterFee > 0n && afterFee < RENT)) return null;
  const charged = balances.with(from, afterFee);
  const moved = charged.with(from, afterFee - amount);
  moved[to] = moved[to]! + amount;
  const isFine = (balance: bigint) => balance === 0n || balance >= RENT;
  const works = afterFee >= amount && isFine(moved[from]!) && isFine(moved[to]!);
  if (!works && preflight) return null;
  return { balances: works ? moved : charged, feesBurned: feesBurned + FEE };
}

class Model {
  readonly blocks: { hash: string; state: State; landed: string[] }[];
  open: State;
  landed: string[] = [];

  constructor(genesisHash: string) {
    this.open = { balances: [FAUCET_LAMPORTS, 0n, 0n, 0n], feesBurned: 0n };
    this.blocks = [{ hash: genesisHash, state: this.open, landed: [] }];
  }
  send(key: string, sent: Sent): void {
    const age = this.blocks.findLastIndex(({ hash }) => hash === sent.blockhash);
    const isLive = age >= 0 && this.blocks.length - age <= 150;
    const isReplay = this.landed.includes(key) || this.blocks.some(({ landed }) => landed.includes(key));
    const next = isLive && !isReplay ? applyTransfer(this.open, sent) : null;
    if (!next) return;
    this.open = next;
    this.landed.push(key);
  }
  close(hash: string): void {
    this.blocks.push({ hash, state: this.open, landed: this.landed });
    this.landed = [];
  }
  fork(depth: number): void {
    this.blocks.length -= depth;
    this.dropOpen();
  }
  dropOpen(): void {
    this.open = this.blocks.at(-1)!.state;
    this.landed = [];
  }
}

class Run {
  chain!: PracticeChain;
  node!: PracticeNode;
  files!: ChainFiles;
  readonly model: Model;
  readonly sent: { bytes: Uint8Array; key: string; sent: Sent }[] = [];
  /** Blocks above this height can still be rolled back. */
  finalHeight = 0;

  constructor(readonly dir: string) {
    this.start();
    this.model = new Model(this.chain.ledger.tip().blockhash);
  }
  start(): void {
    this.chain = createPracticeChain({ clock: createTestClock(), finalityBlocks: FINALITY });
    // Small journals: snapshots come often.
    this.files = openChainFiles({ dir: this.dir, journalBytesMax: 6_000 });
    expect(loadChain(this.chain, this.files).cut).toBe(false);
    this.node = createPracticeNode({
      chain: this.chain,
      files: this.files,
      onFault(error) {
        throw error;
      },
    });
  }
  async take(step: Step): Promise<void> {
    switch (step.type) {
      case 'send': {
        const { hash: blockhash } = this.model.blocks.at(-1 - Math.min(step.age, this.model.blocks.length - 1))!;
        const { from, to, amount, preflight } = step;
        const transaction = makeTransfer({ from: PEOPLE[from]!, to: PEOPLE[to]!.publicKey, amount, blockhash });
        const entry = {
          bytes: transaction.serialize(),
          key: [from, to, amount, blockhash].join(' '),
          sent: { from, to, amount, preflight, blockhash },
        };
        this.sent.push(entry);
        return this.submit(entry);
      }
      case 'resend':
        if (this.sent.length > 0) this.submit(this.sent[step.which % this.sent.length]!);
        return;
      case 'blocks':
        for (let block = 0; block < step.count; block += 1) await this.close();
        return;
      case 'fork': {
        const depth = Math.min(step.depth, this.model.blocks.length - 1 - this.finalHeight);
        await this.node.fork(depth);
        this.model.fork(depth);
        return;
      }
      case 'restart':
        if (step.kill) {
          this.model.dropOpen();
          await this.files.close();
        } else {
          const isEmpty = this.chain.ledger.open().transactions.length === 0;
          await this.node.stop();
          if (!isEmpty) this.closed();
        }
        this.start();
    }
  }
  submit({ bytes, key, sent }: Run['sent'][number]): void {
    this.chain.submit(decodeTransaction(bytes), { preflight: sent.preflight });
    this.model.send(key, sent);
  }
  async close(): Promise<void> {
    expect(await this.node.produceBlock()).toBe(true);
    this.closed();
  }
  closed(): void {
    this.model.close(this.chain.ledger.tip().blockhash);
    this.finalHeight = Math.max(this.finalHeight, this.model.blocks.length - FINALITY);
  }
  check(): void {
    const { balances, feesBurned } = this.model.open;
    const at = (commitment: 'processed' | 'confirmed' | 'finalized') =>
      PEOPLE.map(({ publicKey }) => this.chain.account(publicKey.toBase58(), commitment)?.lamports ?? 0n);
    expect(at('processed')).toEqual(balances);
    expect(at('confirmed')).toEqual(this.model.blocks.at(-1)!.state.balances);
    expect(at('finalized')).toEqual(this.model.blocks[this.finalHeight]!.state.balances);
    expect(balances.reduce((sum, balance) => sum + balance, feesBurned)).toBe(FAUCET_LAMPORTS);
    const landed = [...this.model.blocks.flatMap((block) => block.landed), ...this.model.landed];
    expect(this.chain.transactionCount()).toBe(landed.length);
    expect(this.chain.history.size()).toBe(landed.length);
    expect(this.chain.ledger.tip().height).toBe(this.model.blocks.length - 1);
  }
}

const person = fc.nat({ max: PEOPLE.length - 1 });
const amount = fc.oneof(
  fc.bigInt({ min: 0n, max: 3_000_000n }),
  fc.bigInt({ min: 0n, max: 50_000_000n }),
  fc.constantFrom(RENT, RENT - 1n, FEE, 10n ** 18n),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      type: fc.constant('send' as const),
      from: person,
      to: person,
      amount,
      preflight: fc.boolean(),
      age: fc.nat({ max: 4 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('resend' as const), which: fc.nat() }) },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('blocks' as const),
      count: fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 3 }) }, fc.constant(151)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('fork' as const), depth: fc.nat({ max: FINALITY }) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('restart' as const), kill: fc.boolean() }) },
);

/** The faucet starts everyone off, or most transfers would have nothing to move. */
const funding: Step[] = [1, 2, 3].map((to) => ({
  type: 'send',
  from: 0,
  to,
  amount: 20_000_000n,
  preflight: true,
  age: 0,
}));

describe('any history of transfers, forks, kills and restarts', () => {
  it('keeps every lamport where the model has it', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
        const dir = mkdtempSync(join(tmpdir(), 'practice-chain-'));
        const run = new Run(dir);
        try {
          for (const one of [...funding, ...steps]) {
            await run.take(one);
            run.check();
          }
        } finally {
          await run.node.stop();
          rmSync(dir, { recursive: true, force: true });
        }
      }),
      { numRuns: 30 },
    );
  });
});
