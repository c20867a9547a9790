import {
  Keypair,
  PublicKey,
  SystemProgram,
  TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import bs58 from 'bs58';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeTransaction, MEMO_PROGRAM } from '@/lib/wallet/describe-transaction';
import { isStake } from '@/lib/wallet/is-stake';
import { lamports } from '@/lib/units/lamports';
import { addSignature, compareSigned, parseEnvelope } from '@/lib/wallet/transaction-bytes';

const player = Keypair.fromSeed(new Uint8Array(32).fill(1));
const venue = Keypair.fromSeed(new Uint8Array(32).fill(2)).publicKey;
const BLOCKHASH = bs58.encode(new Uint8Array(32).fill(3));

function transferOf(lamports: bigint) {
  return SystemProgram.transfer({ fromPubkey: player.publicKey, toPubkey: venue, lamports });
}

function memoOf(text: string) {
  return new TransactionInstruction({ keys: [], programId: new PublicKey(MEMO_PROGRAM), data: Buffer.from(text) });
}

function build(version: 'legacy' | 0, instructions: TransactionInstruction[]): Uint8Array {
  const message = new TransactionMessage({ payerKey: player.publicKey, recentBlockhash: BLOCKHASH, instructions });
  const compiled = version === 0 ? message.compileToV0Message() : message.compileToLegacyMessage();
  return new VersionedTransaction(compiled).serialize();
}

function sign(transaction: Uint8Array, by = player): Uint8Array {
  const signed = VersionedTransaction.deserialize(transaction);
  signed.sign([by]);
  return signed.serialize();
}

describe.each(['legacy', 0] as const)('a transaction of version %s, as web3.js writes it', (version) => {
  it('is read as what it does', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 62n }), fc.string({ maxLength: 100 }), (amount, text) => {
        const content = describeTransaction(build(version, [transferOf(amount), memoOf(text)]));
        const address = player.publicKey.toBase58();
        expect(content).toEqual({
          feePayer: address,
          blockhash: BLOCKHASH,
          steps: [
            { kind: 'transfer', from: address, to: venue.toBase58(), lamports: amount },
            { kind: 'memo', text: Buffer.from(text).toString() },
          ],
        });
      }),
      { numRuns: 50 },
    );
  });

  it('is the stake of a bet when it is that and nothing else', () => {
    const stake = { betId: 'Bet1111111111111111111', lamports: lamports(5n) };
    const address = player.publicKey.toBase58();
    const memo = memoOf(`fortytick:bet:${stake.betId}`);
    const is = (...instructions: TransactionInstruction[]) => isStake(build(version, instructions), stake, address);
    expect(is(transferOf(5n), memo)).toBe(true);
    expect(is(transferOf(6n), memo)).toBe(false);
    expect(is(transferOf(5n), memoOf('fortytick:bet:Bet2222222222222222222'))).toBe(false);
    expect(is(transferOf(5n))).toBe(false);
    expect(is(memo)).toBe(false);
    expect(is(transferOf(5n), memo, transferOf(5n))).toBe(false);
    const other = new TransactionInstruction({ keys: [], programId: venue, data: Buffer.from([1]) });
    expect(is(transferOf(5n), memo, other)).toBe(false);
    const toSelf = SystemProgram.transfer({ fromPubkey: player.publicKey, toPubkey: player.publicKey, lamports: 5n });
    expect(is(toSelf, memo)).toBe(false);
    expect(isStake(build(version, [transferOf(5n), memo]), stake, venue.toBase58())).toBe(false);
    expect(isStake(new Uint8Array([1, 2, 3]), stake, address)).toBe(false);
  });

  it('names the program of whatever else is in it', () => {
    const other = new TransactionInstruction({ keys: [], programId: venue, data: Buffer.from([1]) });
    expect(describeTransaction(build(version, [other]))?.steps).toEqual([
      { kind: 'unknown', program: venue.toBase58() },
    ]);
    const notATransfer = SystemProgram.assign({ accountPubkey: player.publicKey, programId: venue });
    expect(describeTransaction(build(version, [notATransfer]))?.steps[0]?.kind).toBe('unknown');
  });

  it('signed by the player is as it was given; with any byte of its message changed it is not', () => {
    const given = build(version, [transferOf(5n), memoOf('fortytick:bet:x')]);
    const signed = sign(given);
    expect(compareSigned(given, signed)).toBe('as-given');
    expect(compareSigned(given, given)).toBe('unsigned');
    for (let index = 65; index < signed.length; index++) {
      const changed = Uint8Array.from(signed);
      changed[index]! ^= 1;
      expect(compareSigned(given, changed)).toBe('changed');
    }
    expect(
      compareSigned(given, sign(build(version, [transferOf(5n), memoOf('fortytick:bet:x'), memoOf('more')]))),
    ).toBe('changed');
  });

  it('takes a signature at the place of its signer only', () => {
    const given = build(version, [transferOf(5n)]);
    const signature = parseEnvelope(sign(given))!.signatures[0]!;
    expect(addSignature(given, player.publicKey.toBytes(), signature)).toEqual(sign(given));
    expect(() => addSignature(given, venue.toBytes(), signature)).toThrow(RangeError);
  });

  it('cut short or made longer is not read at all', () => {
    const given = build(version, [transferOf(5n), memoOf('fortytick:bet:x')]);
    for (let length = 0; length < given.length; length++)
      expect(describeTransaction(given.subarray(0, length))).toBeNull();
    expect(describeTransaction(Uint8Array.from([...given, 0]))).toBeNull();
  });
});

describe('bytes that are no transaction', () => {
  it('are told apart, never thrown over', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(() => describeTransaction(bytes)).not.toThrow();
        expect(compareSigned(bytes, Uint8Array.from([...bytes, 1]))).toBe('changed');
      }),
    );
  });
});
