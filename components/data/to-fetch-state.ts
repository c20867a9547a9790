// From what the query library keeps to the one phase a view shows. Pure.
import { ApiProblem } from '@/components/data/fetch-api';
import type { FetchState, Staleness } from '@/components/data/fetch-state';
import { epochMs, type EpochMs } from '@/lib/units/time';

export type QueryView<T> = {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly dataUpdatedAt: number;
  readonly isPlaceholderData: boolean;
  readonly refetch: () => unknown;
};

export function toFetchState<T>({
  query,
  now,
  staleAfterMs,
}: {
  query: QueryView<T>;
  now: EpochMs | null;
  staleAfterMs: number;
}): FetchState<T> {
  const retry = () => void query.refetch();
  const problem = query.error && toApiProblem(query.error);
  if (query.data === undefined) return problem ? { kind: 'failed', problem, retry } : { kind: 'loading' };
  const receivedAt = epochMs(query.dataUpdatedAt);
  return {
    kind: 'ready',
    data: query.data,
    receivedAt,
    stale: query.isPlaceholderData
      ? null
      : staleness({ problem, ageMs: (now ?? receivedAt) - receivedAt, staleAfterMs }),
    isPrevious: query.isPlaceholderData,
    retry,
  };
}

function staleness({
  problem,
  ageMs,
  staleAfterMs,
}: {
  problem: ApiProblem | null;
  ageMs: number;
  staleAfterMs: number;
}): Staleness | null {
  if (problem) return { because: 'refetch-failed', problem };
  return ageMs > staleAfterMs ? { because: 'too-old', ageMs } : null;
}

/** Anything else that is thrown is a fault of this page; it is told, not hidden. */
function toApiProblem(error: Error): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem({
    kind: 'unreadable',
    status: null,
    title: 'This page made a mistake',
    detail: error.message,
    cause: error,
  });
}
