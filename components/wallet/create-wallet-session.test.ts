import { PublicKey, SystemProgram, TransactionMessage, VersionedTransaction } from '@solana/web3.js';
import bs58 from 'bs58';
import { describe, expect, it, vi } from 'vitest';
import { toBase64 } from '@/components/wallet/base64';
import {
  createFakeAuth,
  createFakeWallet,
  setStage,
  type FakeWallet,
  type Stage,
} from '@/components/wallet/test-kit/fake-wallet';
import { MEMO_PROGRAM } from '@/lib/wallet/describe-transaction';
import type { StakeToSign } from '@/lib/wallet/is-stake';
import { lamports } from '@/lib/units/lamports';

const ALICE = bs58.encode(new Uint8Array(32).fill(1));
const BOB = bs58.encode(new Uint8Array(32).fill(2));
const STAKE = { betId: 'Bet1111111111111111111', lamports: lamports(5n) };
/** Its first signature is 64 zeros after the count. */
const UNSIGNED = stakeOf(ALICE, STAKE);
const SIGNED = UNSIGNED.map((byte, at) => (at >= 1 && at <= 64 ? 9 : byte));
const TRANSACTION = toBase64(UNSIGNED);
const NEXT_STAKE = { betId: 'Bet2222222222222222222', lamports: lamports(7n) };
const NEXT = toBase64(stakeOf(ALICE, NEXT_STAKE));

function stakeOf(player: string, { betId, lamports: amount }: StakeToSign): Uint8Array {
  const payerKey = new PublicKey(player);
  const memo = { keys: [], programId: new PublicKey(MEMO_PROGRAM), data: Buffer.from(`fortytick:bet:${betId}`) };
  const transfer = SystemProgram.transfer({ fromPubkey: payerKey, toPubkey: new PublicKey(BOB), lamports: amount });
  const message = new TransactionMessage({ payerKey, recentBlockhash: BOB, instructions: [transfer, memo] });
  return new VersionedTransaction(message.compileToLegacyMessage()).serialize();
}
const asks = (wallet: FakeWallet, what: string) =>
  vi.waitFor(() => expect(wallet.asked.at(-1)?.what).toBe(what), { interval: 1 });
const lettingPromisesRun = () => new Promise((resolve) => setImmediate(resolve));
const reject = (wallet: FakeWallet, code: number) => wallet.asked[0]!.reject(Object.assign(new Error('no'), { code }));

async function signIn(stage: Stage, wallet: FakeWallet, address = ALICE) {
  const done = stage.session.signInWith(wallet);
  await asks(wallet, 'connect');
  wallet.asked[0]!.resolve(address);
  await asks(wallet, 'signMessage');
  wallet.asked[0]!.resolve(new Uint8Array(64));
  await done;
  expect(stage.state()).toMatchObject({ status: 'signed-in', address });
}

