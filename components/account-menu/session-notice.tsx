'use client';
// What happened to the sign-in while nobody was looking at a dialog: the wallet changed its account, the sign-in ran out, the
// server could not be told. Stays until the player answers it.
import { OutcomeWords } from '@/components/account-menu/outcome-words';
import { Button } from '@/components/ui/button';
import { openWalletSession } from '@/components/wallet/open-wallet-session';
import { useChooserOpen, useWalletSession } from '@/components/wallet/use-wallet-session';
import { setChooserOpen } from '@/components/wallet/wallet-session-state';
import type { WayOn } from '@/lib/wallet/outcome';

export function SessionNotice() {
  const { outcome, status } = useWalletSession();
  const isChoosing = useChooserOpen();
  if (!outcome || (isChoosing && status !== 'signed-in')) return null;
  return (
    <div
      data-testid="session-notice"
      className="fixed inset-x-3 top-14 z-30 rounded-control shadow-float sm:inset-x-auto sm:top-16 sm:right-6 sm:w-96"
    >
      <OutcomeWords outcome={outcome}>
        <div className="flex flex-wrap gap-1 pt-1">
          <WayOnButton wayOn={outcome.wayOn} />
          <Button variant="quiet" onClick={() => openWalletSession().dismissOutcome()}>
            Dismiss
          </Button>
        </div>
      </OutcomeWords>
    </div>
  );
}

function WayOnButton({ wayOn }: { wayOn: WayOn }) {
  const { status } = useWalletSession();
  const here = openWalletSession();
  if (wayOn === 'reload') return <Button onClick={() => window.location.reload()}>Reload the page</Button>;
  if (status === 'signed-in') return null;
  const port = here.lastWallet();
  const again = () => {
    setChooserOpen(true);
    if (port && wayOn === 'sign-in') void here.signInWith(port);
  };
  return (
    <Button onClick={again}>{port && wayOn === 'sign-in' ? `Sign in with ${port.name}` : 'Choose a wallet'}</Button>
  );
}
