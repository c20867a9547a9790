import {
  ComputeBudgetProgram,
  Keypair,
  PublicKey,
  SystemProgram,
  Transaction,
  TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import bs58 from 'bs58';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lamports } from '@/lib/units/lamports';
import { checkStake } from '@/server/bets/venues/practice/check-stake';
import { MEMO_PROGRAM, toMemo } from '@/server/bets/venues/practice/memo';
import { prepareStake } from '@/server/bets/venues/practice/stake-transaction';

const key = (n: number) => Keypair.fromSeed(new Uint8Array(32).fill(n));
const [player, venue, stranger] = [key(1), key(2), key(3)];
const BLOCKHASH = bs58.encode(new Uint8Array(32).fill(7));
const BET = { betId: 'Bet1111111111111111111', stakeLamports: lamports(50_000_000n) };
const TERMS = {
  betId: BET.betId,
  player: player.publicKey.toBase58(),
  venue: venue.publicKey.toBase58(),
  stakeLamports: BET.stakeLamports,
  feeLamports: lamports(5_000n),
};
const prepared = prepareStake(TERMS, { blockhash: BLOCKHASH, lastValidBlockHeight: 150 });

function check(bytes: Uint8Array | string) {
  const transaction = typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('base64');
  return checkStake({ bet: BET, player: TERMS.player, kept: prepared.kept, transaction });
}

const codeOf = (bytes: Uint8Array | string) => {
  const checked = check(bytes);
  return checked.ok ? 'passed' : checked.error.code;
};

type Parts = {
  from?: Keypair;
  to?: PublicKey;
  amount?: bigint;
  memo?: string;
  blockhash?: string;
  feePayer?: Keypair;
  extra?: TransactionInstruction[];
  extraLast?: TransactionInstruction[];
  signer?: Keypair;
};

/** What a wallet would sign, put together by web3.js, with any part changed. */
function signed({ from = player, to = venue.publicKey, amount = 50_000_000n, ...parts }: Parts = {}): Uint8Array {
  const feePayer = parts.feePayer ?? from;
  const transaction = new Transaction({
    feePayer: feePayer.publicKey,
    blockhash: parts.blockhash ?? BLOCKHASH,
    lastValidBlockHeight: 150,
  });
  transaction.add(
    ...(parts.extra ?? []),
    SystemProgram.transfer({ fromPubkey: from.publicKey, toPubkey: to, lamports: amount }),
    memoInstruction(parts.memo ?? toMemo('bet', BET.betId)),
    ...(parts.extraLast ?? []),
  );
  transaction.sign(...new Set([feePayer, from]));
  return new Uint8Array(transaction.serialize());
}

const memoInstruction = (text: string) =>
  new TransactionInstruction({ keys: [], programId: new PublicKey(MEMO_PROGRAM), data: Buffer.from(text) });

describe('the transaction a player is given', () => {
  it('says in words all that signing it does', () => {
    expect(prepared.words).toEqual([
      'Pay 0.05 SOL from your wallet to the practice venue.',
      'Pay the network fee of 0.000005 SOL.',
      'Nothing else.',
    ]);
  });

  it('passes once its player has signed it, as a wallet signs it', () => {
    const wallet = Transaction.from(prepared.bytes);
    wallet.partialSign(player);
    const checked = check(wallet.serialize());
    expect(checked).toMatchObject({ ok: true, value: { lastValidBlockHeight: 150 } });
    expect(checked.ok && checked.value.signature).toBe(bs58.encode(wallet.signature!));
  });
});

