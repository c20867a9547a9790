'use client';
// What the crowd's side bets brought: the same bet the page is about, placed by everybody else.
import { countText, intervalText, shareText, signedPercent, solText } from '@/components/analytics/describe-figures';
import { CrowdTrend } from '@/components/analytics/crowd-trend';
import { Fetched, LoadingRows } from '@/components/data/fetched';
import { mapState, type FetchState } from '@/components/data/fetch-state';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Stat } from '@/components/ui/stat';
import type { PerformanceAnswer, SideBetFigures, TrendsAnswer } from '@/lib/protocol/analytics';
import { formatPercent } from '@/lib/units/format';

export function CrowdPanel({
  state,
  trends,
  className,
}: {
  state: FetchState<PerformanceAnswer>;
  trends: FetchState<TrendsAnswer>;
  className?: string;
}) {
  return (
    <div className={cn('ruled grid-cols-1 lg:grid-cols-2', className)}>
      <Card title="The crowd’s side bets" data-testid="crowd-panel">
        <Fetched
          state={mapState(state, ({ sideBets }) => sideBets)}
          isEmpty={(sideBets) => sideBets === null || sideBets.bets === 0}
          empty="No settled side bet in SOL in this range."
          loading={<LoadingRows rows={3} />}
        >
          {(sideBets) => <Figures figures={sideBets!} />}
        </Fetched>
      </Card>
      <CrowdTrend state={trends} />
    </div>
  );
}

function Figures({ figures }: { figures: SideBetFigures }) {
  const { bets, practiceBets, games, won, winRate, publishedWinProbability, breakEven, returnOnStakes } = figures;
  return (
    <>
      <p className="max-w-prose text-ink-soft">
        {countText(won, 'bet')} of {countText(bets, 'bet')} on {countText(games, 'game')} won
        {winRate && (
          <>
            : <strong className="font-semibold text-ink">{shareText(winRate)}</strong> (95 % interval{' '}
            {intervalText(winRate)})
          </>
        )}
        . The published rule gives {formatPercent(publishedWinProbability)}; a bet needs {formatPercent(breakEven)}.
      </p>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3">
        <Figure label="Staked" value={solText(figures.stakedLamports)} />
        <Figure label="Paid back" value={solText(figures.paidLamports)} />
        <Figure label="The crowd’s net" value={solText(figures.netLamports)} />
        {returnOnStakes && (
          <Figure
            label="Return on stakes"
            value={signedPercent(returnOnStakes.value)}
            note={`95 %: ${intervalText(returnOnStakes)}`}
          />
        )}
        <Figure label="Published return" value={signedPercent(figures.publishedReturn)} />
        <Figure label="Practice bets" value={countText(practiceBets, 'bet')} note="not counted" />
      </dl>
    </>
  );
}

function Figure({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <Stat label={label} note={note}>
      <dd className="font-semibold text-ink">{value}</dd>
    </Stat>
  );
}
