import { Keypair, PublicKey, SystemProgram, Transaction, TransactionInstruction } from '@solana/web3.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lamports } from '@/lib/units/lamports';
import { MEMO_PROGRAM, toMemo } from '@/server/bets/venues/practice/memo';
import { createPlayer, openPracticeKit, STAKE, type PracticeKit } from '@/server/bets/venues/test-kit/practice-kit';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const PAYOUT = lamports(STAKE * 5n);
const FINAL = 6;
/** More slots than a blockhash of the fake chain lives, and than finality takes after that. */
const EXPIRY = 32;

let kit: PracticeKit;
beforeEach(async () => {
  kit = await openPracticeKit(database());
});
afterEach(() => kit.close());

const memosOnChain = (purpose: 'bet' | 'payout' | 'refund', betId: string) =>
  kit.chain.landedWith(toMemo(purpose, betId)).length;

async function transfer({
  from,
  to = kit.venueAddress,
  amount = STAKE,
  memo,
}: {
  from: Keypair;
  to?: string;
  amount?: bigint;
  memo: string | null;
}): Promise<void> {
  const { blockhash, lastValidBlockHeight } = await kit.chain.latestBlockhash();
  const transaction = new Transaction({ feePayer: from.publicKey, blockhash, lastValidBlockHeight });
  transaction.add(
    SystemProgram.transfer({ fromPubkey: from.publicKey, toPubkey: new PublicKey(to), lamports: amount }),
  );
  if (memo !== null) {
    const data = Buffer.from(memo);
    transaction.add(new TransactionInstruction({ keys: [], programId: new PublicKey(MEMO_PROGRAM), data }));
  }
  transaction.sign(from);
  await kit.chain.send(transaction.serialize());
}

describe('a bet on the practice chain', () => {
  it('is confirmed with the next slot, final some slots later, and paid once', async () => {
    const bet = await kit.place();
    await kit.slots();
    expect(kit.port().find('confirmed')).toMatchObject([
      { betId: bet.betId, stakeLamports: STAKE, feeLamports: 5_000n },
    ]);
    await kit.slots(FINAL);
    expect(kit.port().of(bet.betId)).toEqual(['confirmed', 'finalized']);
    const before = kit.chain.balanceNow(kit.player.owner.publicKey);
    kit.payBack(bet, 'won', PAYOUT);
    kit.payBack(bet, 'won', PAYOUT);
    await kit.slots(FINAL + 3);
    expect(kit.port().find('paid')).toMatchObject([{ betId: bet.betId, lamports: PAYOUT, feeLamports: 5_000n }]);
    expect(kit.chain.balanceNow(kit.player.owner.publicKey) - before).toBe(PAYOUT);
    expect(memosOnChain('payout', bet.betId)).toBe(1);
  });

  it('is followed and paid from where it stands after a restart between any two slots', async () => {
    for (let at = 0; at < 8; at++) {
      const bet = await kit.place();
      kit.venue().follow(bet, kit.player.owner);
      await kit.slots(at);
      await kit.restart();
      kit.venue().follow(bet, kit.player.owner);
      await kit.slots(FINAL + 3);
      kit.payBack(bet, 'void', STAKE);
      await kit.slots(at);
      await kit.restart();
      kit.payBack(bet, 'void', STAKE);
      await kit.slots(FINAL + 6);
      expect(memosOnChain('bet', bet.betId), `restart after ${at} slots`).toBe(1);
      expect(memosOnChain('refund', bet.betId), `restart after ${at} slots`).toBe(1);
      expect(await kit.transactions(bet.betId)).toMatchObject([
        { role: 'refund', attempt: 1, status: 'finalized' },
        { role: 'stake', attempt: 1, status: 'finalized' },
      ]);
    }
  });

  it('is prepared only when the wallet can pay it and keeps what the network asks for', async () => {
    const { owner } = await createPlayer(kit.sql, 'poor');
    const { bet } = await kit.prepareAndSign();
    const prepare = async () => kit.venue().prepare({ ...bet, betId: `${bet.betId}2` }, owner);
    expect(await prepare()).toMatchObject({ error: { code: 'insufficient-balance' } });
    kit.chain.give(owner.publicKey, STAKE + 5_000n + 890_879n);
    const short = await prepare();
    expect(short).toMatchObject({ error: { code: 'insufficient-balance' } });
    expect(!short.ok && short.error.message).toMatch(/would leave 0\.000890879 SOL .* below the 0\.00089088 SOL/);
    kit.chain.give(owner.publicKey, 1n);
    expect(await prepare()).toMatchObject({ ok: true, value: { balanceAfterLamports: 890_880n } });
  });

  it('is not taken when the house could not pay it with every other open bet', async () => {
    const share = 4n * STAKE;
    await kit.sql`update ledger_balances set lamports = ${(share * 2n + 20_000_000n).toString()} where account = 'house'`;
    await kit.slots(3);
    await kit.prepareAndSign();
    await kit.prepareAndSign();
    await expect(kit.prepareAndSign()).rejects.toThrow(/five times over/);
  });
});