describe('signing in', () => {
  it('connects, signs and is verified, told step by step', async () => {
    const wallet = createFakeWallet();
    const stage = setStage({ wallets: [wallet] });
    await signIn(stage, wallet);
    expect(stage.states.map(({ status }) => status)).toEqual(['signed-out', 'connecting', 'signing-in', 'signed-in']);
    expect(stage.state()).toMatchObject({
      walletName: 'Phantom',
      wallet: 'connected',
      accountId: `account of ${ALICE}`,
    });
    expect(stage.announced).toBe(1);
  });

  it('is one request where the wallet has a sign-in of its own', async () => {
    const wallet = createFakeWallet({ hasSignIn: true });
    const stage = setStage({ wallets: [wallet] });
    const done = stage.session.signInWith(wallet);
    await asks(wallet, 'signIn');
    wallet.asked[0]!.resolve({ publicKey: ALICE, message: 'm', signature: new Uint8Array(64) });
    await done;
    expect(stage.state()).toMatchObject({ status: 'signed-in', address: ALICE });
    expect(wallet.openMax()).toBe(1);
  });

  it.each([
    [4001, 'refused'],
    [-32002, 'wallet-busy'],
    [4100, 'not-connected'],
  ])('that the wallet answers with %d ends as %s, and can be tried again', async (code, outcome) => {
    const wallet = createFakeWallet();
    const stage = setStage({ wallets: [wallet] });
    const done = stage.session.signInWith(wallet);
    await asks(wallet, 'connect');
    reject(wallet, code);
    await done;
    expect(stage.state()).toMatchObject({ status: 'signed-out', outcome: { code: outcome } });
    await signIn(stage, wallet);
  });

  it('never answered is given up, and trying again joins the request that is still open', async () => {
    const wallet = createFakeWallet({ hasSignIn: true });
    const stage = setStage({ wallets: [wallet] });
    const first = stage.session.signInWith(wallet);
    await asks(wallet, 'signIn');
    stage.endTime();
    await first;
    expect(stage.state()).toMatchObject({ status: 'signed-out', outcome: { code: 'no-answer' } });
    const second = stage.session.signInWith(wallet);
    await vi.waitFor(() => expect(stage.state().status).toBe('connecting'));
    wallet.asked[0]!.resolve({ publicKey: ALICE, message: 'm', signature: new Uint8Array(64) });
    await second;
    expect(stage.state()).toMatchObject({ status: 'signed-in', address: ALICE });
    expect([wallet.openMax(), stage.auth.begun]).toEqual([1, 1]);
  });

  it('clicked twice is one sign-in', async () => {
    const wallet = createFakeWallet();
    const stage = setStage({ wallets: [wallet] });
    const first = stage.session.signInWith(wallet);
    const second = stage.session.signInWith(wallet);
    await asks(wallet, 'connect');
    wallet.asked[0]!.resolve(ALICE);
    await asks(wallet, 'signMessage');
    wallet.asked[0]!.resolve(new Uint8Array(64));
    await Promise.all([first, second]);
    expect(wallet.openMax()).toBe(1);
    expect(stage.state().status).toBe('signed-in');
  });

  it('with another wallet is possible while the first never answers', async () => {
    const silent = createFakeWallet({ name: 'Silent' });
    const wallet = createFakeWallet();
    const stage = setStage({ wallets: [silent, wallet] });
    const first = stage.session.signInWith(silent);
    await asks(silent, 'connect');
    stage.session.giveUp();
    await first;
    await signIn(stage, wallet);
  });

  it.each([
    [{ kind: 'unreachable', message: '' }, 'unreachable'],
    [{ kind: 'expired', message: '' }, 'sign-in-expired'],
    [{ kind: 'refused', message: 'The signature is of another key.' }, 'sign-in-refused'],
  ] as const)('that the server answers with %o ends as %s', async (problem, code) => {
    const wallet = createFakeWallet();
    const stage = setStage({ wallets: [wallet] });
    const done = stage.session.signInWith(wallet);
    await asks(wallet, 'connect');
    wallet.asked[0]!.resolve(ALICE);
    await asks(wallet, 'signMessage');
    stage.auth.problem = problem;
    wallet.asked[0]!.resolve(new Uint8Array(64));
    await done;
    expect(stage.state()).toMatchObject({ status: 'signed-out', outcome: { code } });
  });

  it('with the practice wallet is for the practice chain only, and the wallet is not even asked', async () => {
    const wallet = createFakeWallet({ isPractice: true });
    const stage = setStage({ wallets: [wallet], chain: 'solana:mainnet' });
    await stage.session.signInWith(wallet);
    expect(stage.state()).toMatchObject({ status: 'signed-out', outcome: { code: 'practice-only' } });
    expect(wallet.openMax()).toBe(0);
  });
});

