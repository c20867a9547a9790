'use client';
// A player's betting sessions: what runs now, what came of the others, and the totals by day.
import { useState } from 'react';
import { Fetched } from '@/components/data/fetched';
import { mapState, type FetchState } from '@/components/data/fetch-state';
import { useApiPages } from '@/components/data/use-api-pages';
import { DayTotals } from '@/components/sessions/day-totals';
import { ExportBets } from '@/components/sessions/export-bets';
import { extremesText } from '@/components/sessions/describe-session';
import { RunningSessions } from '@/components/sessions/running-sessions';
import { SessionsList } from '@/components/sessions/sessions-list';
import { isSignedOut, SignedInOnly, SignInNotice } from '@/components/sessions/signed-in-only';
import { Page } from '@/components/shell/page';
import { zoneId } from '@/components/time/format-instant';
import { useZone } from '@/components/time/use-zone';
import { Button } from '@/components/ui/button';
import { Figures } from '@/components/ui/figures';
import { Segmented } from '@/components/ui/segmented';
import { VENUE_IDS } from '@/lib/bets/bet';
import { sessionsPageSchema, type SessionsPage as Answer, type SessionSummary } from '@/lib/protocol/sessions-api';

const NOTICE = {
  title: 'Your sessions stand here once you are signed in',
  text: 'From your first bet on, Fortytick keeps what you were told, what you did and what the game made of it, and says how much of the result is luck.',
};

export function SessionsPage() {
  return (
    <SignedInOnly {...NOTICE}>
      <Sessions />
    </SignedInOnly>
  );
}

/** A bet settles in about ten seconds. */
const REFRESH_MS = 10_000;

const VENUES = [
  { value: 'all', text: 'All' },
  { value: 'practice', text: 'Practice' },
  { value: 'paper', text: 'Paper' },
  { value: 'assisted', text: 'Assisted' },
] as const;
type VenueChoice = (typeof VENUES)[number]['value'];

function Sessions() {
  const [venue, setVenue] = useState<VenueChoice>('all');
  // A day of the totals is a day of the clock that the times beside it are told by.
  const zone = zoneId(useZone());
  const { state, more } = useApiPages({
    pathOf: (cursor) => pathOf({ venue, zone, cursor }),
    nextOf: (page: Answer) => page.next,
    schema: sessionsPageSchema,
    refreshMs: REFRESH_MS,
  });
  if (isSignedOut(state)) return <SignInNotice {...NOTICE} />;
  return (
    <Page
      title="Sessions"
      lead="Each session opens with a bet and closes after 30 idle minutes. What it brought, and how much of that is luck."
      aside={<Segmented label="Venue" value={venue} options={VENUES} onChange={setVenue} />}
      className="lg:grid-cols-12"
    >
      <RunningSessions sessions={runningOf(state)} className="lg:col-span-12" />
      <section
        aria-label="List of sessions"
        className="@container flex flex-col gap-4 bg-surface p-4 lg:col-span-8 lg:p-5"
      >
        <Fetched
          state={state}
          isEmpty={(pages) => pages.every((page) => page.sessions.length === 0)}
          empty={<Nothing isFiltered={venue !== 'all'} />}
        >
          {(pages) => {
            const sessions = pages.flatMap((page) => page.sessions);
            return (
              <>
                <Extremes sessions={sessions} />
                <SessionsList sessions={sessions} />
              </>
            );
          }}
        </Fetched>
        <footer className="mt-auto flex flex-wrap items-center justify-between gap-3">
          {more ? (
            <Button onClick={more.load} disabled={more.isLoading}>
              {more.isLoading ? 'Loading…' : 'Show more sessions'}
            </Button>
          ) : (
            <span />
          )}
          <ExportBets query={venue === 'all' ? '' : `venue=${venue}`} />
        </footer>
      </section>
      <DayTotals state={mapState(state, (pages) => pages[0]?.days ?? [])} className="lg:col-span-4" />
    </Page>
  );
}

/** Venues apart: what is won on paper is no comfort for what is lost elsewhere. */
function Extremes({ sessions }: { sessions: readonly SessionSummary[] }) {
  const texts = VENUE_IDS.flatMap((venue) => extremesText(sessions.filter((session) => session.venue === venue)) ?? []);
  return texts.map((text) => (
    <p key={text} className="max-w-prose text-ink-soft" data-testid="extremes">
      <Figures>{text}</Figures>
    </p>
  ));
}

function pathOf({ venue, zone, cursor }: { venue: VenueChoice; zone: string; cursor: string | null }): string {
  const query = new URLSearchParams({ zone, ...(venue !== 'all' && { venue }), ...(cursor && { before: cursor }) });
  return `/api/sessions?${query}`;
}

function runningOf(state: FetchState<readonly Answer[]>) {
  if (state.kind !== 'ready') return [];
  return state.data.flatMap((page) => page.sessions).filter(({ closedAt }) => closedAt === null);
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  return (
    <div data-testid="no-sessions" className="flex max-w-prose flex-col gap-2 py-6">
      <p className="text-ink">{isFiltered ? 'No session in this venue yet.' : 'No session yet.'}</p>
      <p>
        A session begins with your first bet. Paper bets cost nothing and are counted just the same: after some twenty
        of them this page can begin to tell luck from anything else.
      </p>
    </div>
  );
}
