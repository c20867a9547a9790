'use client';
// Is the data whole? For whoever runs Fortytick and for whoever relies on it: the score and what it is made of, every
// check in words, what is wrong now, how well each day is covered, what waits and what is kept.
import { useState } from 'react';
import { AlertsPanel } from '@/components/data-quality/alerts-panel';
import { BacklogPanel } from '@/components/data-quality/backlog-panel';
import { ChecksPanel } from '@/components/data-quality/checks-panel';
import { CoverageCard } from '@/components/data-quality/coverage-card';
import { HoldsPanel } from '@/components/data-quality/holds-panel';
import {
  HISTORY_HOURS,
  HISTORY_RANGES,
  ScoreHistory,
  type HistoryRange,
} from '@/components/data-quality/score-history';
import { ScorePanel } from '@/components/data-quality/score-panel';
import { useApi } from '@/components/data/use-api';
import { Page } from '@/components/shell/page';
import { Segmented } from '@/components/ui/segmented';
import { dataQualitySchema } from '@/lib/protocol/data-quality';

/** A report is made once a minute. */
const REFRESH = { refreshMs: 20_000, staleAfterMs: 90_000 };
const SOURCES = [
  { value: 'live', text: 'Real games' },
  { value: 'simulator', text: 'Simulated' },
] as const;
/** Six weeks, so that a calendar of whole weeks holds a month. */
const DAYS = 42;

export function DataQualityPage() {
  const [range, setRange] = useState<HistoryRange>('day');
  const [source, setSource] = useState<'live' | 'simulator' | null>(null);
  const query = new URLSearchParams({ hours: String(HISTORY_HOURS[range]), days: String(DAYS) });
  if (source) query.set('source', source);
  const state = useApi(`/api/data-quality?${query}`, dataQualitySchema, REFRESH);
  const shown = source ?? (state.kind === 'ready' ? state.data.source : null);
  return (
    <Page
      title="Data"
      lead="Whether the record is whole, right, fresh and plausible. Checked every minute; what could not be measured is called unknown, never good."
      aside={
        <div className="flex flex-wrap gap-3">
          {shown && <Segmented label="Games of the coverage" value={shown} options={SOURCES} onChange={setSource} />}
          <Segmented label="Range of the score" value={range} options={HISTORY_RANGES} onChange={setRange} />
        </div>
      }
      className="lg:grid-cols-12"
    >
      <ScorePanel state={state} className="lg:col-span-5" />
      <AlertsPanel state={state} className="lg:col-span-7" />
      <ChecksPanel state={state} className="lg:col-span-full" />
      <CoverageCard state={state} className="lg:col-span-7" />
      <ScoreHistory state={state} range={range} className="lg:col-span-5" />
      <BacklogPanel state={state} className="lg:col-span-5" />
      <HoldsPanel state={state} className="lg:col-span-7" />
    </Page>
  );
}
