// The one wallet session of a tab, without any wallet code: its state, and verbs that load the code
// (components/wallet/open-wallet-session) when they are first needed.
import type { WalletSessionCode } from '@/components/wallet/create-wallet-session';
import {
  setChooserOpen,
  subscribeWalletSession,
  walletSessionState,
  type WalletSessionState,
} from '@/components/wallet/wallet-session-state';
import type { WalletOutcome } from '@/lib/wallet/outcome';
import { err } from '@/lib/units/result';

export type WalletSession = WalletSessionCode & {
  get(): WalletSessionState;
  subscribe(listen: () => void): () => void;
  /** Shows the choice of wallets; choosing one connects and signs in. */
  openChooser(): void;
};

export const walletSession: WalletSession = {
  get: walletSessionState,
  subscribe: subscribeWalletSession,
  openChooser: () => setChooserOpen(true),
  async signTransaction(transactionBase64, stake) {
    const code = await loadCode();
    return code ? code.signTransaction(transactionBase64, stake) : err(NOT_LOADED);
  },
  signOut: async () => (await loadCode())?.signOut(),
  restore: async () => (await loadCode())?.restore(),
};

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
