'use client';
// How good the predictions were, in figures, and the sentence that keeps them honest: no prediction of a game without
// memory can be much better.
import type { ReactNode } from 'react';
import { intervalText, shareText } from '@/components/analytics/describe-figures';
import { Fetched, LoadingRows } from '@/components/data/fetched';
import type { FetchState } from '@/components/data/fetch-state';
import { Card } from '@/components/ui/card';
import { Stat } from '@/components/ui/stat';
import type { PerformanceAnswer, PredictionFigures, ShareView } from '@/lib/protocol/analytics';
import { formatNumber, formatPercent } from '@/lib/units/format';

export function AccuracyPanel({ state, className }: { state: FetchState<PerformanceAnswer>; className?: string }) {
  return (
    <Card title="How good the predictions were" className={className} data-testid="accuracy-panel">
      <Fetched
        state={state}
        isEmpty={({ predictions }) => predictions === null}
        empty="No game in this range has ended since predictions were made."
        loading={<LoadingRows rows={3} />}
      >
        {({ predictions }) => <Figures figures={predictions!} />}
      </Fetched>
    </Card>
  );
}

function Figures({ figures: { window: windows, end } }: { figures: PredictionFigures }) {
  const { won, meanForecast, brier, logLoss } = windows;
  return (
    <>
      <p className="max-w-prose text-lead text-ink-soft">
        A bet won in <strong className="font-semibold text-ink">{shareText(won)}</strong> of the windows; the
        predictions said <strong className="font-semibold text-ink">{formatPercent(meanForecast)}</strong>.{' '}
        {won.lower <= meanForecast && meanForecast <= won.upper
          ? 'That is what honest predictions look like: the difference is chance.'
          : 'That is more than chance explains: the predictions are off in this range.'}
      </p>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-4 lg:grid-cols-8">
        <Figure label="Windows won" value={shareText(won)} note={`95 %: ${intervalText(won)}`} />
        <Figure label="Brier score" value={formatNumber(brier, 4)} note="lower is better" />
        <Figure label="Log-loss" value={formatNumber(logLoss, 4)} note="lower is better" />
        <Figure
          label="Median e40"
          value={formatNumber(end.medianE40, 2)}
          note={`windows, read to ${formatNumber(end.medianE40Resolution / 2, 2)}`}
        />
        <Figure label="Mean error" value={`${formatNumber(end.meanAbsoluteErrorTicks, 0)} ticks`} note="absolute" />
        <Figure
          label="Within 1 / 2 / 3 windows"
          value={[end.within1, end.within2, end.within3].map((share) => formatNumber(100 * share.value, 0)).join(' / ')}
          note="% of predictions"
        />
        <Coverage label="50 % interval held" share={end.coverage50} />
        <Coverage label="90 % interval held" share={end.coverage90} />
      </dl>
      <p className="max-w-prose text-caption text-ink-faint">
        e40 is how far off the predicted end was, in windows of 40 ticks. Under the published rule a game has no memory:
        the honest median is off by {formatNumber(PUBLISHED_E40, 1)} windows or more half of the time, and small steps
        from there are luck.
      </p>
    </>
  );
}

/** Median of |end − 139| for an end at hazard 0.005 per tick, predicted at 139: 96 ticks, in windows of 40. */
const PUBLISHED_E40 = 96 / 40;

function Coverage({ label, share }: { label: string; share: ShareView }) {
  return <Figure label={label} value={shareText(share)} note={`95 %: ${intervalText(share)}`} />;
}

function Figure({ label, value, note }: { label: string; value: ReactNode; note?: string }) {
  return (
    <Stat label={label} note={note}>
      <dd className="text-figure font-semibold text-ink">{value}</dd>
    </Stat>
  );
}
