'use client';
// Whether there is anything to the hunches: hot hours, short games in a row, a game that follows from the last. The verdict
// first; every test looked at together with the others, so that looking at many finds nothing by itself.
import { HoursChart } from '@/components/analytics/hours-chart';
import { Fetched, LoadingRows } from '@/components/data/fetched';
import type { FetchState } from '@/components/data/fetch-state';
import { Time } from '@/components/time/time';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import type { PatternsAnswer, PatternTest } from '@/lib/protocol/analytics';
import { formatNumber, formatPercent } from '@/lib/units/format';

export function PatternsPanel({ state, className }: { state: FetchState<PatternsAnswer>; className?: string }) {
  return (
    <div className={cn('ruled grid-cols-1 lg:grid-cols-2', className)}>
      <Card title="Is there a pattern?" data-testid="patterns-panel">
        <Fetched state={state} loading={<LoadingRows rows={6} />}>
          {({ verdict, tests, range }) => (
            <>
              <p className="max-w-prose text-lead text-ink">{verdict.words}</p>
              <ul className="flex flex-col divide-y divide-line">
                {tests.map((test) => (
                  <Test key={test.id} test={test} />
                ))}
              </ul>
              <p className="max-w-prose text-caption text-ink-faint">
                {tests.length} tests together raise a false alarm in at most {formatPercent(verdict.familyLevel, 0)} of
                the looks at a fair game (p-values adjusted by Holm’s method). Hours and weekdays are UTC; games since{' '}
                <Time at={range.from} form="date" /> are looked at, a year at most.
              </p>
            </>
          )}
        </Fetched>
      </Card>
      <HoursChart state={state} />
    </div>
  );
}

function Test({ test: { title, words, adjustedPValue, found } }: { test: PatternTest }) {
  return (
    <li className="flex flex-col gap-0.5 py-2">
      <span className="flex items-baseline justify-between gap-3">
        <span className="font-medium text-ink">{title}</span>
        {found ? (
          <Badge tone="danger">found</Badge>
        ) : (
          <span className="text-caption whitespace-nowrap text-ink-faint">
            {adjustedPValue === null ? 'too few games' : `p = ${formatNumber(adjustedPValue, 2)}`}
          </span>
        )}
      </span>
      <span className="text-caption text-ink-soft">{words}</span>
    </li>
  );
}
