'use client';
// The one way a view shows something fetched: its place while it loads, the problem and a way to try again, old data
// with a note that they are old, words for nothing, and the data themselves.
import { History, RotateCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ApiProblem } from '@/components/data/fetch-api';
import type { FetchState, Staleness } from '@/components/data/fetch-state';
import { Time } from '@/components/time/time';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Skeleton } from '@/components/ui/skeleton';
import { formatSeconds } from '@/lib/units/format';
import type { EpochMs } from '@/lib/units/time';

export function Fetched<T>({
  state,
  isEmpty,
  empty = 'Nothing on record yet.',
  loading = <LoadingRows />,
  className,
  children,
}: {
  state: FetchState<T>;
  isEmpty?: (data: T) => boolean;
  /** What to say when there is nothing: what would be here, and when. */
  empty?: ReactNode;
  /** Of about the height of what comes, so that nothing jumps. */
  loading?: ReactNode;
  className?: string;
  children: (data: T) => ReactNode;
}) {
  if (state.kind === 'loading') return <Loading className={className}>{loading}</Loading>;
  if (state.kind === 'failed') return <Failed className={className} problem={state.problem} retry={state.retry} />;
  return (
    <div
      data-fetched={state.stale ? 'stale' : 'ready'}
      aria-busy={state.isPrevious}
      className={cn('flex min-w-0 flex-col gap-3 transition-opacity', state.isPrevious && 'opacity-50', className)}
    >
      {state.stale && <StaleNote stale={state.stale} receivedAt={state.receivedAt} retry={state.retry} />}
      {isEmpty?.(state.data) ? <div className="text-ink-faint">{empty}</div> : children(state.data)}
    </div>
  );
}

function Loading({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div data-fetched="loading" role="status" className={cn('min-w-0', className)}>
      <span className="sr-only">Loading…</span>
      {children}
    </div>
  );
}

export function LoadingRows({ rows = 5 }: { rows?: number }) {
  return (
    <span className="flex flex-col gap-4 pt-1">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} className="h-4 w-full" />
      ))}
    </span>
  );
}

function Failed({ problem, retry, className }: { problem: ApiProblem; retry: () => void; className?: string }) {
  return (
    <div data-fetched="failed" role="alert" className={cn('flex flex-col items-start gap-3', className)}>
      <p className="flex gap-2">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
        <span>
          <strong className="font-semibold">{problem.title}.</strong>{' '}
          <span className="text-ink-soft">{problem.detail}</span>
        </span>
      </p>
      <Button onClick={retry}>
        <RotateCw aria-hidden /> Try again
      </Button>
    </div>
  );
}

function StaleNote({ stale, receivedAt, retry }: { stale: Staleness; receivedAt: EpochMs; retry: () => void }) {
  const why =
    stale.because === 'too-old'
      ? `nothing newer came for ${formatSeconds(stale.ageMs, 0)}`
      : `asking again failed: ${lowerFirst(stale.problem.title)}`;
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-2 gap-y-1 text-caption text-warning">
      <History aria-hidden className="size-3.5 shrink-0" />
      <span>
        As of <Time at={receivedAt} form="time" className="[&_*]:text-current" />; {why}.
      </span>
      <button type="button" onClick={retry} className="rounded-small underline underline-offset-2 hover:text-ink">
        Try again
      </button>
    </p>
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
