'use client';
// The games on record, newest first, narrowed by a filter that lives in the address.
import { Download } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { Fetched } from '@/components/data/fetched';
import type { FetchState } from '@/components/data/fetch-state';
import { useApiPages } from '@/components/data/use-api-pages';
import { FilterForm } from '@/components/games/filter-form';
import {
  exportPath,
  filterAddress,
  isFiltered,
  listPath,
  readFilter,
  type GamesFilterChoice,
} from '@/components/games/games-filter';
import { GamesList } from '@/components/games/games-list';
import { Page } from '@/components/shell/page';
import { Button, buttonVariants } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Segmented } from '@/components/ui/segmented';
import { gamesPageSchema, type GamesPage as Answer } from '@/lib/protocol/games-api';

/** A game lasts about a minute. */
const REFRESH_MS = 15_000;

export function GamesPage() {
  const filter = readFilter(useSearchParams());
  const [cleared, setCleared] = useState(0);
  const choose = (next: GamesFilterChoice) => window.history.replaceState(null, '', filterAddress(next));
  const { state, more } = useApiPages({
    pathOf: (cursor) => listPath(filter, cursor),
    nextOf: (page: Answer) => page.next,
    schema: gamesPageSchema,
    refreshMs: REFRESH_MS,
  });
  const source = filter.source || sourceOf(state);
  return (
    <Page
      title="Games"
      lead="Every game on record, with what was said about it and whether it checks out. Choose one to replay it tick by tick."
      aside={
        <Segmented
          label="Games"
          value={source}
          options={SOURCES}
          onChange={(next) => {
            choose({ ...filter, source: next });
            setCleared(cleared + 1);
          }}
        />
      }
    >
      <FilterForm key={cleared} filter={filter} isFiltered={isFiltered(filter)} onChange={choose} />
      <section aria-label="List of games" className="@container flex flex-col gap-4 bg-surface p-4 lg:p-5">
        <Fetched
          state={state}
          isEmpty={(pages) => pages.every((page) => page.games.length === 0)}
          empty={<Nothing isFiltered={isFiltered(filter)} />}
        >
          {(pages) => <GamesList games={pages.flatMap((page) => page.games)} />}
        </Fetched>
        <footer className="flex flex-wrap items-center justify-between gap-3">
          {more ? (
            <Button onClick={more.load} disabled={more.isLoading} data-testid="more-games">
              {more.isLoading ? 'Loading…' : 'Show more games'}
            </Button>
          ) : (
            <span />
          )}
          <Exports filter={filter} />
        </footer>
      </section>
    </Page>
  );
}

const SOURCES = [
  { value: 'live', text: 'Real games' },
  { value: 'simulator', text: 'Simulated' },
] as const;

function sourceOf(state: FetchState<readonly Answer[]>): string {
  return (state.kind === 'ready' && state.data[0]?.source) || '';
}

function Exports({ filter }: { filter: GamesFilterChoice }) {
  return (
    <p className="flex items-center gap-1 text-caption text-ink-faint">
      <Download aria-hidden className="size-3.5" /> Export all that fit:
      {(['csv', 'jsonl'] as const).map((format) => (
        <a
          key={format}
          href={exportPath(filter, format)}
          download
          className={cn(buttonVariants({ variant: 'quiet' }), 'h-7 px-2 text-caption')}
        >
          {format === 'csv' ? 'CSV' : 'JSON lines'}
        </a>
      ))}
    </p>
  );
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  return (
    <p data-testid="no-games" className="py-6">
      {isFiltered
        ? 'No game on record fits this filter.'
        : 'No game is on record yet: one appears here as soon as the feed announces it.'}
    </p>
  );
}