describe('coming back', () => {
  async function comeBack(wallet: FakeWallet, prepare: (stage: Stage) => void = () => {}) {
    const auth = createFakeAuth('solana:localnet');
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => void kept.set(key, text),
      removeItem: (key: string) => void kept.delete(key),
    } as Storage;
    await signIn(setStage({ wallets: [wallet], auth, storage }), wallet);
    const stage = setStage({ wallets: [wallet], auth, storage });
    prepare(stage);
    await stage.session.restore();
    return stage;
  }

  it('is silent where the wallet trusts the page', async () => {
    const wallet = createFakeWallet();
    const stage = await comeBack(wallet);
    expect(stage.state()).toMatchObject({ status: 'signed-in', address: ALICE, wallet: 'connected' });
    expect(wallet.asked).toEqual([]);
  });

  it('never opens a window: a wallet that would have to ask stays away', async () => {
    const wallet = createFakeWallet();
    wallet.isTrusted = false;
    const stage = await comeBack(wallet);
    expect(stage.state()).toMatchObject({ status: 'signed-in', wallet: 'away' });
    expect(wallet.asked).toEqual([]);
  });

  it('to a wallet with another account signs the old one out', async () => {
    const wallet = createFakeWallet();
    const stage = await comeBack(wallet, () => (wallet.address = BOB));
    expect(stage.state()).toMatchObject({ status: 'signed-out', outcome: { code: 'account-changed' } });
    expect(stage.auth.player).toBeNull();
    expect(stage.states.map(({ status }) => status)).not.toContain('signed-in');
  });

  it('after the sign-in ended says nothing, and after it ended under the reader’s eyes says so', async () => {
    const wallet = createFakeWallet();
    const stage = await comeBack(wallet, ({ auth }) => (auth.player = null));
    expect(stage.state()).toEqual({ status: 'signed-out', outcome: null });
    await signIn(stage, wallet);
    stage.auth.player = null;
    await stage.session.restore();
    expect(stage.state()).toMatchObject({ status: 'signed-out', outcome: { code: 'sign-in-ended' } });
  });

  it('as another player, signed in by another tab, forgets the first one on the way', async () => {
    const wallet = createFakeWallet();
    const stage = setStage({ wallets: [wallet] });
    await signIn(stage, wallet);
    stage.auth.player = { address: BOB, accountId: 'account of bob' };
    wallet.address = BOB;
    await stage.session.restore();
    expect(stage.states.map(({ status }) => status).slice(-3)).toEqual(['signed-out', 'restoring', 'signed-in']);
    expect(stage.state()).toMatchObject({ address: BOB, wallet: 'connected' });
  });

  it('says what the wallet did, when that and the end of the sign-in come together', async () => {
    const wallet = createFakeWallet();
    const stage = setStage({ wallets: [wallet] });
    await signIn(stage, wallet);
    stage.auth.player = null;
    const restoring = stage.session.restore();
    wallet.tell('account', BOB);
    await restoring;
    expect(stage.state()).toMatchObject({ status: 'signed-out', outcome: { code: 'account-changed' } });
  });

  it('keeps the player while the server cannot be reached', async () => {
    const wallet = createFakeWallet();
    const stage = setStage({ wallets: [wallet] });
    await signIn(stage, wallet);
    stage.auth.problem = { kind: 'unreachable', message: '' };
    await stage.session.restore();
    expect(stage.state().status).toBe('signed-in');
  });
});

describe('the wallet while signed in', () => {
  it.each([BOB, null])('changing its account to %s signs the old one out at once', async (address) => {
    const wallet = createFakeWallet();
    const stage = setStage({ wallets: [wallet] });
    await signIn(stage, wallet);
    wallet.tell('account', address);
    expect(stage.state()).toMatchObject({
      status: 'signed-out',
      outcome: { code: 'account-changed', wayOn: 'sign-in' },
    });
    await vi.waitFor(() => expect(stage.auth.player).toBeNull());
    // A question that was under way is answered with 401, and somebody asks again who is signed in.
    await stage.session.restore();
    expect(stage.state()).toMatchObject({ status: 'signed-out', outcome: { code: 'account-changed' } });
    await signIn(stage, wallet, BOB);
  });

  it('going away leaves the sign-in, and is connected again by the next thing to sign', async () => {
    const wallet = createFakeWallet();
    const stage = setStage({ wallets: [wallet] });
    await signIn(stage, wallet);
    wallet.tell('disconnect');
    expect(stage.state()).toMatchObject({ status: 'signed-in', wallet: 'away' });
    const signing = stage.session.signTransaction(TRANSACTION, STAKE);
    await asks(wallet, 'connect');
    wallet.asked[0]!.resolve(ALICE);
    await asks(wallet, 'signTransaction');
    wallet.asked[0]!.resolve(SIGNED);
    expect(await signing).toEqual({ ok: true, value: toBase64(SIGNED) });
    expect(stage.state()).toMatchObject({ wallet: 'connected' });
  });
});

