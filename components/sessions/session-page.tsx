'use client';
// One session: first how much of it is luck, then the money over time, what was advised against what was taken, and every bet.
import Link from 'next/link';
import { useState } from 'react';
import { VENUE_WORDS } from '@/components/bet/venue-words';
import { Fetched } from '@/components/data/fetched';
import { mapState, type FetchState } from '@/components/data/fetch-state';
import { useApi } from '@/components/data/use-api';
import { strategyName } from '@/components/games/strategy-name';
import { durationText, uncountedText } from '@/components/sessions/describe-session';
import { EquityCard } from '@/components/sessions/equity-card';
import { GroupsCard } from '@/components/sessions/groups-card';
import { LedgerCard } from '@/components/sessions/ledger-card';
import { LuckPanel } from '@/components/sessions/luck-panel';
import { EndSession } from '@/components/sessions/running-sessions';
import { SessionBets } from '@/components/sessions/session-bets';
import { isSignedOut, SignedInOnly, SignInNotice } from '@/components/sessions/signed-in-only';
import { Page } from '@/components/shell/page';
import { Time } from '@/components/time/time';
import { buttonVariants } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { sessionDetailSchema, type SessionDetail } from '@/lib/protocol/sessions-api';

const NOTICE = {
  title: 'Sign in to see this session',
  text: 'A session is its player’s alone. The proof of a single bet can be read by anyone who has its link.',
};

export function SessionPage({ sessionId }: { sessionId: string }) {
  return (
    <SignedInOnly {...NOTICE}>
      <Session sessionId={sessionId} />
    </SignedInOnly>
  );
}

const REFRESH_MS = 5_000;
/** A long session is much to count, and one bet more changes little of it. */
const LONG_REFRESH_MS = 30_000;
const LONG_BETS = 2_000;

function Session({ sessionId }: { sessionId: string }) {
  const [refreshMs, setRefreshMs] = useState<number | null>(REFRESH_MS);
  const path = `/api/sessions/${encodeURIComponent(sessionId)}`;
  const state = useApi(path, sessionDetailSchema, refreshMs === null ? {} : { refreshMs });
  const wanted = state.kind === 'ready' ? refreshOf(state.data.session) : refreshMs;
  if (wanted !== refreshMs) setRefreshMs(wanted);
  if (isSignedOut(state)) return <SignInNotice {...NOTICE} />;
  return (
    <Page {...heading(state)} className="lg:grid-cols-12">
      {state.kind === 'ready' && !state.stale ? (
        <Panels detail={state.data} state={state} />
      ) : (
        <>
          <section aria-label="Session" className="bg-surface p-4 lg:col-span-12 lg:p-5">
            <Fetched state={state}>{() => null}</Fetched>
          </section>
          {state.kind === 'ready' && <Panels detail={state.data} state={state} />}
        </>
      )}
    </Page>
  );
}

/** Never, once it has ended and every bet of it has. */
function refreshOf({ closedAt, open, bets }: SessionDetail['session']): number | null {
  if (closedAt !== null && open === 0) return null;
  return bets > LONG_BETS ? LONG_REFRESH_MS : REFRESH_MS;
}

function heading(state: FetchState<SessionDetail>) {
  const session = state.kind === 'ready' ? state.data.session : null;
  const uncounted = session && uncountedText(session);
  return {
    title: session ? (
      <>
        Session of <Time at={session.openedAt} bare />
      </>
    ) : (
      'Session'
    ),
    lead: session && (
      <>
        {VENUE_WORDS[session.venue].mark}. {session.bets} {session.bets === 1 ? 'bet' : 'bets'} in{' '}
        {durationText(session)}
        {uncounted && <>, of which {uncounted} (in no figure below)</>}
        {session.closedAt === null ? '. Running.' : session.closeReason === 'player' ? '. Ended by you.' : '.'}
      </>
    ),
    aside: (
      <div className="flex flex-wrap items-center gap-2">
        {session?.closedAt === null && <EndSession sessionId={session.id} />}
        <Link href="/sessions" prefetch={false} className={cn(buttonVariants({ variant: 'quiet' }), 'max-sm:-ml-4')}>
          All sessions
        </Link>
      </div>
    ),
  };
}

function Panels({ detail, state }: { detail: SessionDetail; state: FetchState<SessionDetail> }) {
  return (
    <>
      <LuckPanel detail={detail} className="lg:col-span-12" />
      <EquityCard state={mapState(state, (data) => data)} className="lg:col-span-7" />
      <LedgerCard detail={detail} className="lg:col-span-5" />
      <GroupsCard
        title="By strategy"
        groups={detail.byStrategy}
        nameOf={(key) => (key === null ? 'No strategy' : strategyName(key))}
        className="lg:col-span-6"
      />
      <GroupsCard
        title="By zone at placement"
        groups={detail.byZone}
        nameOf={(key) => (key === null ? 'Not known' : (ZONE_WORDS[key] ?? key))}
        className="lg:col-span-6"
      />
      <SessionBets detail={detail} className="lg:col-span-12" />
    </>
  );
}

const ZONE_WORDS: Record<string, string> = {
  'deep-negative': 'Far below break-even',
  negative: 'Below break-even',
  'break-even': 'At break-even',
  positive: 'Above break-even',
};
