// What a view knows of something it asked for, one phase at a time. `ready` may be old: then it says why.
import type { ApiProblem } from '@/components/data/fetch-api';
import type { EpochMs } from '@/lib/units/time';

export type FetchState<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly problem: ApiProblem; readonly retry: () => void }
  | {
      readonly kind: 'ready';
      readonly data: T;
      readonly receivedAt: EpochMs;
      readonly stale: Staleness | null;
      /** The data answer the question before this one; the new answer is on its way. */
      readonly isPrevious: boolean;
      readonly retry: () => void;
    };

/** Shown data that must not pass for fresh: asking again failed, or nothing new came for too long. */
export type Staleness =
  | { readonly because: 'refetch-failed'; readonly problem: ApiProblem }
  | { readonly because: 'too-old'; readonly ageMs: number };

/** For data that were not fetched, such as a game replayed in the browser. */
export function readyState<T>(data: T, receivedAt: EpochMs): FetchState<T> {
  return { kind: 'ready', data, receivedAt, stale: null, isPrevious: false, retry: () => undefined };
}

/** One part of what was fetched, in the same phase: several panels can share one request. */
export function mapState<T, U>(state: FetchState<T>, pick: (data: T) => U): FetchState<U> {
  return state.kind === 'ready' ? { ...state, data: pick(state.data) } : state;
}
