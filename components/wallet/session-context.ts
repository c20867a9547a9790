// What every step of a wallet session works with: the parts it was given, the wallet it holds, and the ways out that several
// steps share. Called by create-wallet-session only.
import type { AuthClient } from '@/components/wallet/auth-client';
import type { WalletMemory } from '@/components/wallet/wallet-memory';
import type { WalletPort } from '@/components/wallet/wallet-port';
import type { WalletRequests } from '@/components/wallet/wallet-requests';
import type { WalletSessionState } from '@/components/wallet/wallet-session-state';
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

export type SessionContext = SessionParts & {
  /** The wallet of this tab, the one used last; listened to while it is held. */
  wallet(): WalletPort | null;
  hold(port: WalletPort | null): void;
  outcomeOf(code: WalletOutcomeCode, errand: WalletErrand): WalletOutcome;
  /** Out at once in this browser, whatever the server answers: what it still knows, it may not be used for here. */
  leave(outcome: WalletOutcome): Promise<void>;
  /** Resolves when the server was told of whoever left: a new sign-in waits, or its cookie would be taken away again. */
  left(): Promise<unknown>;
};

export function createSessionContext(parts: SessionParts): SessionContext {
  let port: WalletPort | null = null;
  let unwatch = () => {};
  let leaving: Promise<unknown> = Promise.resolve();

  const outcomeOf = (code: WalletOutcomeCode, errand: WalletErrand) =>
    walletOutcome(code, { errand, walletName: port?.name ?? 'Your wallet' });

  async function leave(outcome: WalletOutcome): Promise<void> {
    parts.publish({ status: 'signed-out', outcome });
    await (leaving = parts.auth.logout());
    parts.announce();
  }

  function onAccount(address: string | null): void {
    const state = parts.get();
    if (state.status === 'signed-in' && address !== state.address) void leave(outcomeOf('account-changed', 'connect'));
  }

  /** The sign-in is the server's and stands; the wallet is asked to connect again when there is something to sign. */
  function onDisconnect(): void {
    const state = parts.get();
    if (state.status === 'signed-in') parts.publish({ ...state, wallet: 'away' });
  }

  return {
    ...parts,
    wallet: () => port,
    hold(next) {
      unwatch();
      port = next;
      const offs = next ? [next.on('account', onAccount), next.on('disconnect', onDisconnect)] : [];
      unwatch = () => offs.forEach((off) => off());
    },
    outcomeOf,
    leave,
    left: () => leaving,
  };
}

type SignedInState = Extract<WalletSessionState, { status: 'signed-in' }>;

export function signedInState(
  player: { readonly address: string; readonly accountId: string },
  port: WalletPort | null,
  wallet: SignedInState['wallet'],
): SignedInState {
  const { address, accountId } = player;
  return { status: 'signed-in', address, accountId, ...ofWallet(port), wallet, outcome: null };
}

export function ofWallet(port: WalletPort | null): Pick<SignedInState, 'walletName' | 'isPractice'> {
  return { walletName: port?.name ?? null, isPractice: port?.isPractice ?? false };
}
