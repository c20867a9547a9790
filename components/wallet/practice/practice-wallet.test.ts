import { ed25519 } from '@noble/curves/ed25519.js';
import {
  Keypair,
  SystemProgram,
  Transaction,
  TransactionInstruction,
  PublicKey,
  VersionedTransaction,
} from '@solana/web3.js';
import bs58 from 'bs58';
import { describe, expect, it } from 'vitest';
import { createPracticeKeyStore, type PracticeStorage } from '@/components/wallet/practice/practice-key';
import { createPracticeQuestions } from '@/components/wallet/practice/practice-questions';
import { createPracticeWallet } from '@/components/wallet/practice/practice-wallet';
import { createStandardPort } from '@/components/wallet/ports/standard-port';
import { isSolanaWallet } from '@/components/wallet/ports/standard-wallet';
import { parseSiwsMessage } from '@/lib/auth/siws-message';
import { MEMO_PROGRAM } from '@/lib/wallet/describe-transaction';
import { PRACTICE_CHAIN } from '@/lib/wallet/practice-chain';

const FIELDS = {
  nonce: 'abcdefgh',
  domain: 'localhost:1',
  statement: 'Sign in.',
  uri: 'http://localhost:1',
  version: '1',
  chainId: PRACTICE_CHAIN,
  issuedAt: '2026-01-01T00:00:00.000Z',
  expirationTime: '2026-01-01T00:05:00.000Z',
};
const fields = (chainId = PRACTICE_CHAIN) => ({
  nonce: FIELDS.nonce,
  chain: chainId,
  expiresAtMs: 0,
  input: { ...FIELDS, chainId },
});

function createStorage(): PracticeStorage & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
  };
}

function setUp(storage: PracticeStorage | null = createStorage()) {
  const questions = createPracticeQuestions();
  const keys = createPracticeKeyStore(storage, (count) => new Uint8Array(count).fill(5));
  const wallet = createPracticeWallet(keys, questions);
  const port = createStandardPort(wallet);
  /** The player's next answer, given when the question is there. */
  const answerNext = (isApproved: boolean) => {
    const off = questions.subscribe(() => {
      const question = questions.get();
      if (!question) return;
      off();
      queueMicrotask(() => question.answer(isApproved));
    });
  };
  return { questions, keys, wallet, port, answerNext };
}

function stakeOf(address: string): Uint8Array {
  const player = new PublicKey(address);
  const venue = Keypair.fromSeed(new Uint8Array(32).fill(6)).publicKey;
  const transaction = new Transaction({
    feePayer: player,
    blockhash: bs58.encode(new Uint8Array(32).fill(7)),
    lastValidBlockHeight: 9,
  });
  transaction.add(SystemProgram.transfer({ fromPubkey: player, toPubkey: venue, lamports: 10_000_000n }));
  transaction.add(
    new TransactionInstruction({
      keys: [],
      programId: new PublicKey(MEMO_PROGRAM),
      data: Buffer.from('fortytick:bet:x'),
    }),
  );
  return transaction.serialize({ requireAllSignatures: false });
}

