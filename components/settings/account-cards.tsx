'use client';
// The settings of a signed-in player, section by section; what protects comes first.
import type { ReactNode } from 'react';
import { DataCard } from '@/components/settings/data-card';
import { DisplayCard } from '@/components/settings/display-card';
import { KeysCard } from '@/components/settings/keys-card';
import { LimitsCard } from '@/components/settings/limits-card';
import { PauseCard } from '@/components/settings/pause-card';
import { PlayerIdCard } from '@/components/settings/player-id-card';
import { ProfileCard } from '@/components/settings/profile-card';
import { RealityCheckCard } from '@/components/settings/reality-check-card';
import { SignInsCard } from '@/components/settings/sign-ins-card';
import { accountStore } from '@/components/safety/account-store';
import { RealityCheckDialog } from '@/components/safety/reality-check';
import { useAccount } from '@/components/safety/use-account';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Skeleton } from '@/components/ui/skeleton';

export function AccountCards() {
  const { view, problem } = useAccount();
  if (!view) {
    return (
      <Card title="Your account" className="min-h-60 lg:col-span-full">
        {problem === null ? (
          <Skeleton className="h-4 w-2/3" />
        ) : (
          <>
            <p role="alert">{problem}</p>
            <Button className="self-start" onClick={() => void accountStore().refresh()}>
              Try again
            </Button>
          </>
        )}
      </Card>
    );
  }
  return (
    <>
      <Column className="lg:col-span-5">
        <PauseCard view={view} />
        <RealityCheckCard view={view} />
      </Column>
      <LimitsCard className="lg:col-span-7" view={view} />
      <Column className="lg:col-span-5">
        <DisplayCard account={view.account} />
        <PlayerIdCard view={view} />
      </Column>
      <ProfileCard className="lg:col-span-7" view={view} />
      <KeysCard className="lg:col-span-full" />
      <SignInsCard className="lg:col-span-5" />
      <DataCard className="lg:col-span-7" />
      <RealityCheckDialog />
    </>
  );
}

/** Cards under each other beside a longer one. */
function Column({ className, children }: { className: string; children: ReactNode }) {
  return <div className={cn('flex flex-col divide-y divide-line bg-surface', className)}>{children}</div>;
}
