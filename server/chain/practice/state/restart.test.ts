// The folder of the chain: what was confirmed is there again after any end of the process, and nothing is there twice.
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lamports } from '@/lib/units/lamports';
import type { PracticeChainControl, PracticeChainOptions } from '@/server/chain/practice/start-practice-chain';
import {
  fund,
  keypairOf,
  makeTempDir,
  makeTransfer,
  openTestRpc,
  SILENT,
  SOL,
  startTestChain,
} from '@/server/chain/practice/test-kit/practice';

const player = keypairOf(1);
const house = keypairOf(2);
const houseAddress = house.publicKey.toBase58();

async function start(dir: string, options: Partial<PracticeChainOptions> = {}) {
  const practice = await startTestChain({ dir, ...options });
  return { practice, chain: openTestRpc(practice) };
}

function signTransfer(practice: PracticeChainControl, amount: number): Uint8Array {
  const { blockhash } = practice.chain.ledger.tip();
  return makeTransfer({ from: player, to: house.publicKey, amount, blockhash, memo: `${amount}` }).serialize();
}

/** The folder as a SIGKILL leaves it: whatever was written, and nothing more. */
function killed(dir: string): string {
  const copy = makeTempDir();
  cpSync(dir, copy, { recursive: true });
  return copy;
}

describe('a chain that is started again', () => {
  it('is where it was: balances, statuses, lists, slot, blockhashes, replays', async () => {
    const dir = makeTempDir();
    const { practice, chain } = await start(dir);
    await fund(practice, player.publicKey);
    await practice.produceBlocks(40);
    const bytes = signTransfer(practice, SOL);
    const signature = await chain.send(bytes);
    await practice.produceBlocks(3);
    const [slot, height] = [await chain.slot('confirmed'), await chain.blockHeight('confirmed')];
    const finalized = await chain.blockHeight('finalized');
    const { blockhash } = await chain.latestBlockhash();
    const list = await chain.signaturesOf(houseAddress, { until: null, before: null });
    const landed = await chain.transaction(signature);
    await practice.stop();

    const again = await start(dir);
    expect(await again.chain.slot('confirmed')).toBe(slot);
    expect(await again.chain.blockHeight('confirmed')).toBe(height);
    expect(await again.chain.blockHeight('finalized')).toBe(finalized);
    expect((await again.chain.latestBlockhash()).blockhash).toBe(blockhash);
    expect(await again.chain.signaturesOf(houseAddress, { until: null, before: null })).toEqual(list);
    expect(await again.chain.transaction(signature)).toEqual(landed);
    expect(await again.chain.send(bytes)).toBe(signature);
    await again.practice.produceBlock();
    expect(await again.chain.balance(houseAddress, 'confirmed')).toBe(lamports(BigInt(SOL)));
    expect(again.practice.chain.transactionCount()).toBe(2);
  });

  it('after a kill has all that was confirmed, and of the rest nothing', async () => {
    const dir = makeTempDir();
    const { practice, chain } = await start(dir);
    await fund(practice, player.publicKey);
    const confirmed = await chain.send(signTransfer(practice, SOL));
    await practice.produceBlock();
    const processed = await chain.send(signTransfer(practice, 2 * SOL));
    const again = await start(killed(dir));
    expect(await again.chain.statuses([confirmed, processed])).toMatchObject([{ commitment: 'confirmed' }, null]);
    expect(await again.chain.balance(houseAddress, 'processed')).toBe(lamports(BigInt(SOL)));
  });

  it('saves what was only processed when it is stopped in order', async () => {
    const dir = makeTempDir();
    const { practice, chain } = await start(dir);
    await fund(practice, player.publicKey);
    const signature = await chain.send(signTransfer(practice, SOL));
    await practice.stop();
    const again = await start(dir);
    expect(await again.chain.statuses([signature])).toMatchObject([{ commitment: 'confirmed' }]);
  });

  it('can be forked back over what happened before, and the fork outlives another kill', async () => {
    const dir = makeTempDir();
    const { practice, chain } = await start(dir);
    await fund(practice, player.publicKey);
    const bytes = signTransfer(practice, SOL);
    const signature = await chain.send(bytes);
    await practice.produceBlocks(2);
    const second = killed(dir);
    const again = await start(second);
    await again.practice.fork(2);
    expect(await again.chain.balance(houseAddress, 'processed')).toBe(0n);
    const nextSlot = await again.chain.slot('processed');

    const third = await start(killed(second));
    expect(await third.chain.statuses([signature])).toEqual([null]);
    expect(await third.chain.slot('processed')).toBe(nextSlot);
    expect(await third.chain.send(bytes)).toBe(signature);
    await third.practice.produceBlock();
    expect(await third.chain.balance(houseAddress, 'confirmed')).toBe(lamports(BigInt(SOL)));
  });

  it('keeps final what was final, though empty blocks that made it so were rolled back and never stored', async () => {
    const dir = makeTempDir();
    const { practice, chain } = await start(dir, { finalityBlocks: 4 });
    await fund(practice, player.publicKey);
    await practice.produceBlocks(5);
    await practice.fork(3);
    const finalized = await chain.blockHeight('finalized');
    const again = await start(killed(dir), { finalityBlocks: 4 });
    expect(finalized).toBe(3);
    expect(await again.chain.blockHeight('finalized')).toBe(finalized);
  });

  it.each(['cut', 'changed', 'unfinished'])('cuts off a journal whose last line was %s', async (how) => {
    const dir = makeTempDir();
    const { practice, chain } = await start(dir);
    await fund(practice, player.publicKey);
    const kept = await chain.send(signTransfer(practice, SOL));
    await practice.produceBlock();
    const whole = statSync(join(dir, 'journal-00000001')).size;
    const lost = await chain.send(signTransfer(practice, 2 * SOL));
    await practice.produceBlock();

    const copy = killed(dir);
    const journal = join(copy, 'journal-00000001');
    const size = statSync(journal).size;
    if (how === 'cut') truncateSync(journal, size - 7);
    if (how === 'unfinished') truncateSync(journal, size - 1);
    if (how === 'changed') {
      const bytes = readFileSync(journal);
      bytes[size - 40] = bytes[size - 40]! ^ 1;
      writeFileSync(journal, bytes);
    }
    const warnings: string[] = [];
    const log = { ...SILENT, warn: (_: object, message: string) => void warnings.push(message) };
    const again = await start(copy, { log });
    expect(warnings).toEqual(['the practice chain’s journal ended in a damaged line']);
    expect(statSync(journal).size).toBe(whole);
    expect(await again.chain.statuses([kept, lost])).toMatchObject([{ commitment: 'confirmed' }, null]);
    await again.chain.send(signTransfer(again.practice, 3 * SOL));
    await again.practice.produceBlock();
    const third = await start(killed(copy));
    expect(await third.chain.balance(houseAddress, 'confirmed')).toBe(lamports(4n * BigInt(SOL)));
  });

  it('does without its head: only empty blocks are lost', async () => {
    const dir = makeTempDir();
    const { practice, chain } = await start(dir);
    await fund(practice, player.publicKey);
    const signature = await chain.send(signTransfer(practice, SOL));
    await practice.produceBlocks(5);
    const copy = killed(dir);
    writeFileSync(join(copy, 'head'), 'rubbish');
    const again = await start(copy);
    expect(await again.chain.statuses([signature])).toMatchObject([{ commitment: 'confirmed' }]);
    expect(await again.chain.blockHeight('confirmed')).toBe(2);
    await again.practice.produceBlocks(7);
    expect((await start(killed(copy))).practice.chain.ledger.tip().height).toBe(9);
  });
});

