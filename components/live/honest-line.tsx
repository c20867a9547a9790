'use client';
import { Scale } from 'lucide-react';
import { useLive } from '@/components/live/live-provider';
import { Figures } from '@/components/ui/figures';
import { publishedLossShare } from '@/lib/decision/published-loss';
import { DEFAULT_PAYOUT_MULTIPLE, PUBLISHED_HAZARD } from '@/lib/game/rules';
import { formatPercent } from '@/lib/units/format';

/** Stands whatever the feed does: it rests on the published rules and the payout, not on the moment. */
export function HonestLine() {
  const payout = useLive((state) => state.payout ?? DEFAULT_PAYOUT_MULTIPLE);
  const loss = publishedLossShare(payout);
  const outcome = loss > 0 ? `loses about ${formatPercent(loss)}` : `gains about ${formatPercent(-loss)}`;
  return (
    <p
      data-testid="honest-line"
      className="flex items-start gap-3 border-t border-line px-4 py-3 text-ink-soft lg:px-5 xl:px-8"
    >
      <Scale aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-faint" />
      <span>
        Under the published rules this bet{' '}
        <strong className="font-semibold text-ink">
          <Figures>{`${outcome} of every stake`}</Figures>
        </strong>{' '}
        on average.{' '}
        <span className="text-ink-faint">
          <Figures>{`Every tick rugs with ${formatPercent(PUBLISHED_HAZARD)}, whatever came before.`}</Figures>
        </span>
      </span>
    </p>
  );
}
