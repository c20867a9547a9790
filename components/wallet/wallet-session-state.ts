// What a tab knows of its wallet session, as every component may see it, and what the parts of the session change it by. Knows
// neither the verbs (wallet-session.ts) nor the code behind them, which both come here.
import type { WalletOutcome } from '@/lib/wallet/outcome';

/** `away`: signed in by the cookie, but the wallet is locked, gone or not asked yet; signing connects it first. */
export type WalletPresence = 'away' | 'connected';

export type WalletSessionState =
  | { readonly status: 'signed-out'; readonly outcome: WalletOutcome | null }
  /** The browser was signed in when it left: the server is being asked whether it still is. */
  | { readonly status: 'restoring' }
  | { readonly status: 'connecting' | 'signing-in'; readonly walletName: string }
  | {
      readonly status: 'signed-in';
      readonly address: string;
      readonly accountId: string;
      readonly walletName: string | null;
      readonly wallet: WalletPresence;
      /** Whether the wallet is Fortytick's own, for the practice chain. */
      readonly isPractice: boolean;
      readonly outcome: WalletOutcome | null;
    };

export const SIGNED_OUT: WalletSessionState = { status: 'signed-out', outcome: null };

type Slot = {
  state: WalletSessionState;
  isChooserOpen: boolean;
  readonly listeners: Set<() => void>;
  readonly clearings: Set<() => void>;
};

// One per tab. On the server nothing ever changes it, so that no reader sees another's.
const slot: Slot = { state: SIGNED_OUT, isChooserOpen: false, listeners: new Set(), clearings: new Set() };

export function walletSessionState(): WalletSessionState {
  return slot.state;
}

/** Told of every change, also of whether the choice of wallets is open. */
export function subscribeWalletSession(listen: () => void): () => void {
  slot.listeners.add(listen);
  return () => slot.listeners.delete(listen);
}

/**
 * `clear` runs whenever a player was signed out, by whatever way: each part of the page that keeps something of the player
 * (query caches, the live channel, the profile) forgets it there. Returns the way to stop.
 */
export function onSignedOut(clear: () => void): () => void {
  slot.clearings.add(clear);
  return () => slot.clearings.delete(clear);
}

/** For the loaded code (open-wallet-session.ts) only. */
export function publish(state: WalletSessionState): void {
  const wasSignedIn = slot.state.status === 'signed-in' || slot.state.status === 'restoring';
  slot.state = state;
  if (wasSignedIn && state.status === 'signed-out') for (const clear of slot.clearings) clear();
  for (const listen of slot.listeners) listen();
}

export function isChooserOpen(): boolean {
  return slot.isChooserOpen;
}

export function setChooserOpen(isOpen: boolean): void {
  slot.isChooserOpen = isOpen;
  for (const listen of slot.listeners) listen();
}

/** Beside the httpOnly cookie of the sign-in: says that there is one, and nothing else. */
export function hasSignInHint(cookies: string): boolean {
  return /(?:^|;\s*)fortytick_signed_in=1(?:;|$)/.test(cookies);
}
