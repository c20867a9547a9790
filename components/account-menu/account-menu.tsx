'use client';
// The player's corner of the header: "Connect", or who is signed in. All that is in the first load is this button; choosing a
// wallet, the menu and every dialog come with the first click, or by themselves where the browser was signed in before.
import { Wallet } from 'lucide-react';
import { useEffect, useState, type ComponentProps } from 'react';
import type * as Panel from '@/components/account-menu/account-panel';
import { onSignInElsewhere } from '@/components/wallet/sign-in-channel';
import { useChooserOpen, useWalletSession } from '@/components/wallet/use-wallet-session';
import { hasSignInHint, walletSession, type WalletSessionState } from '@/components/wallet/wallet-session';
import { cn } from '@/components/ui/cn';

/** Focus comes back here when a dialog closes, whichever of the two buttons is shown by then. */
export const ACCOUNT_BUTTON_ID = 'account-button';

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

/** One width for all it says, so that nothing in the header moves; on the smallest screens a sign stands for the words. */
export function AccountButton({ className, ...props }: ComponentProps<'button'>) {
  return (
    <button
      type="button"
      id={ACCOUNT_BUTTON_ID}
      data-testid="account-button"
      className={cn(
        'inline-flex h-9 w-9 shrink-0 items-center justify-center gap-1 rounded-control border border-line-strong font-medium min-[22.5rem]:w-22 whitespace-nowrap text-ink transition-colors hover:bg-raised sm:w-28',
        className,
      )}
      {...props}
    />
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