describe('signing a transaction', () => {
  async function signedIn() {
    const wallet = createFakeWallet();
    const stage = setStage({ wallets: [wallet] });
    await signIn(stage, wallet);
    return { wallet, stage };
  }
  const codeOf = (result: Awaited<ReturnType<Stage['session']['signTransaction']>>) =>
    result.ok ? 'signed' : result.error.code;

  it('gives back what was signed, unchanged', async () => {
    const { wallet, stage } = await signedIn();
    const signing = stage.session.signTransaction(TRANSACTION, STAKE);
    await asks(wallet, 'signTransaction');
    wallet.asked[0]!.resolve(SIGNED);
    expect(await signing).toEqual({ ok: true, value: toBase64(SIGNED) });
  });

  it('never has a second request in flight: the same one joins, another is refused at once', async () => {
    const { wallet, stage } = await signedIn();
    const first = stage.session.signTransaction(TRANSACTION, STAKE);
    await asks(wallet, 'signTransaction');
    const same = stage.session.signTransaction(TRANSACTION, STAKE);
    const other = await stage.session.signTransaction(NEXT, NEXT_STAKE);
    expect(codeOf(other)).toBe('busy');
    wallet.asked[0]!.resolve(SIGNED);
    expect([codeOf(await first), codeOf(await same)]).toEqual(['signed', 'signed']);
    expect(wallet.openMax()).toBe(1);
  });

  it('after one that was never answered is refused until the wallet lets go of it', async () => {
    const { wallet, stage } = await signedIn();
    const first = stage.session.signTransaction(TRANSACTION, STAKE);
    await asks(wallet, 'signTransaction');
    stage.endTime();
    expect(codeOf(await first)).toBe('no-answer');
    expect(codeOf(await stage.session.signTransaction(NEXT, NEXT_STAKE))).toBe('wallet-busy');
    reject(wallet, 4001);
    await lettingPromisesRun();
    const last = stage.session.signTransaction(NEXT, NEXT_STAKE);
    await asks(wallet, 'signTransaction');
    reject(wallet, 4001);
    expect(codeOf(await last)).toBe('refused');
  });

  it('that is another than the bet that was asked for does not even reach the wallet', async () => {
    const { wallet, stage } = await signedIn();
    expect(codeOf(await stage.session.signTransaction(TRANSACTION, NEXT_STAKE))).toBe('not-the-bet');
    expect(codeOf(await stage.session.signTransaction(toBase64(stakeOf(BOB, STAKE)), STAKE))).toBe('not-the-bet');
    expect(wallet.asked).toEqual([]);
  });

  it('of which the wallet changed a byte is not given back', async () => {
    const { wallet, stage } = await signedIn();
    const signing = stage.session.signTransaction(TRANSACTION, STAKE);
    await asks(wallet, 'signTransaction');
    wallet.asked[0]!.resolve(Uint8Array.from([...SIGNED, 1]));
    expect(codeOf(await signing)).toBe('transaction-changed');
  });

  it('while the account changes is not given back either, and signs out', async () => {
    const { wallet, stage } = await signedIn();
    const signing = stage.session.signTransaction(TRANSACTION, STAKE);
    await asks(wallet, 'signTransaction');
    wallet.tell('account', BOB);
    wallet.asked[0]!.resolve(SIGNED);
    expect(codeOf(await signing)).toBe('account-changed');
    expect(stage.state().status).toBe('signed-out');
  });

  it('is refused to whoever is not signed in', async () => {
    const wallet = createFakeWallet();
    expect(codeOf(await setStage({ wallets: [wallet] }).session.signTransaction(TRANSACTION, STAKE))).toBe(
      'not-signed-in',
    );
  });
});

describe('signing out', () => {
  it('forgets the player, the wallet and the cookie', async () => {
    const wallet = createFakeWallet();
    const stage = setStage({ wallets: [wallet] });
    await signIn(stage, wallet);
    await stage.session.signOut();
    expect(stage.state()).toEqual({ status: 'signed-out', outcome: null });
    expect([stage.auth.player, wallet.address]).toEqual([null, null]);
    await stage.session.restore();
    expect(stage.state()).toEqual({ status: 'signed-out', outcome: null });
    wallet.tell('account', BOB);
    expect(stage.state()).toEqual({ status: 'signed-out', outcome: null });
  });

  it('does not claim to have happened when the server could not be told', async () => {
    const wallet = createFakeWallet();
    const stage = setStage({ wallets: [wallet] });
    await signIn(stage, wallet);
    stage.auth.problem = { kind: 'unreachable', message: '' };
    await stage.session.signOut();
    expect(stage.state()).toMatchObject({ status: 'signed-in', outcome: { code: 'unreachable' } });
  });
});
