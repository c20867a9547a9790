'use client';
// The settings of a signed-in player, section by section.
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
      <LimitsCard className="lg:col-span-7" view={view} />
      <PauseCard className="lg:col-span-5" view={view} />
      <ProfileCard className="lg:col-span-7" view={view} />
      <div className="ruled grid-cols-1 auto-rows-min content-start bg-surface lg:col-span-5 lg:auto-rows-[minmax(min-content,max-content)]">
        <RealityCheckCard view={view} />
        <DisplayCard account={view.account} />
        <PlayerIdCard view={view} />
      </div>
      <KeysCard className="lg:col-span-full" />
      <SignInsCard className="lg:col-span-7" />
      <DataCard className="lg:col-span-5" />
      <RealityCheckDialog />
    </>
  );
}
