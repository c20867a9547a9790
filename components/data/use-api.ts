'use client';
// Asks our API and tells what is known of the answer. The path is the question: whatever changes the answer (range, filter,
// cursor) belongs into it.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { fetchApi } from '@/components/data/fetch-api';
import type { FetchState } from '@/components/data/fetch-state';
import { toFetchState } from '@/components/data/to-fetch-state';
import { useOverage } from '@/components/data/use-overage';

export type ApiOptions = {
  /** Ask again this often while the page is looked at; never unless given. */
  readonly refreshMs?: number;
  /** Data older than this say so. Three refreshes unless given; never without refreshing. */
  readonly staleAfterMs?: number;
};

/** `path` null: nothing to ask yet; the state is then `loading`. Needs a DataProvider above. */
export function useApi<T>(path: string | null, schema: z.ZodType<T>, options: ApiOptions = {}): FetchState<T> {
  const query = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => fetchApi({ path: path!, schema, signal }),
    enabled: path !== null,
    refetchInterval: options.refreshMs ?? false,
    placeholderData: keepPreviousData,
  });
  const overageMs = useOverage({ since: query.dataUpdatedAt, afterMs: staleAfterMs(options) });
  return toFetchState({ query, overageMs });
}

export function staleAfterMs({ refreshMs, staleAfterMs }: ApiOptions): number {
  return staleAfterMs ?? (refreshMs === undefined ? Infinity : 3 * refreshMs);
}
