'use client';
// The wallet session in a component. Pulls no wallet code into the page that uses it.
import { useSyncExternalStore } from 'react';
import { walletSession, type WalletSession } from '@/components/wallet/wallet-session';
import { isChooserOpen, SIGNED_OUT, type WalletSessionState } from '@/components/wallet/wallet-session-state';
import type { WalletOutcome } from '@/lib/wallet/outcome';

export type WalletSessionView = {
  readonly state: WalletSessionState;
  readonly status: WalletSessionState['status'];
  /** Null unless signed in. */
  readonly address: string | null;
  readonly accountId: string | null;
  readonly outcome: WalletOutcome | null;
  /** Shows the choice of wallets. */
  readonly signIn: () => void;
  readonly signTransaction: WalletSession['signTransaction'];
  readonly signOut: WalletSession['signOut'];
};

export function useWalletSession(): WalletSessionView {
  const state = useSyncExternalStore(walletSession.subscribe, walletSession.get, () => SIGNED_OUT);
  const player = state.status === 'signed-in' ? state : null;
  return {
    state,
    status: state.status,
    address: player?.address ?? null,
    accountId: player?.accountId ?? null,
    outcome: state.status === 'signed-out' || state.status === 'signed-in' ? state.outcome : null,
    signIn: walletSession.openChooser,
    signTransaction: walletSession.signTransaction,
    signOut: walletSession.signOut,
  };
}

export function useChooserOpen(): boolean {
  return useSyncExternalStore(walletSession.subscribe, isChooserOpen, () => false);
}