describe('a chain of many blocks', () => {
  it('goes on in new journals, each with a snapshot, and forgets the oldest', async () => {
    const dir = makeTempDir();
    const { practice, chain } = await start(dir, { journalBytesMax: 4_000 });
    await fund(practice, player.publicKey, 1_000);
    const signatures: string[] = [];
    for (let number = 1; number <= 80; number += 1) {
      signatures.push(await chain.send(signTransfer(practice, SOL + number)));
      await practice.produceBlock();
    }
    const journals = readdirSync(dir).filter((file) => file.startsWith('journal-'));
    expect(journals).toHaveLength(10);
    expect(readdirSync(dir).filter((file) => file.startsWith('snapshot-'))).toHaveLength(2);
    expect(existsSync(join(dir, 'journal-00000001'))).toBe(false);
    const balance = await chain.balance(houseAddress, 'confirmed');

    const again = await start(killed(dir), { journalBytesMax: 4_000 });
    expect(await again.chain.balance(houseAddress, 'confirmed')).toBe(balance);
    expect(again.practice.chain.transactionCount()).toBe(81);
    const statuses = await again.chain.statuses(signatures);
    const known = statuses.filter((status) => status !== null).length;
    expect(known).toBeGreaterThanOrEqual(25);
    expect(known).toBeLessThan(50);
    expect(statuses.slice(-known).every((status) => status !== null)).toBe(true);
    await again.practice.fork(20);
    expect(await again.chain.statuses(signatures.slice(-20))).toEqual(Array(20).fill(null));
    expect(await again.chain.balance(houseAddress, 'processed')).toBe(
      balance - signatures.slice(-20).reduce((sum, _, index) => sum + BigInt(SOL + 61 + index), 0n),
    );
  });

  it('takes the snapshot before when the newest is damaged', async () => {
    const dir = makeTempDir();
    const { practice, chain } = await start(dir, { journalBytesMax: 4_000 });
    await fund(practice, player.publicKey, 1_000);
    for (let number = 1; number <= 20; number += 1) {
      await chain.send(signTransfer(practice, SOL + number));
      await practice.produceBlock();
    }
    const copy = killed(dir);
    const newest = readdirSync(copy)
      .filter((file) => file.startsWith('snapshot-'))
      .at(-1)!;
    appendFileSync(join(copy, newest), 'x');
    const again = await start(copy, { journalBytesMax: 4_000 });
    const balance = await chain.balance(houseAddress, 'confirmed');
    expect(await again.chain.balance(houseAddress, 'confirmed')).toBe(balance);
    const gone = killed(dir);
    rmSync(join(gone, 'journal-00000001'));
    for (const file of readdirSync(gone).filter((one) => one.startsWith('snapshot-'))) rmSync(join(gone, file));
    await expect(start(gone)).rejects.toThrow('are damaged: move them away');
  });

  it('needs no file for empty blocks, and knows their blockhashes nevertheless', async () => {
    const dir = makeTempDir();
    const { practice, chain } = await start(dir);
    await fund(practice, player.publicKey);
    await practice.produceBlocks(5_200);
    const size = statSync(join(dir, 'journal-00000001')).size;
    expect(size).toBeLessThan(6_000);
    const bytes = signTransfer(practice, SOL);
    const again = await start(killed(dir));
    expect(await again.chain.blockHeight('confirmed')).toBe(await chain.blockHeight('confirmed'));
    const signature = await again.chain.send(bytes);
    expect(await again.chain.statuses([signature])).toMatchObject([{ commitment: 'processed' }]);
  });
});

