// Signing in with a wallet, staying signed in, and signing: the state of one tab's session and every step it can take.
// Knows no React, no window and no wallet in particular; all of it is handed in, so that tests need no browser. What the
// wallet is asked for goes through wallet-requests, so that at most one request is ever in flight.
import type { SignInFields } from '@/components/wallet/auth-client';
import { restoreSession } from '@/components/wallet/restore-session';
import {
  createSessionContext,
  ofWallet,
  signedInState,
  type SessionContext,
  type SessionParts,
} from '@/components/wallet/session-context';
import { signInWith } from '@/components/wallet/sign-in-with';
import { signWith } from '@/components/wallet/sign-with';
import type { WalletPort } from '@/components/wallet/wallet-port';
import { SIGNED_OUT } from '@/components/wallet/wallet-session-state';
import { err, type Result } from '@/lib/units/result';
import type { StakeToSign } from '@/lib/wallet/is-stake';
import { walletOutcome, type WalletOutcome } from '@/lib/wallet/outcome';

/** What components ask of it, by way of wallet-session.ts. */
export type WalletSessionCode = {
  /** Signs the stake of a bet, base64 in and out. Never sends it. A second request while one is open is refused. */
  signTransaction(transactionBase64: string, stake: StakeToSign): Promise<Result<string, WalletOutcome>>;
  signOut(): Promise<void>;
  /** Asks the server again who is signed in: after it answered 401, or when another tab changed it. */
  restore(): Promise<void>;
};

export type OpenedSession = WalletSessionCode & {
  signInWith(port: WalletPort): Promise<void>;
  /** Stops waiting for the wallet. */
  giveUp(): void;
  dismissOutcome(): void;
  /** The wallet used last in this tab, to offer it again. */
  lastWallet(): WalletPort | null;
};

export function createWalletSession(parts: SessionParts): OpenedSession {
  const context = createSessionContext(parts);
  const { requests, get, publish } = parts;
  let restoring: Promise<void> | null = null;
  let signingIn: Promise<void> | null = null;
  /** Kept until it expires, so that trying again joins the request that is open in the wallet. */
  let fields: SignInFields | null = null;

  async function signIn(port: WalletPort): Promise<void> {
    await restoring;
    const before = get();
    context.hold(port);
    await context.left();
    const result = await signInWith({
      ...parts,
      port,
      keptFields: fields,
      onFields: (kept) => (fields = kept),
      onStep: (status) => publish({ status, walletName: port.name }),
    });
    if (!result.ok) {
      return publish(before.status === 'signed-in' ? before : { status: 'signed-out', outcome: result.error });
    }
    parts.memory.set({ walletName: port.name, chain: result.value.chain });
    publish(signedInState(result.value, port, 'connected'));
    parts.announce();
  }

  return {
    // A second click belongs to the first.
    signInWith: (port) => (signingIn ??= signIn(port).finally(() => (signingIn = null))),
    signTransaction: (transactionBase64, stake) => signTransaction(context, { transactionBase64, stake }),
    async signOut() {
      fields = null;
      await signOut(context);
    },
    restore: () => (restoring ??= restoreSession(context).finally(() => (restoring = null))),
    lastWallet: context.wallet,
    giveUp: () => requests.giveUp(),
    dismissOutcome() {
      const state = get();
      if (state.status === 'signed-in' || state.status === 'signed-out') publish({ ...state, outcome: null });
    },
  };
}

async function signTransaction(
  context: SessionContext,
  { transactionBase64, stake }: { transactionBase64: string; stake: StakeToSign },
): Promise<Result<string, WalletOutcome>> {
  const { get, publish, memory, requests, outcomeOf } = context;
  const state = get();
  if (state.status !== 'signed-in') return err(outcomeOf('not-signed-in', 'transaction'));
  const walletName = state.walletName ?? memory.get()?.walletName ?? null;
  const port = context.wallet() ?? (walletName === null ? null : await context.findWallet(walletName));
  if (!port) {
    return err(walletOutcome('not-installed', { errand: 'transaction', walletName: walletName ?? 'your wallet' }));
  }
  if (port !== context.wallet()) context.hold(port);
  const chain = memory.get()?.chain ?? null;
  const result = await signWith({ port, requests, address: state.address, chain, transactionBase64, stake });
  const now = get();
  const isSamePlayer = now.status === 'signed-in' && now.address === state.address;
  if (!result.ok && result.error.code === 'account-changed' && isSamePlayer) await context.leave(result.error);
  if (!result.ok) return result;
  // Signed for somebody who is no longer the one signed in: it leaves this browser under nobody's name.
  if (!isSamePlayer) return err(outcomeOf('account-changed', 'transaction'));
  publish({ ...now, ...ofWallet(port), wallet: 'connected' });
  return result;
}

async function signOut({
  auth,
  get,
  publish,
  memory,
  wallet,
  hold,
  outcomeOf,
  announce,
}: SessionContext): Promise<void> {
  const state = get();
  const gone = await auth.logout();
  if (!gone.ok && state.status === 'signed-in') {
    return publish({ ...state, outcome: outcomeOf('unreachable', 'disconnect') });
  }
  const unused = wallet();
  hold(null);
  memory.set(null);
  publish(SIGNED_OUT);
  announce();
  // A wallet that cannot even disconnect has nothing of ours to keep.
  await unused?.disconnect().catch(() => undefined);
}
