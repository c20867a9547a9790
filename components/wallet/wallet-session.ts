// The one wallet session of a tab, as every component may see it without loading any wallet code: what is known of the
// sign-in, and verbs that load the code (components/wallet/open-wallet-session) when they are first needed.
import type { WalletOutcome } from '@/lib/wallet/outcome';
import { err, type Result } from '@/lib/units/result';

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

export type WalletSession = {
  get(): WalletSessionState;
  subscribe(listen: () => void): () => void;
  /** Shows the choice of wallets; choosing one connects and signs in. */
  openChooser(): void;
  /** Signs a transaction of ours, base64 in and out. Never sends it. A second request while one is open is refused. */
  signTransaction(transactionBase64: string): Promise<Result<string, WalletOutcome>>;
  signOut(): Promise<void>;
  /** Asks the server again who is signed in: after it answered 401, or when another tab changed it. */
  restore(): Promise<void>;
};

/** What the loaded code offers beyond that; the chooser and the menu use it. */
export type WalletSessionCode = Omit<WalletSession, 'get' | 'subscribe' | 'openChooser'>;

export const SIGNED_OUT: WalletSessionState = { status: 'signed-out', outcome: null };

type Slot = {
  state: WalletSessionState;
  isChooserOpen: boolean;
  readonly listeners: Set<() => void>;
  readonly clearings: Set<() => void>;
};

// One per tab. On the server nothing ever changes it, so that no reader sees another's.
const slot: Slot = { state: SIGNED_OUT, isChooserOpen: false, listeners: new Set(), clearings: new Set() };

export const walletSession: WalletSession = {
  get: () => slot.state,
  subscribe(listen) {
    slot.listeners.add(listen);
    return () => slot.listeners.delete(listen);
  },
  openChooser: () => setChooserOpen(true),
  async signTransaction(transactionBase64) {
    const code = await loadCode();
    return code ? code.signTransaction(transactionBase64) : err(NOT_LOADED);
  },
  signOut: async () => (await loadCode())?.signOut(),
  restore: async () => (await loadCode())?.restore(),
};

/**
 * `clear` runs whenever a player was signed out, by whatever way: each part of the page that keeps something of the player
 * (query caches, the live channel, the profile) forgets it there. Returns the way to stop.
 */
export function onSignedOut(clear: () => void): () => void {
  slot.clearings.add(clear);
  return () => slot.clearings.delete(clear);
}

/** For the loaded code only. */
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

/** Here and not among lib/wallet's words, which come with the code that could not be loaded. */
const NOT_LOADED: WalletOutcome = {
  code: 'unreachable',
  title: 'The wallet part of this page could not be loaded',
  detail: 'Check your connection and reload the page. Nothing was signed or paid.',
  wayOn: 'reload',
};

async function loadCode(): Promise<WalletSessionCode | null> {
  try {
    const { openWalletSession } = await import('@/components/wallet/open-wallet-session');
    return openWalletSession();
  } catch {
    return null;
  }
}
