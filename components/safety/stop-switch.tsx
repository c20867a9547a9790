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
  const press = () => void (isBusy || run({ method: 'POST', path: since === null ? 'stop' : 'resume', body: {} }));
  return (
    <div className={cn('flex flex-col gap-2', className)}>
      {/* One button, never disabled: focus stays on it, and pressing twice does no more than once. */}
      <Button
        data-testid={since === null ? 'stop-betting' : 'resume-betting'}
        aria-busy={isBusy}
        onClick={press}
        className={cn(
          'h-12 w-full [&_svg]:size-5',
          since === null && 'border-danger/60 text-danger hover:bg-danger/10',
        )}
      >
        {since === null ? <OctagonX aria-hidden /> : <Play aria-hidden />}
        {since === null ? 'Stop all betting' : 'Resume betting'}
      </Button>
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
