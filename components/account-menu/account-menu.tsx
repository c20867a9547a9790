'use client';
// The player's corner of the header: "Connect", or who is signed in. All that is in the first load is this button; choosing a
// wallet, the menu and every dialog come with the first click, or by themselves where the browser was signed in before.
import { Wallet } from 'lucide-react';
import { useEffect, useState } from 'react';
import { AccountButton } from '@/components/account-menu/account-button';
import type * as Panel from '@/components/account-menu/account-panel';
import { onSignInElsewhere } from '@/components/wallet/sign-in-channel';
import { useChooserOpen, useWalletSession } from '@/components/wallet/use-wallet-session';
import { walletSession } from '@/components/wallet/wallet-session';
import { hasSignInHint, type WalletSessionState } from '@/components/wallet/wallet-session-state';

export function AccountMenu() {
  const { state, signIn } = useWalletSession();
  const isChoosing = useChooserOpen();
  const { panel, hasFailed } = usePanel(isChoosing || state.status !== 'signed-out' || state.outcome !== null);
  useRestoredSession();
  return (
    <>
      {panel && state.status === 'signed-in' ? (
        <panel.SignedInMenu player={state} />
      ) : (
        <AccountButton
          onClick={hasFailed ? reload : signIn}
          aria-haspopup="dialog"
          data-status={state.status}
          aria-busy={isBusy(state)}
        >
          <Wallet aria-hidden className="size-4 min-[22.5rem]:hidden" />
          <span className="max-[22.5rem]:sr-only">{hasFailed ? 'Reload' : LABELS[state.status]}</span>
        </AccountButton>
      )}
      {panel && <panel.AccountDialogs />}
    </>
  );
}

const LABELS: Record<WalletSessionState['status'], string> = {
  'signed-out': 'Connect',
  restoring: 'Connect',
  connecting: 'Connecting',
  'signing-in': 'Signing in',
  'signed-in': 'Signed in',
};

/** Its code could not be loaded: the connection was gone, or the server is of another version by now. */
function reload(): void {
  window.location.reload();
}

function isBusy({ status }: WalletSessionState): boolean {
  return status === 'restoring' || status === 'connecting' || status === 'signing-in';
}

/** Loaded once it is wanted, and kept. */
function usePanel(isWanted: boolean): { panel: typeof Panel | null; hasFailed: boolean } {
  const [panel, setPanel] = useState<typeof Panel | null>(null);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    if (!isWanted || panel) return;
    import('@/components/account-menu/account-panel').then(setPanel, () => setFailed(true));
  }, [isWanted, panel]);
  return { panel, hasFailed };
}

/** A browser that was signed in asks whether it still is; another tab's sign-in or sign-out is taken over. */
function useRestoredSession(): void {
  useEffect(() => {
    const restore = () => {
      if (hasSignInHint(document.cookie) || walletSession.get().status === 'signed-in') void walletSession.restore();
    };
    restore();
    return onSignInElsewhere(restore);
  }, []);
}
