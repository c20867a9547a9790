// Signing in with a wallet, staying signed in, and signing: the state of one tab's session and every step it can take.
// Knows no React, no window and no wallet in particular; all of it is handed in, so that tests need no browser. What the
// wallet is asked for goes through wallet-requests, so that at most one request is ever in flight.
import type { AuthClient, SignInFields } from '@/components/wallet/auth-client';
import { signInWith } from '@/components/wallet/sign-in-with';
import { signWith } from '@/components/wallet/sign-with';
import type { WalletMemory } from '@/components/wallet/wallet-memory';
import type { WalletPort } from '@/components/wallet/wallet-port';
import type { WalletRequests } from '@/components/wallet/wallet-requests';
import { SIGNED_OUT, type WalletSessionCode, type WalletSessionState } from '@/components/wallet/wallet-session';
import { err, type Result } from '@/lib/units/result';
import { walletOutcome, type WalletErrand, type WalletOutcome, type WalletOutcomeCode } from '@/lib/wallet/outcome';

export type SessionParts = {
  readonly auth: AuthClient;
  readonly requests: WalletRequests;
  readonly memory: WalletMemory;
  /** A wallet by its name, waiting a moment for those that announce themselves late. */
  readonly findWallet: (name: string) => Promise<WalletPort | null>;
  readonly get: () => WalletSessionState;
  readonly publish: (state: WalletSessionState) => void;
  /** Tells the other tabs that who is signed in has changed. */
  readonly announce: () => void;
  readonly nowMs: () => number;
  /** Resolves after the moment for which a page may show nobody. */
  readonly shortly: () => Promise<void>;
};

export type OpenedSession = WalletSessionCode & {
  signInWith(port: WalletPort): Promise<void>;
  /** Stops waiting for the wallet. */
  giveUp(): void;
  dismissOutcome(): void;
  /** The wallet used last in this tab, to offer it again. */
  lastWallet(): WalletPort | null;
};

type SignedInState = Extract<WalletSessionState, { status: 'signed-in' }>;

