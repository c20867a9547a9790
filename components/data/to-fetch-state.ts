// From what the query library keeps to the one phase a view shows. Pure.
import { ApiProblem } from '@/components/data/fetch-api';
import type { FetchState, Staleness } from '@/components/data/fetch-state';
import { epochMs } from '@/lib/units/time';

export type QueryView<T> = {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly dataUpdatedAt: number;
  readonly isPlaceholderData: boolean;
  readonly refetch: () => unknown;
};

/** `overageMs`: how old the data are when that is too old, else null. */
export function toFetchState<T>({
  query,
  overageMs,
}: {
  query: QueryView<T>;
  overageMs: number | null;
}): FetchState<T> {
  const retry = () => void query.refetch();
  const problem = query.error && toApiProblem(query.error);
  if (query.data === undefined) return problem ? { kind: 'failed', problem, retry } : { kind: 'loading' };
  return {
    kind: 'ready',
    data: query.data,
    receivedAt: epochMs(query.dataUpdatedAt),
    stale: query.isPlaceholderData ? null : staleness(problem, overageMs),
    isPrevious: query.isPlaceholderData,
    retry,
  };
}

function staleness(problem: ApiProblem | null, overageMs: number | null): Staleness | null {
  if (problem) return { because: 'refetch-failed', problem };
  return overageMs === null ? null : { because: 'too-old', ageMs: overageMs };
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
