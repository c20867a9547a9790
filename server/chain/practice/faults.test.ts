// Each fault as a client meets it, and how the chain interface tells it.
import { Keypair } from '@solana/web3.js';
import { describe, expect, it, vi } from 'vitest';
import { lamports } from '@/lib/units/lamports';
import {
  createTestClock,
  fund,
  keypairOf,
  makeTransfer,
  openTestRpc,
  post,
  seeded,
  SOL,
  startTestChain,
  until,
} from '@/server/chain/practice/test-kit/practice';

const player = keypairOf(1);
const house = keypairOf(2);

async function open(options: Parameters<typeof startTestChain>[0] = {}) {
  const practice = await startTestChain(options);
  const chain = openTestRpc(practice);
  await fund(practice, player.publicKey);
  await fund(practice, house.publicKey);
  const transfer = (amount: number) => {
    const { blockhash } = practice.chain.ledger.tip();
    return makeTransfer({ from: player, to: house.publicKey, amount, blockhash }).serialize();
  };
  return { practice, chain, transfer };
}

describe('faults of the practice chain', () => {
  it('drop: the signature is given, the transaction never lands, and may be sent again', async () => {
    const { practice, chain, transfer } = await open();
    const bytes = transfer(5);
    practice.setFaults({ drop: 1 });
    const signature = await chain.send(bytes);
    await practice.produceBlock();
    expect(await chain.statuses([signature])).toEqual([null]);
    await expect(chain.send(transfer(20 * SOL))).rejects.toMatchObject({ code: 'rejected' });
    practice.setFaults({ drop: 0 });
    expect(await chain.send(bytes)).toBe(signature);
    expect(await chain.statuses([signature])).toMatchObject([{ commitment: 'processed' }]);
  });

  it('drop: as often as its rate says', async () => {
    const { practice, chain, transfer } = await open({ random: seeded(7) });
    practice.setFaults({ drop: 0.3 });
    for (let amount = 1; amount <= 100; amount += 1) await chain.send(transfer(amount));
    const landed = practice.chain.ledger.open().transactions.length;
    expect(landed).toBeGreaterThan(55);
    expect(landed).toBeLessThan(85);
  });

  it('expire: a good blockhash is told to be unknown', async () => {
    const { practice, chain, transfer } = await open();
    practice.setFaults({ expire: 1 });
    await expect(chain.send(transfer(5))).rejects.toMatchObject({ code: 'expired' });
    expect(practice.chain.ledger.open().transactions).toEqual([]);
  });

  it('rate: more requests in a second are refused until the second is over', async () => {
    const clock = createTestClock();
    const { practice, chain } = await open({ clock });
    practice.setFaults({ ratePerSecond: 3 });
    clock.advance(10_000);
    for (let request = 0; request < 3; request += 1) await chain.slot('processed');
    await expect(chain.slot('processed')).rejects.toMatchObject({ code: 'rate-limited' });
    const refused = await post(practice.rpcUrl, '{}');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    clock.advance(334);
    await chain.slot('processed');
    await expect(chain.slot('processed')).rejects.toMatchObject({ code: 'rate-limited' });
  });

  it('down: nobody answers, on either port, until it is up again with all it had', async () => {
    const { practice, chain, transfer } = await open();
    const slots: number[] = [];
    chain.onSlot((slot) => slots.push(slot));
    await until(() => practice.subscriptions() === 1);
    const signature = await chain.send(transfer(5));
    practice.setFaults({ down: true });
    await until(() => practice.subscriptions() === 0);
    await expect(chain.slot('processed')).rejects.toMatchObject({ code: 'unavailable' });
    await expect(chain.send(transfer(6))).rejects.toMatchObject({ code: 'unavailable' });
    await practice.produceBlock();
    practice.setFaults({ down: false });
    expect(await chain.statuses([signature])).toMatchObject([{ commitment: 'confirmed' }]);
  });

  it('latency: the answer waits, and a caller that will not wait is told that nobody answers', async () => {
    const waiting: (() => void)[] = [];
    const waits: number[] = [];
    const delay = (ms: number) => {
      waits.push(ms);
      return new Promise<void>((resolve) => waiting.push(resolve));
    };
    const practice = await startTestChain({ delay });
    const patient = openTestRpc(practice);
    practice.setFaults({ latencyMs: 200 });
    const slot = patient.slot('processed');
    await until(() => waiting.length === 1);
    waiting[0]!();
    expect(await slot).toBe(1);
    const hasty = openTestRpc(practice, 20);
    await expect(hasty.slot('processed')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/no answer in time/),
    });
    expect(waits).toEqual([200, 200]);
    for (const release of waiting) release();
  });

  it('slow: blocks come as far apart as it says, and as before once it is over', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const practice = await startTestChain({ blockMs: 400 });
      const slot = () => practice.chain.ledger.open().slot;
      await vi.advanceTimersByTimeAsync(400 * 5);
      expect(slot()).toBe(6);
      practice.setFaults({ slowBlockMs: 2_000 });
      await vi.advanceTimersByTimeAsync(400 + 2_000 * 3);
      expect(slot()).toBe(10);
      practice.setFaults({ slowBlockMs: 0 });
      await vi.advanceTimersByTimeAsync(2_000 + 400 * 4);
      expect(slot()).toBe(15);
    } finally {
      vi.useRealTimers();
    }
  });

  it('fork: what was confirmed is gone, balances are as before, and the same bytes land again', async () => {
    const { practice, chain, transfer } = await open();
    const address = house.publicKey.toBase58();
    const signature = await chain.send(transfer(SOL));
    await practice.produceBlock();
    await practice.produceBlock();
    expect(await chain.statuses([signature])).toMatchObject([{ commitment: 'confirmed' }]);
    const slot = await chain.slot('processed');
    const height = await chain.blockHeight('processed');
    const fork = await practice.fork(2);
    expect(fork.dropped.map((landed) => landed.signature)).toEqual([signature]);
    expect(await chain.statuses([signature])).toEqual([null]);
    expect(await chain.transaction(signature)).toBeNull();
    expect(await chain.balance(address, 'processed')).toBe(lamports(10n * BigInt(SOL)));
    expect(await chain.signaturesOf(player.publicKey.toBase58(), { until: null, before: null })).toHaveLength(1);
    expect(await chain.slot('processed')).toBe(slot + 1);
    expect(await chain.blockHeight('processed')).toBe(height - 2);
    expect(await chain.send(transfer(SOL))).toBe(signature);
    await practice.produceBlock();
    expect(await chain.balance(address, 'confirmed')).toBe(lamports(11n * BigInt(SOL)));
    await expect(chain.send(transfer(SOL))).resolves.not.toBe(signature);
  });

  it('fork: a blockhash of a block that is no more is not known', async () => {
    const { practice, chain, transfer } = await open();
    await practice.produceBlocks(2);
    const bytes = transfer(5);
    await practice.fork(1);
    await expect(chain.send(bytes)).rejects.toMatchObject({ code: 'expired' });
  });

  it('fork: what is final stays', async () => {
    const { practice, chain, transfer } = await open({ finalityBlocks: 4 });
    const signature = await chain.send(transfer(5));
    await practice.produceBlocks(4);
    expect(await chain.statuses([signature])).toMatchObject([{ commitment: 'finalized' }]);
    await expect(practice.fork(4)).rejects.toThrow('is final: it cannot be rolled back');
    await practice.fork(3);
    expect(await chain.statuses([signature])).toMatchObject([{ commitment: 'finalized' }]);
    await expect(practice.fork(1)).rejects.toThrow('is final');
  });

  it('fork: an account that was made, and one that was emptied, are as they were', async () => {
    const { practice, chain } = await open();
    const fresh = Keypair.generate();
    const { blockhash } = practice.chain.ledger.tip();
    const give = makeTransfer({ from: player, to: fresh.publicKey, amount: 10 * SOL - 5_000, blockhash });
    await chain.send(give.serialize());
    expect(practice.chain.account(player.publicKey.toBase58(), 'processed')).toBeNull();
    await practice.produceBlock();
    await practice.fork(1);
    expect(practice.chain.account(fresh.publicKey.toBase58(), 'processed')).toBeNull();
    expect(await chain.balance(player.publicKey.toBase58(), 'processed')).toBe(lamports(10n * BigInt(SOL)));
    await chain.send(give.serialize());
    expect(await chain.balance(fresh.publicKey.toBase58(), 'processed')).toBe(lamports(10n * BigInt(SOL) - 5_000n));
  });
});
