'use client';
// The stop switch: one tap halts all betting of the account, everywhere, at once. The player may resume at any time. For the
// header's menu and the settings.
import { OctagonX, Play } from 'lucide-react';
import { Problem } from '@/components/safety/safety-dialog';
import { useAccount, useAccountChange } from '@/components/safety/use-account';
import { Time } from '@/components/time/time';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';

/** Nothing for nobody, and until the account is known. */
export function StopSwitch({ className }: { className?: string }) {
  const { view } = useAccount();
  const { isBusy, problem, run } = useAccountChange();
  if (!view) return null;
  const since = view.account.safety.stoppedSince;
  const press = () => void run({ method: 'POST', path: since === null ? 'stop' : 'resume', body: {} });
  return (
    <div className={cn('flex flex-col gap-2', className)}>
      {since === null ? (
        <Button
          data-testid="stop-betting"
          disabled={isBusy}
          onClick={press}
          className="h-12 w-full border-danger/60 text-danger hover:bg-danger/10 [&_svg]:size-5"
        >
          <OctagonX aria-hidden />
          Stop all betting
        </Button>
      ) : (
        <Button data-testid="resume-betting" disabled={isBusy} onClick={press} className="h-12 w-full [&_svg]:size-5">
          <Play aria-hidden />
          Resume betting
        </Button>
      )}
      <p role="status" className="text-caption text-ink-faint">
        {since === null ? (
          'At once, in every tab and for every key. You can resume whenever you want.'
        ) : (
          <>
            All betting is stopped since <Time at={since} />. Open bets go on to their end.
          </>
        )}
      </p>
      <Problem text={problem} />
    </div>
  );
}