export function createWalletSession(parts: SessionParts): OpenedSession {
  const { auth, requests, memory, get, publish } = parts;
  let port: WalletPort | null = null;
  let unwatch = () => {};
  let restoring: Promise<void> | null = null;
  let isSigningIn = false;
  /** The server is being told that the old player left; a new sign-in waits, or its cookie would be taken away again. */
  let leaving: Promise<unknown> = Promise.resolve();
  /** Kept until it expires, so that trying again joins the request that is open in the wallet. */
  let fields: SignInFields | null = null;

  const outcomeOf = (code: WalletOutcomeCode, errand: WalletErrand) =>
    walletOutcome(code, { errand, walletName: port?.name ?? 'Your wallet' });

  function attach(next: WalletPort | null): void {
    unwatch();
    port = next;
    if (!next) return void (unwatch = () => {});
    const offAccount = next.on('account', (address) => onAccount(address));
    const offDisconnect = next.on('disconnect', () => onDisconnect());
    unwatch = () => {
      offAccount();
      offDisconnect();
    };
  }

  function onAccount(address: string | null): void {
    const state = get();
    if (state.status === 'signed-in' && address !== state.address) void leave(outcomeOf('account-changed', 'connect'));
  }

  /** The sign-in is the server's and stands; the wallet is asked to connect again when there is something to sign. */
  function onDisconnect(): void {
    const state = get();
    if (state.status === 'signed-in') publish({ ...state, wallet: 'away' });
  }

  /** Out at once in this browser, whatever the server answers: what it still knows, it may not be used for here. */
  async function leave(outcome: WalletOutcome): Promise<void> {
    publish({ status: 'signed-out', outcome });
    await (leaving = auth.logout());
    parts.announce();
  }

  async function signIn(next: WalletPort): Promise<void> {
    if (isSigningIn || get().status === 'restoring') return;
    isSigningIn = true;
    const before = get();
    attach(next);
    await leaving;
    const result = await signInWith({
      port: next,
      auth,
      requests,
      nowMs: parts.nowMs,
      keptFields: fields,
      onFields: (kept) => (fields = kept),
      onStep: (status) => publish({ status, walletName: next.name }),
    });
    isSigningIn = false;
    if (!result.ok) {
      return publish(before.status === 'signed-in' ? before : { status: 'signed-out', outcome: result.error });
    }
    memory.set({ walletName: next.name, chain: result.value.chain });
    publish(signedInState(result.value, next, 'connected'));
    parts.announce();
  }

  async function restoreOnce(): Promise<void> {
    const before = get();
    if (before.status === 'connecting' || before.status === 'signing-in') return;
    if (before.status === 'signed-out') publish({ status: 'restoring' });
    const me = await auth.me();
    if (!me.ok) {
      if (me.error.kind === 'unreachable' && before.status === 'signed-in') return;
      attach(null);
      const isKnown = before.status === 'signed-in' || me.error.kind === 'unreachable';
      const code = me.error.kind === 'unreachable' ? 'unreachable' : 'sign-in-expired';
      return publish(isKnown ? { status: 'signed-out', outcome: outcomeOf(code, 'sign-in') } : SIGNED_OUT);
    }
    if (before.status === 'signed-in' && before.accountId === me.value.accountId) return;
    const { address } = me.value;
    const reconnecting = reconnect().then((found) => {
      const known = get();
      // Somebody signed in or out in the meantime: what was found is about nobody any more.
      if (known.status !== 'restoring' && !(known.status === 'signed-in' && known.address === address)) return;
      if (found && found.address !== null && found.address !== address)
        return leave(outcomeOf('account-changed', 'connect'));
      const wallet = found?.address === address ? 'connected' : 'away';
      publish(signedInState(me.value, found?.port ?? null, wallet));
    });
    // Who has changed the account in the wallet need not see the old one flash by, but nobody waits long for a wallet.
    await Promise.race([reconnecting, parts.shortly()]);
    if (get().status === 'restoring') publish(signedInState(me.value, null, 'away'));
  }

  /** Silently: a wallet that would have to ask gives no address. */
  async function reconnect(): Promise<{ port: WalletPort; address: string | null } | null> {
    const walletName = memory.get()?.walletName;
    const found = walletName ? await parts.findWallet(walletName) : null;
    if (!found) return null;
    attach(found);
    const ask = () => found.connect({ silent: true });
    const result = await requests.run({ port: found, errand: 'connect', key: 'connect-silently', ask });
    return { port: found, address: result.ok ? result.value : null };
  }

  async function signTransaction(transactionBase64: string): Promise<Result<string, WalletOutcome>> {
    const state = get();
    if (state.status !== 'signed-in') return err(outcomeOf('not-signed-in', 'transaction'));
    const walletName = state.walletName ?? memory.get()?.walletName ?? null;
    const found = port ?? (walletName === null ? null : await parts.findWallet(walletName));
    if (!found) {
      return err(walletOutcome('not-installed', { errand: 'transaction', walletName: walletName ?? 'your wallet' }));
    }
    if (found !== port) attach(found);
    const chain = memory.get()?.chain ?? null;
    const result = await signWith({ port: found, requests, address: state.address, chain, transactionBase64 });
    const now = get();
    if (!result.ok && result.error.code === 'account-changed') await leave(result.error);
    // Signed for somebody who is no longer the one signed in: it leaves this browser under nobody's name.
    if (now.status !== 'signed-in' || now.address !== state.address) {
      return err(result.ok ? outcomeOf('account-changed', 'transaction') : result.error);
    }
    if (result.ok) publish({ ...now, ...ofWallet(found), wallet: 'connected' });
    return result;
  }

  async function signOut(): Promise<void> {
    const state = get();
    const gone = await auth.logout();
    if (!gone.ok && state.status === 'signed-in') {
      return publish({ ...state, outcome: outcomeOf('unreachable', 'disconnect') });
    }
    const unused = port;
    attach(null);
    fields = null;
    memory.set(null);
    publish(SIGNED_OUT);
    parts.announce();
    // A wallet that cannot even disconnect has nothing of ours to keep.
    await unused?.disconnect().catch(() => undefined);
  }

  return {
    signInWith: signIn,
    signTransaction,
    signOut,
    restore: () => (restoring ??= restoreOnce().finally(() => (restoring = null))),
    lastWallet: () => port,
    giveUp: () => requests.giveUp(),
    dismissOutcome() {
      const state = get();
      if (state.status === 'signed-in' || state.status === 'signed-out') publish({ ...state, outcome: null });
    },
  };
}

function signedInState(
  player: { readonly address: string; readonly accountId: string },
  port: WalletPort | null,
  wallet: SignedInState['wallet'],
): SignedInState {
  const { address, accountId } = player;
  return { status: 'signed-in', address, accountId, ...ofWallet(port), wallet, outcome: null };
}

function ofWallet(port: WalletPort | null): Pick<SignedInState, 'walletName' | 'isPractice'> {
  return { walletName: port?.name ?? null, isPractice: port?.isPractice ?? false };
}
