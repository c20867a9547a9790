'use client';
// The sessions that run now, each with a way to end it. A bet that is open goes on and settles in its session.
import { useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { closeSession } from '@/components/sessions/close-session';
import { uncountedText, winsText } from '@/components/sessions/describe-session';
import { Result } from '@/components/sessions/result';
import { VENUE_WORDS } from '@/components/bet/venue-words';
import { Time } from '@/components/time/time';
import { Button, buttonVariants } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import type { SessionSummary } from '@/lib/protocol/sessions-api';

export function RunningSessions({ sessions, className }: { sessions: readonly SessionSummary[]; className?: string }) {
  if (sessions.length === 0) return null;
  return (
    <section aria-label="Running now" className={cn('flex flex-col divide-y divide-line bg-surface', className)}>
      {sessions.map((session) => (
        <RunningSession key={session.id} session={session} />
      ))}
    </section>
  );
}

function RunningSession({ session }: { session: SessionSummary }) {
  const uncounted = uncountedText(session);
  return (
    <div
      data-testid="running-session"
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 p-4 lg:px-5"
    >
      <div className="flex min-w-0 flex-col gap-0.5">
        <p className="font-semibold">
          Running: {VENUE_WORDS[session.venue].name}, since <Time at={session.openedAt} form="time" />
        </p>
        <p className="text-ink-soft">
          Won {winsText(session)} · <Result lamports={session.netLamports} />
          {uncounted && <span className="text-ink-faint"> · {uncounted}</span>}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Link href={`/sessions/${session.id}`} prefetch={false} className={buttonVariants()}>
          Open
        </Link>
        <EndSession sessionId={session.id} />
      </div>
    </div>
  );
}

type Phase = { readonly kind: 'idle' | 'asking' } | { readonly kind: 'failed'; readonly message: string };

export function EndSession({ sessionId }: { sessionId: string }) {
  const client = useQueryClient();
  const [phase, setPhase] = useState<Phase>({ kind: 'idle' });
  const end = async () => {
    setPhase({ kind: 'asking' });
    const closed = await closeSession(sessionId);
    if (!closed.ok) return setPhase({ kind: 'failed', message: closed.error });
    await client.invalidateQueries();
    setPhase({ kind: 'idle' });
  };
  return (
    <>
      <Button onClick={() => void end()} disabled={phase.kind === 'asking'} data-testid="end-session">
        {phase.kind === 'asking' ? 'Ending…' : 'End session'}
      </Button>
      {phase.kind === 'failed' && (
        <p role="alert" className="max-w-prose text-caption text-danger">
          {phase.message}
        </p>
      )}
    </>
  );
}