describe('the practice wallet', () => {
  it('is a Wallet Standard wallet of the practice chain, and says what it is', () => {
    const { wallet, port } = setUp();
    expect(isSolanaWallet(wallet)).toBe(true);
    expect(wallet.chains).toEqual([PRACTICE_CHAIN]);
    expect(port.isPractice).toBe(true);
  });

  it('signs in with a message that the server understands, signed by its key', async () => {
    const { port, answerNext, questions } = setUp();
    answerNext(true);
    const signed = await port.signIn!(fields());
    expect(parseSiwsMessage(signed.message)).toEqual({ ...FIELDS, address: port.publicKey() });
    const bytes = new TextEncoder().encode(signed.message);
    expect(ed25519.verify(signed.signature, bytes, bs58.decode(signed.publicKey))).toBe(true);
    expect(questions.get()).toBeNull();
  });

  it('signs a stake that web3.js then takes as signed, after telling what it does', async () => {
    const { port, answerNext, questions } = setUp();
    const address = (await port.connect({ silent: false }))!;
    const seen: unknown[] = [];
    questions.subscribe(() => questions.get() && seen.push(questions.get()));
    answerNext(true);
    const signed = await port.signTransaction(stakeOf(address), PRACTICE_CHAIN);
    expect(seen[0]).toMatchObject({
      kind: 'transaction',
      content: {
        feePayer: address,
        steps: [
          { kind: 'transfer', lamports: 10_000_000n },
          { kind: 'memo', text: 'fortytick:bet:x' },
        ],
      },
    });
    const transaction = VersionedTransaction.deserialize(signed);
    const isGood = ed25519.verify(transaction.signatures[0]!, transaction.message.serialize(), bs58.decode(address));
    expect(isGood).toBe(true);
  });

  it('refuses every other chain, without even asking', async () => {
    const { port, questions } = setUp();
    const address = (await port.connect({ silent: false }))!;
    await expect(port.signIn!(fields('solana:mainnet'))).rejects.toMatchObject({ code: 4901 });
    await expect(port.signTransaction(stakeOf(address), 'solana:devnet')).rejects.toMatchObject({ code: 4901 });
    expect(questions.get()).toBeNull();
  });

  it('does not sign what it cannot read, nor for an account it does not have', async () => {
    const { port, keys } = setUp();
    const address = (await port.connect({ silent: false }))!;
    await expect(port.signTransaction(stakeOf(address).subarray(0, 90), PRACTICE_CHAIN)).rejects.toMatchObject({
      code: -32000,
    });
    keys.forget();
    await expect(port.signTransaction(stakeOf(address), PRACTICE_CHAIN)).rejects.toMatchObject({ code: 4100 });
  });

  it('takes no for an answer, and asks one question at a time', async () => {
    const { port, questions } = setUp();
    const address = (await port.connect({ silent: false }))!;
    const first = port.signTransaction(stakeOf(address), PRACTICE_CHAIN);
    await expect(port.signMessage(new Uint8Array([65]))).rejects.toMatchObject({ code: -32002 });
    questions.get()!.answer(false);
    await expect(first).rejects.toMatchObject({ code: 4001 });
  });

  it('makes no key for a silent visit, and forgets the one it has for good', async () => {
    const storage = createStorage();
    const { port, wallet } = setUp(storage);
    expect(await port.connect({ silent: true })).toBeNull();
    expect(storage.kept.size).toBe(0);
    const left: null[] = [];
    port.on('disconnect', () => left.push(null));
    await port.connect({ silent: false });
    wallet.forget();
    expect([storage.kept.size, left.length, port.publicKey()]).toEqual([0, 1, null]);
  });
});

describe('the practice key', () => {
  const random = (count: number) => new Uint8Array(count).fill(5);

  it('is the same after a reload, in the form that other wallets import', () => {
    const storage = createStorage();
    const made = createPracticeKeyStore(storage, random).create();
    expect(createPracticeKeyStore(storage, random).get()?.address).toBe(made.address);
    expect(Keypair.fromSecretKey(bs58.decode(made.exportText())).publicKey.toBase58()).toBe(made.address);
  });

  it.each(['', 'not base58!', '1111', bs58.encode(new Uint8Array(64).fill(9))])(
    'damaged to "%s" counts as none',
    (text) => {
      const storage = createStorage();
      createPracticeKeyStore(storage, random).create();
      for (const key of storage.kept.keys()) storage.kept.set(key, text);
      expect(createPracticeKeyStore(storage, random).get()).toBeNull();
    },
  );

  it('works for as long as the page where the browser keeps nothing', () => {
    const refusing = () => {
      throw new Error('forbidden');
    };
    const store = createPracticeKeyStore({ getItem: refusing, setItem: refusing, removeItem: refusing }, random);
    expect(store.get()).toBeNull();
    const made = store.create();
    expect(store.get()).toBe(made);
  });
});
