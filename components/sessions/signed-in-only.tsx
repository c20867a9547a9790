'use client';
// What belongs to one player is asked for only when a browser is signed in, and forgotten when it no longer is: the answers that
// a tab keeps must not be the next player's to see.
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { Fragment, useEffect, useSyncExternalStore, type ReactNode } from 'react';
import type { FetchState } from '@/components/data/fetch-state';
import { Notice } from '@/components/shell/notice';
import { Button } from '@/components/ui/button';
import { useWalletSession } from '@/components/wallet/use-wallet-session';
import { hasSignInHint, onSignedOut } from '@/components/wallet/wallet-session-state';

/** `children` asks the API for the player's own. */
export function SignedInOnly({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  const { status, accountId } = useWalletSession();
  const hasHint = useSyncExternalStore(
    subscribeNever,
    () => hasSignInHint(document.cookie),
    () => null,
  );
  useForgetting();
  if (status === 'signed-in' || hasHint) return <Fragment key={accountId ?? 'known by cookie'}>{children}</Fragment>;
  return hasHint === null ? null : <SignInNotice title={title} text={text} />;
}

export function SignInNotice({ title, text }: { title: string; text: string }) {
  const { signIn } = useWalletSession();
  return (
    <div data-testid="sign-in-notice" className="flex grow flex-col">
      <Notice title={title} text={text}>
        <Button variant="solid" onClick={signIn}>
          Connect a wallet
        </Button>
        <p className="max-w-prose text-caption text-ink-faint">
          No wallet? On the practice chain Fortytick’s own needs nothing installed. Everything but your bets can be seen
          without signing in.
        </p>
      </Notice>
    </div>
  );
}

/** The server's word that nobody is signed in, whatever the cookie hinted at. */
export function isSignedOut(state: FetchState<unknown>): boolean {
  return state.kind === 'failed' && state.problem.status === 401;
}

const forgetting = new WeakSet<QueryClient>();

/** Once for the tab's answers: a player may sign out on another page. */
function useForgetting(): void {
  const client = useQueryClient();
  useEffect(() => {
    if (forgetting.has(client)) return;
    forgetting.add(client);
    onSignedOut(() => client.clear());
  }, [client]);
}

function subscribeNever(): () => void {
  return () => {};
}