describe('a chain with faults', () => {
  it('that drops what is sent: the stake is sent again until it lands, once', async () => {
    kit.chain.faults.drop = true;
    const bet = await kit.place();
    await kit.slots(6);
    expect(kit.port().told).toEqual([]);
    kit.chain.faults.drop = false;
    await kit.slots(FINAL + 8);
    expect(kit.port().of(bet.betId)).toEqual(['confirmed', 'finalized']);
    expect(memosOnChain('bet', bet.betId)).toBe(1);
    expect(new Set(kit.chain.sent.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(1);
  });

  it('that drops it until its blockhash is too old: the bet fails, and nothing is sent any more', async () => {
    kit.chain.faults.drop = true;
    const bet = await kit.place();
    await kit.slots(EXPIRY);
    expect(kit.port().find('failed')).toMatchObject([{ betId: bet.betId, reason: 'never-landed' }]);
    kit.chain.faults.drop = false;
    const sent = kit.chain.sent.length;
    await kit.slots(12);
    expect(kit.chain.sent).toHaveLength(sent);
    expect(kit.port().of(bet.betId)).toEqual(['failed']);
  });

  it('that loses its answers: whatever was sent counts, once', async () => {
    kit.chain.faults.loseAnswers = true;
    const bet = await kit.place();
    await kit.slots(FINAL + 2);
    kit.payBack(bet, 'won', PAYOUT);
    await kit.slots(FINAL + 6);
    expect(kit.port().of(bet.betId)).toEqual(['confirmed', 'finalized', 'paid']);
    expect(memosOnChain('payout', bet.betId)).toBe(1);
  });

  it('that takes a stake back: it is sent again, and final in the end', async () => {
    const bet = await kit.place();
    await kit.slots(2);
    expect(kit.port().of(bet.betId)).toEqual(['confirmed']);
    kit.chain.fork(3);
    expect(memosOnChain('bet', bet.betId)).toBe(0);
    await kit.slots(FINAL + 8);
    expect(kit.port().of(bet.betId)).toEqual(['confirmed', 'finalized']);
    expect(memosOnChain('bet', bet.betId)).toBe(1);
  });

  it('that takes a stake back for good: it vanished, and nothing else is told of it', async () => {
    const bet = await kit.place();
    await kit.slots(2);
    kit.chain.fork(3);
    kit.chain.faults.drop = true;
    await kit.slots(EXPIRY);
    expect(kit.port().of(bet.betId)).toEqual(['confirmed', 'vanished']);
    kit.payBack(bet, 'void', lamports(0n));
    await kit.slots(2);
    expect(kit.port().find('paid')).toMatchObject([{ betId: bet.betId, lamports: 0n, signature: null }]);
    expect(memosOnChain('refund', bet.betId)).toBe(0);
  });

  it('that takes a payment back: the same payment is sent again, never a second', async () => {
    const bet = await kit.place();
    await kit.slots(FINAL + 2);
    kit.payBack(bet, 'won', PAYOUT);
    await kit.slots(3);
    expect(memosOnChain('payout', bet.betId)).toBe(1);
    kit.chain.fork(4);
    expect(memosOnChain('payout', bet.betId)).toBe(0);
    await kit.slots(FINAL + 10);
    expect(memosOnChain('payout', bet.betId)).toBe(1);
    expect(await kit.transactions(bet.betId)).toMatchObject([{ role: 'payout', attempt: 1, status: 'finalized' }, {}]);
  });

  it('that drops a payment until it is dead: the next attempt pays, and only that', async () => {
    const bet = await kit.place();
    await kit.slots(FINAL + 2);
    kit.chain.faults.drop = true;
    kit.payBack(bet, 'won', PAYOUT);
    await kit.slots(EXPIRY);
    kit.chain.faults.drop = false;
    await kit.slots(FINAL + 12);
    expect(await kit.transactions(bet.betId)).toMatchObject([
      { role: 'payout', attempt: 1, status: 'dead' },
      { role: 'payout', attempt: 2, status: 'finalized' },
      { role: 'stake' },
    ]);
    expect(memosOnChain('payout', bet.betId)).toBe(1);
  });

  it('that answers from a node which fell behind: a payment which that one does not know is not made again', async () => {
    const bet = await kit.place();
    await kit.slots(FINAL + 2);
    kit.chain.faults.behind = true;
    kit.payBack(bet, 'won', PAYOUT);
    await kit.slots(EXPIRY * 2);
    expect(kit.port().find('paid')).toEqual([]);
    kit.chain.faults.behind = false;
    await kit.slots(80);
    expect(kit.port().find('paid')).toHaveLength(1);
    expect(memosOnChain('payout', bet.betId)).toBe(1);
  });

  it('that is down: no bets, in words; and it heals by itself with nothing lost', async () => {
    const bet = await kit.place();
    await kit.slots(1);
    expect(kit.venue().problem()).toBeNull();
    kit.chain.faults.down = true;
    await kit.slots(20);
    expect(kit.venue().problem()).toMatchObject({ code: 'venue-unavailable' });
    await expect(kit.prepareAndSign()).rejects.toThrow(/does not answer/);
    kit.payBack(bet, 'won', PAYOUT);
    await kit.slots(20);
    kit.chain.faults.down = false;
    await kit.slots(80);
    expect(kit.venue().problem()).toBeNull();
    expect(kit.port().of(bet.betId)).toEqual(['confirmed', 'finalized', 'paid']);
    expect(memosOnChain('payout', bet.betId)).toBe(1);
  });

  it('that is slow: one round waits, and no second begins', async () => {
    const bet = await kit.place();
    const release = kit.chain.hold();
    kit.chain.advance(5);
    await new Promise((resolve) => setImmediate(resolve));
    expect(kit.port().told).toEqual([]);
    release();
    await kit.slots(2);
    expect(kit.port().find('confirmed')).toHaveLength(1);
    expect(kit.port().of(bet.betId)).toContain('confirmed');
  });

  it('and a record that is away: everything is told again once it is back', async () => {
    const bet = await kit.place();
    kit.port().refusing = true;
    await kit.slots(FINAL + 4);
    expect(kit.port().told).toEqual([]);
    kit.port().refusing = false;
    await kit.slots(2);
    expect(kit.port().of(bet.betId)).toEqual(['confirmed', 'finalized']);
  });
});

describe('a network that fails after the player signed', () => {
  it('our relay never saw it, the wallet sent it: the bet is found by its memo', async () => {
    const { bet, transaction } = await kit.prepareAndSign();
    await kit.chain.send(Buffer.from(transaction, 'base64'));
    await kit.slots(FINAL + 1);
    expect(kit.port().find('confirmed')).toMatchObject([
      { betId: bet.betId, stakeLamports: STAKE, feeLamports: 5_000n },
    ]);
    expect(kit.port().of(bet.betId)).toEqual(['confirmed', 'finalized']);
  });

  it('the wallet and our relay both sent it: it counts once', async () => {
    const signed = await kit.prepareAndSign();
    await kit.chain.send(Buffer.from(signed.transaction, 'base64'));
    await kit.submit(signed);
    await kit.slots(FINAL + 4);
    expect(kit.port().find('confirmed')).toHaveLength(1);
    expect(memosOnChain('bet', signed.bet.betId)).toBe(1);
  });

  it('nobody ever sent it: nothing happens', async () => {
    await kit.prepareAndSign();
    await kit.slots(EXPIRY);
    expect(kit.port().told).toEqual([]);
  });

  it('it comes with another amount: told as it came', async () => {
    const { bet } = await kit.prepareAndSign();
    await transfer({ from: kit.player.keypair, amount: STAKE * 2n, memo: toMemo('bet', bet.betId) });
    await kit.slots(2);
    expect(kit.port().find('confirmed')).toMatchObject([{ betId: bet.betId, stakeLamports: STAKE * 2n }]);
  });

  it('a second stake for one bet is told like the first: the engine gives it back', async () => {
    const bet = await kit.place();
    await kit.slots(1);
    await transfer({ from: kit.player.keypair, memo: toMemo('bet', bet.betId) });
    await kit.slots(FINAL + 2);
    expect(kit.port().find('confirmed')).toMatchObject([{ betId: bet.betId }, { betId: bet.betId }]);
    expect(kit.port().find('finalized')).toHaveLength(2);
    expect(kit.port().find('unidentified')).toEqual([]);
  });

  it('one from a stranger is nobody’s', async () => {
    const bet = await kit.place();
    const stranger = Keypair.generate();
    kit.chain.give(stranger.publicKey.toBase58(), 1_000_000_000n);
    await transfer({ from: stranger, memo: toMemo('bet', bet.betId) });
    await kit.slots(FINAL + 2);
    expect(kit.port().find('confirmed')).toHaveLength(1);
    expect(kit.port().find('unidentified')).toMatchObject([{ lamports: STAKE, feeLamports: 0n }]);
  });
});

describe('other money at the venue’s address', () => {
  it('without a memo of ours is unidentified; funding is the house’s own', async () => {
    await transfer({ from: kit.player.keypair, amount: 7_000_000n, memo: null });
    await transfer({ from: kit.player.keypair, amount: 8_000_000n, memo: toMemo('bet', 'Unknown1111111111111') });
    await transfer({ from: kit.player.keypair, amount: 9_000_000n, memo: 'fortytick:fund' });
    await kit.chain.airdrop(kit.venueAddress, lamports(5_000_000_000n));
    await kit.slots(FINAL + 2);
    expect(
      kit
        .port()
        .find('unidentified')
        .map((one) => one.lamports),
    ).toEqual([7_000_000n, 8_000_000n]);
    expect(
      kit
        .port()
        .find('houseMoved')
        .map((one) => one.lamports),
    ).toEqual([9_000_000n, 5_000_000_000n]);
  });

  it('is known to the last lamport after every round, booked or not', async () => {
    const differences: bigint[] = [];
    const start = kit.chain.balanceNow(kit.venueAddress);
    kit.venue().onRound(async ({ complete, unbookedLamports }) => {
      if (!complete) return;
      const { told } = kit.port();
      const booked = told.reduce((sum, one) => {
        if (one.report === 'confirmed') return sum + one.stakeLamports;
        if (one.report === 'paid') return sum - one.lamports - one.feeLamports;
        if (one.report === 'unidentified' || one.report === 'houseMoved') return sum + one.lamports - one.feeLamports;
        return sum;
      }, 0n);
      differences.push(start + booked + unbookedLamports - kit.chain.balanceNow(kit.venueAddress));
    });
    const bet = await kit.place();
    await transfer({ from: kit.player.keypair, amount: 7_000_000n, memo: null });
    await kit.slots(FINAL + 1);
    kit.payBack(bet, 'won', PAYOUT);
    await kit.place();
    await kit.slots(3);
    kit.chain.fork(4);
    await kit.slots(FINAL + 8);
    expect(kit.port().find('paid')).toHaveLength(1);
    expect(differences.length).toBeGreaterThan(4);
    expect(differences.every((difference) => difference === 0n)).toBe(true);
  });
});

it('a chain that does not know what was read from it last is another one, and takes no bets', async () => {
  await kit.place();
  await kit.slots(FINAL + 2);
  await kit.sql`update chain_cursors set signature = 'unknown' where address = ${kit.venueAddress}`;
  await kit.restart();
  await kit.slots(3);
  expect(kit.venue().problem()).toMatchObject({
    code: 'venue-unavailable',
    message: expect.stringMatching(/not the one/),
  });
});