describe('a disk that fails', () => {
  it('confirms nothing while a snapshot cannot be written, and all of it afterwards', async () => {
    const dir = makeTempDir();
    const { practice, chain } = await start(dir, { journalBytesMax: 2_000 });
    await fund(practice, player.publicKey);
    await chain.send(signTransfer(practice, SOL));
    await practice.produceBlock();
    mkdirSync(join(dir, 'snapshot.tmp'));
    const signature = await chain.send(signTransfer(practice, 2 * SOL));
    expect(await practice.produceBlock()).toBe(false);
    expect(await chain.statuses([signature])).toMatchObject([{ commitment: 'processed' }]);
    rmSync(join(dir, 'snapshot.tmp'), { recursive: true });
    expect(await practice.produceBlock()).toBe(true);
    expect(await chain.statuses([signature])).toMatchObject([{ commitment: 'confirmed' }]);
    const later = await chain.send(signTransfer(practice, 3 * SOL));
    await practice.produceBlock();
    const again = await start(killed(dir), { journalBytesMax: 2_000 });
    expect(await again.chain.statuses([signature, later])).toMatchObject([
      { commitment: 'confirmed' },
      { commitment: 'confirmed' },
    ]);
    expect(await again.chain.balance(houseAddress, 'confirmed')).toBe(lamports(6n * BigInt(SOL)));
  });

  it('keeps blocks from being confirmed, and after a minute the node takes in nothing more', async () => {
    const dir = makeTempDir();
    const errors: string[] = [];
    const log = { ...SILENT, error: (_: object, message: string) => void errors.push(message) };
    const { practice, chain } = await start(dir, { log });
    await fund(practice, player.publicKey);
    await practice.stop();
    const again = await start(dir, { log });
    rmSync(dir, { recursive: true });
    const signature = await again.chain.send(signTransfer(again.practice, SOL));
    expect(await again.practice.produceBlock()).toBe(false);
    expect(await again.chain.statuses([signature])).toMatchObject([{ commitment: 'processed' }]);
    expect(errors[0]).toBe('a block of the practice chain was not saved');
    await again.practice.produceBlocks(150);
    await expect(again.chain.send(signTransfer(again.practice, SOL))).rejects.toMatchObject({ code: 'unavailable' });
    expect(await chain.slot('processed').catch((error: { code: string }) => error.code)).toBe('unavailable');
  });
});
