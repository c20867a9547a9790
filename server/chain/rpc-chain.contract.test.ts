// What bets rely on in any chain, over the practice chain: only how blocks come about would differ on another cluster.
import { describe, expect, it } from 'vitest';
import { Keypair } from '@solana/web3.js';
import bs58 from 'bs58';
import { lamports } from '@/lib/units/lamports';
import { ChainError, type Chain } from '@/server/chain/chain';
import {
  fund,
  keypairOf,
  makeTransfer,
  openTestRpc,
  SOL,
  startTestChain,
  until,
} from '@/server/chain/practice/test-kit/practice';

async function openFunded() {
  const practice = await startTestChain();
  const chain: Chain = openTestRpc(practice);
  const player = keypairOf(1);
  const house = keypairOf(2);
  await fund(practice, player.publicKey);
  await fund(practice, house.publicKey, 100);
  return { practice, chain, player, house };
}

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'fulfilled',
    (error: unknown) => (error instanceof ChainError ? error.code : error),
  );
}

describe('a chain', () => {
  it('carries a transfer with its memo from processed over confirmed to finalized', async () => {
    const { practice, chain, player, house } = await openFunded();
    const { blockhash, lastValidBlockHeight } = await chain.latestBlockhash();
    expect(lastValidBlockHeight - (await chain.blockHeight('confirmed'))).toBe(150);
    const signed = makeTransfer({ from: player, to: house.publicKey, amount: SOL, blockhash, memo: 'bet 7; [1] é' });
    const signature = await chain.send(signed.serialize());
    expect(await chain.statuses([signature])).toMatchObject([{ commitment: 'processed', error: null }]);
    expect(await chain.transaction(signature)).toBeNull();
    expect(await chain.balance(house.publicKey.toBase58(), 'confirmed')).toBe(lamports(100n * BigInt(SOL)));
    await practice.produceBlock();
    expect(await chain.statuses([signature])).toMatchObject([{ commitment: 'confirmed', error: null }]);
    expect(await chain.balance(house.publicKey.toBase58(), 'confirmed')).toBe(lamports(101n * BigInt(SOL)));
    expect(await chain.transaction(signature)).toMatchObject({
      failed: false,
      feeLamports: 5_000n,
      feePayer: player.publicKey.toBase58(),
      memos: ['bet 7; [1] é'],
    });
    const landed = await chain.transaction(signature);
    expect(landed?.changes.get(player.publicKey.toBase58())).toBe(-BigInt(SOL) - 5_000n);
    expect(landed?.changes.get(house.publicKey.toBase58())).toBe(BigInt(SOL));
    await practice.produceBlocks(31);
    expect(await chain.statuses([signature])).toMatchObject([{ commitment: 'finalized' }]);
  });

  it('says what is final, and gives no status from a node that has not come so far', async () => {
    const { practice, chain } = await openFunded();
    await practice.produceBlocks(40);
    const { slot, blockHeight } = await chain.finalized();
    expect(blockHeight).toBe(await chain.blockHeight('finalized'));
    expect(slot).toBe(await chain.slot('finalized'));
    const never = bs58.encode(new Uint8Array(64).fill(7));
    expect(await chain.statuses([never], { minSlot: slot })).toEqual([null]);
    const ahead = (await chain.slot('processed')) + 1;
    expect(await codeOf(chain.statuses([never], { minSlot: ahead }))).toBe('unavailable');
  });

  it('tells the transactions of an address newest first, back to one and from one, with their memos', async () => {
    const { practice, chain, player, house } = await openFunded();
    const signatures: string[] = [];
    for (let number = 0; number < 5; number += 1) {
      const { blockhash } = await chain.latestBlockhash();
      const memo = number === 3 ? undefined : `memo ${number}`;
      const signed = makeTransfer({ from: player, to: house.publicKey, amount: 1_000 + number, blockhash, memo });
      signatures.push(await chain.send(signed.serialize()));
      if (number % 2 === 0) await practice.produceBlock();
    }
    const address = player.publicKey.toBase58();
    const all = await chain.signaturesOf(address, { until: null, before: null });
    expect(all.slice(0, 5).map(({ signature }) => signature)).toEqual(signatures.toReversed());
    expect(all.slice(0, 5).map(({ memos }) => memos)).toEqual([['memo 4'], [], ['memo 2'], ['memo 1'], ['memo 0']]);
    expect(all).toHaveLength(6);
    const some = await chain.signaturesOf(address, { until: signatures[1]!, before: signatures[4]! });
    expect(some.map(({ signature }) => signature)).toEqual([signatures[3], signatures[2]]);
  });

  it('takes the same bytes twice and moves their lamports once', async () => {
    const { practice, chain, player, house } = await openFunded();
    const { blockhash } = await chain.latestBlockhash();
    const bytes = makeTransfer({ from: player, to: house.publicKey, amount: SOL, blockhash }).serialize();
    const signature = await chain.send(bytes);
    expect(await chain.send(bytes)).toBe(signature);
    await practice.produceBlock();
    expect(await chain.send(bytes)).toBe(signature);
    await practice.produceBlock();
    expect(await chain.balance(house.publicKey.toBase58(), 'confirmed')).toBe(101n * BigInt(SOL));
  });

  it('refuses what would fail, with the logs, and takes no fee for it', async () => {
    const { chain, player, house } = await openFunded();
    const { blockhash } = await chain.latestBlockhash();
    const bytes = makeTransfer({ from: player, to: house.publicKey, amount: 11 * SOL, blockhash }).serialize();
    const error = await chain.send(bytes).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ChainError);
    expect(error).toMatchObject({ code: 'rejected' });
    expect((error as ChainError).logs).toContain('Transfer: insufficient lamports 9999995000, need 11000000000');
    expect(await chain.balance(player.publicKey.toBase58(), 'processed')).toBe(10n * BigInt(SOL));
  });

  it('refuses a signature that is not the payer’s', async () => {
    const { chain, player, house } = await openFunded();
    const { blockhash } = await chain.latestBlockhash();
    const bytes = makeTransfer({ from: player, to: house.publicKey, amount: SOL, blockhash }).serialize();
    bytes[5] = bytes[5]! ^ 1;
    expect(await codeOf(chain.send(bytes))).toBe('rejected');
  });

  it('knows a blockhash for 150 blocks, and then calls it expired', async () => {
    const { practice, chain, player, house } = await openFunded();
    const { blockhash, lastValidBlockHeight } = await chain.latestBlockhash();
    const transfer = (amount: number) =>
      makeTransfer({ from: player, to: house.publicKey, amount, blockhash }).serialize();
    await practice.produceBlocks(149);
    expect(await chain.blockHeight('processed')).toBe(lastValidBlockHeight);
    expect(await codeOf(chain.send(transfer(1)))).toBe('fulfilled');
    await practice.produceBlock();
    expect(await chain.blockHeight('confirmed')).toBe(lastValidBlockHeight);
    expect(await codeOf(chain.send(transfer(2)))).toBe('expired');
  });

  it('tries out a transaction that nobody signed: what it costs, and why it would fail', async () => {
    const { chain, player, house } = await openFunded();
    const { blockhash } = await chain.latestBlockhash();
    const unsigned = (amount: number) => {
      const transaction = makeTransfer({ from: player, to: house.publicKey, amount, blockhash, memo: 'try' });
      return transaction.serialize().fill(0, 1, 65);
    };
    const good = await chain.simulate(unsigned(SOL));
    expect(good).toMatchObject({ ok: true, feeLamports: 5_000n });
    const bad = await chain.simulate(unsigned(20 * SOL));
    expect(bad).toMatchObject({ ok: false, error: '{"InstructionError":[0,{"Custom":1}]}' });
    expect(await chain.balance(player.publicKey.toBase58(), 'processed')).toBe(10n * BigInt(SOL));
    expect(await codeOf(chain.send(unsigned(SOL)))).toBe('rejected');
  });

  it('says what an account must keep, and refuses a transfer that would leave less', async () => {
    const { chain, player } = await openFunded();
    expect(await chain.rentExemptLamports()).toBe(890_880n);
    const { blockhash } = await chain.latestBlockhash();
    const stranger = Keypair.generate().publicKey;
    const bytes = makeTransfer({ from: player, to: stranger, amount: 890_879, blockhash }).serialize();
    expect(await codeOf(chain.send(bytes))).toBe('rejected');
  });

  it('knows nothing of a signature that never was', async () => {
    const { chain } = await openFunded();
    const never = '1'.repeat(64);
    expect(await chain.statuses([never])).toEqual([null]);
    expect(await chain.statuses([])).toEqual([]);
    expect(await chain.transaction(never)).toBeNull();
  });

  it('calls back at every slot, and no more once it is stopped', async () => {
    const { practice, chain } = await openFunded();
    const slots: number[] = [];
    const stop = chain.onSlot((slot) => slots.push(slot));
    await until(() => practice.subscriptions() === 1);
    const from = await chain.slot('processed');
    await practice.produceBlocks(3);
    await until(() => slots.length === 3);
    expect(slots).toEqual([from + 1, from + 2, from + 3]);
    stop();
    await until(() => practice.subscriptions() === 0);
  });
});