describe('a signed transaction that is not the one prepared', () => {
  it('passes when web3.js puts together the very same', () => {
    expect(codeOf(signed())).toBe('passed');
  });

  it.each<[string, Parts]>([
    ['other-amount', { amount: 49_999_999n }],
    ['other-amount', { amount: 0n }],
    ['other-recipient', { to: stranger.publicKey }],
    ['other-recipient', { to: player.publicKey }],
    ['other-memo', { memo: 'hello' }],
    ['other-memo', { memo: toMemo('refund', BET.betId) }],
    ['other-memo', { memo: `${toMemo('bet', BET.betId)} ` }],
    ['other-bet', { memo: toMemo('bet', 'Bet2222222222222222222') }],
    ['other-fee-payer', { feePayer: stranger }],
    ['other-fee-payer', { from: stranger }],
    ['extra-instruction', { extra: [ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 1 })] }],
    [
      'extra-instruction',
      {
        extraLast: [
          SystemProgram.transfer({ fromPubkey: player.publicKey, toPubkey: stranger.publicKey, lamports: 1n }),
        ],
      },
    ],
    ['extra-instruction', { extraLast: [memoInstruction('one more')] }],
    [
      'unknown-program',
      { extra: [new TransactionInstruction({ keys: [], programId: stranger.publicKey, data: Buffer.from([1]) })] },
    ],
    ['transaction-changed', { blockhash: bs58.encode(new Uint8Array(32).fill(8)) }],
  ])('is refused as %s for %o', (code, parts) => {
    const checked = check(signed(parts));
    expect(checked).toMatchObject({ ok: false, error: { code } });
    expect(!checked.ok && checked.error.message).toMatch(/Nothing was sent, and nothing moved\.$/);
  });

  it('is refused when a part is missing', () => {
    const bare = new Transaction({ feePayer: player.publicKey, blockhash: BLOCKHASH, lastValidBlockHeight: 150 });
    bare.add(memoInstruction(toMemo('bet', BET.betId)));
    bare.sign(player);
    expect(codeOf(bare.serialize())).toBe('transaction-changed');
  });

  it('tells a wallet’s priority fee from other additions', () => {
    const checked = check(signed({ extra: [ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 1 })] }));
    expect(!checked.ok && checked.error.message).toMatch(/priority fee/);
  });

  it('is refused unsigned, and signed by another wallet', () => {
    expect(codeOf(prepared.bytes)).toBe('not-signed');
    const bytes = prepared.bytes.slice();
    const other = Transaction.from(signed({ from: stranger }));
    bytes.set(other.signature!, 1);
    expect(codeOf(bytes)).toBe('wrong-signer');
  });

  it('is refused when it is no transaction, too long, or of the newer format', () => {
    const versioned = new VersionedTransaction(
      new TransactionMessage({
        payerKey: player.publicKey,
        recentBlockhash: BLOCKHASH,
        instructions: [
          SystemProgram.transfer({ fromPubkey: player.publicKey, toPubkey: venue.publicKey, lamports: 1n }),
        ],
      }).compileToV0Message(),
    );
    versioned.sign([player]);
    const long = new Uint8Array(1_233).fill(1);
    for (const text of ['', 'no base64!', 'AAAA', 'AQ==', 'AR==', '/////w=='])
      expect(codeOf(text)).toBe('bad-transaction');
    expect(codeOf(versioned.serialize())).toBe('bad-transaction');
    expect(codeOf(long)).toBe('bad-transaction');
    expect(codeOf(Buffer.concat([signed(), Buffer.from([0])]))).not.toBe('passed');
  });

  it('never passes with any byte changed, cut off or added', () => {
    const genuine = signed();
    for (let at = 0; at < genuine.length; at++) {
      const bytes = genuine.slice();
      bytes[at]! ^= 1 << (at % 8);
      expect(codeOf(bytes), `byte ${at}`).not.toBe('passed');
      expect(codeOf(genuine.slice(0, at)), `cut at ${at}`).not.toBe('passed');
    }
  });

  it('never passes unless it is the very same bytes (any bytes, any edits)', () => {
    const genuine = signed();
    const edit = fc.record({ at: fc.nat(genuine.length - 1), value: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), (edits) => {
        const bytes = genuine.slice();
        for (const { at, value } of edits) bytes[at] = value;
        expect(codeOf(bytes) === 'passed').toBe(Buffer.from(bytes).equals(genuine));
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1_300 }), (bytes) => {
        expect(codeOf(bytes)).not.toBe('passed');
      }),
    );
  });

  it('never passes for any other terms than those prepared', () => {
    const terms = fc.record({
      amount: fc.bigInt({ min: 1n, max: 10_000_000_000n }),
      to: fc.constantFrom(venue, stranger),
      memo: fc.constantFrom(toMemo('bet', BET.betId), 'x'),
    });
    fc.assert(
      fc.property(terms, ({ amount, to, memo }) => {
        const same = amount === BET.stakeLamports && to === venue && memo !== 'x';
        expect(codeOf(signed({ amount, to: to.publicKey, memo })) === 'passed').toBe(same);
      }),
      { numRuns: 50 },
    );
  });
});
