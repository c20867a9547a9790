'use client';
// What to do and why: the verdict, then the figures it rests on. While the feed is not live every figure here is
// withdrawn, not merely dimmed: an old number looks exactly like a new one.
import { useVerdict } from '@/components/advice/advice-provider';
import { BetFigures } from '@/components/live/bet-figures';
import { HonestLine } from '@/components/live/honest-line';
import { useLive } from '@/components/live/live-provider';
import { WinScale } from '@/components/live/win-scale';
import { cn } from '@/components/ui/cn';
import { Figures } from '@/components/ui/figures';
import { isClaiming } from '@/lib/decision/verdict';

export function VerdictPanel({ className }: { className?: string }) {
  const isTrusted = useLive((state) => isClaiming(state.health));
  const zone = useLive((state) => state.assessment?.zone ?? 'none');
  return (
    <section
      aria-label="Verdict"
      data-testid="verdict-panel"
      data-claiming={isTrusted}
      data-zone={isTrusted ? zone : 'none'}
      className={cn('flex min-w-0 flex-col bg-surface', !isTrusted && 'hatched', className)}
    >
      <div className="flex grow flex-col justify-center gap-5 px-4 py-5 lg:gap-7 lg:px-5 lg:py-6 xl:px-8">
        <Headline />
        <WinScale />
        <BetFigures />
      </div>
      <HonestLine />
    </section>
  );
}

function Headline() {
  const verdict = useVerdict();
  const isMute = verdict.word === 'No advice';
  return (
    <div>
      <h1 data-testid="verdict" data-word={verdict.word}>
        <span
          className={cn(
            'flex h-[calc(var(--text-verdict)*0.92)] items-end text-verdict font-bold tracking-[-0.045em]',
            isMute ? 'text-[length:calc(var(--text-verdict)*0.66)] leading-none text-ink-faint' : 'text-zone',
          )}
        >
          {verdict.word}
          <span className="sr-only">: </span>
        </span>
        <span className="mt-4 block text-lead text-ink-soft first-letter:uppercase">
          <Figures className="font-semibold text-ink">{verdict.reason}</Figures>
        </span>
      </h1>
      <p aria-live="polite" className="sr-only">
        {verdict.spoken}
      </p>
    </div>
  );
}
