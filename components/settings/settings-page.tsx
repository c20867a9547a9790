'use client';
// Everything a player sets: first what protects, then what pleases, last what is theirs to take along or to delete. What needs
// an account says so to whoever is not signed in.
import dynamic from 'next/dynamic';
import { DisplayCard } from '@/components/settings/display-card';
import { SignInCard } from '@/components/settings/sign-in-card';
import { Page } from '@/components/shell/page';
import { Card } from '@/components/ui/card';
import { useWalletSession } from '@/components/wallet/use-wallet-session';

/** Loaded once somebody is signed in. */
const AccountCards = dynamic(
  () => import('@/components/settings/account-cards').then((module) => module.AccountCards),
  {
    ssr: false,
    loading: () => <Card title="Your account" className="min-h-60 lg:col-span-full" />,
  },
);

export function SettingsPage() {
  const { status } = useWalletSession();
  const isSignedIn = status === 'signed-in';
  return (
    <Page
      title="Settings"
      lead="Limits that hold, pauses nobody can shorten, and your own data. Kept by the server for your account, not by this browser."
      className="lg:grid-cols-12"
    >
      {isSignedIn ? (
        <AccountCards />
      ) : (
        <>
          <SignInCard className="lg:col-span-7" isPending={status !== 'signed-out'} />
          <DisplayCard className="lg:col-span-5" account={null} />
        </>
      )}
    </Page>
  );
}
