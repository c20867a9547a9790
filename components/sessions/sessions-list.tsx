'use client';
// The list itself: a table where there is room, cards on a phone. The whole of either leads to its session.
import Link from 'next/link';
import { VENUE_WORDS } from '@/components/bet/venue-words';
import { sol } from '@/components/games/sol';
import { durationText, uncountedText, winsText } from '@/components/sessions/describe-session';
import { Result } from '@/components/sessions/result';
import { Time } from '@/components/time/time';
import { ZoneName } from '@/components/time/zone-name';
import { Badge } from '@/components/ui/badge';
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table';
import type { SessionSummary } from '@/lib/protocol/sessions-api';

export function SessionsList({ sessions }: { sessions: readonly SessionSummary[] }) {
  return (
    <>
      <Table className="max-sm:hidden">
        <caption className="sr-only">Sessions, newest first</caption>
        <thead>
          <tr>
            <TableHead>
              Began (<ZoneName />)
            </TableHead>
            <TableHead>Venue</TableHead>
            <TableHead>Lasted</TableHead>
            <TableHead>Won</TableHead>
            <TableHead className="text-right">Staked</TableHead>
            <TableHead className="text-right">Result</TableHead>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </tbody>
      </Table>
      <ul className="flex flex-col divide-y divide-line sm:hidden">
        {sessions.map((session) => (
          <SessionCard key={session.id} session={session} />
        ))}
      </ul>
    </>
  );
}

/** The link covers the row, so that a click anywhere and one press of Enter do the same. */
const COVERS = "after:absolute after:inset-0 after:content-['']";

function SessionLink({ session }: { session: SessionSummary }) {
  return (
    <Link
      href={`/sessions/${session.id}`}
      prefetch={false}
      className={`text-ink underline-offset-2 hover:underline ${COVERS}`}
    >
      <Time at={session.openedAt} bare />
    </Link>
  );
}

function SessionRow({ session }: { session: SessionSummary }) {
  return (
    <TableRow
      data-testid="session-row"
      data-session-id={session.id}
      className="relative transition-colors focus-within:bg-raised hover:bg-raised"
    >
      <TableCell>
        <SessionLink session={session} />
      </TableCell>
      <TableCell className="text-ink-soft">{VENUE_WORDS[session.venue].name}</TableCell>
      <TableCell className="text-ink-soft">
        {session.closedAt === null ? <Badge tone="phase">running</Badge> : durationText(session)}
      </TableCell>
      <TableCell className="whitespace-normal">
        <Wins session={session} />
      </TableCell>
      <TableCell className="text-right text-ink-soft">{sol(session.stakedLamports)}</TableCell>
      <TableCell className="text-right font-medium">
        <Result lamports={session.netLamports} />
      </TableCell>
    </TableRow>
  );
}

function SessionCard({ session }: { session: SessionSummary }) {
  return (
    <li data-testid="session-card" data-session-id={session.id} className="relative flex flex-col gap-1 py-3">
      <div className="flex items-baseline justify-between gap-3">
        <SessionLink session={session} />
        <Result lamports={session.netLamports} className="font-medium" />
      </div>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3 text-ink-soft">
        <span>
          Won <Wins session={session} />
        </span>
        <span className="text-caption text-ink-faint">
          {VENUE_WORDS[session.venue].name}, {session.closedAt === null ? 'running' : durationText(session)}
        </span>
      </div>
    </li>
  );
}

function Wins({ session }: { session: SessionSummary }) {
  const uncounted = uncountedText(session);
  return (
    <>
      {winsText(session)}
      {uncounted && <span className="text-caption text-ink-faint"> · {uncounted}</span>}
    </>
  );
}
