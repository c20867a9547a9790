'use client';
// A list that comes page by page (keyset cursors): everything read so far, and a way to read on.
import { useInfiniteQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { fetchApi } from '@/components/data/fetch-api';
import type { FetchState } from '@/components/data/fetch-state';
import { toFetchState } from '@/components/data/to-fetch-state';
import { staleAfterMs, type ApiOptions } from '@/components/data/use-api';
import { useOverage } from '@/components/data/use-overage';

/** A reader who wants more than this wants the export; refreshing asks for every page again. */
export const PAGES_MAX = 50;

export type PagedState<Page> = {
  readonly state: FetchState<readonly Page[]>;
  /** Null when everything has been read, or when PAGES_MAX pages have. */
  readonly more: { readonly isLoading: boolean; load(): void } | null;
};

/** `pathOf(null)` asks for the first page; `nextOf` returns the cursor after a page, null after the last. */
export function useApiPages<Page>({
  pathOf,
  nextOf,
  schema,
  ...options
}: ApiOptions & {
  pathOf: (cursor: string | null) => string;
  nextOf: (page: Page) => string | null;
  schema: z.ZodType<Page>;
}): PagedState<Page> {
  const query = useInfiniteQuery({
    queryKey: ['pages', pathOf(null)],
    queryFn: ({ signal, pageParam }) => fetchApi({ path: pathOf(pageParam), schema, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page, pages: readonly Page[]) => (pages.length < PAGES_MAX ? nextOf(last) : null),
    refetchInterval: options.refreshMs ?? false,
    placeholderData: (previous) => previous,
  });
  const overageMs = useOverage({ since: query.dataUpdatedAt, afterMs: staleAfterMs(options) });
  const view = { ...query, data: query.data?.pages as readonly Page[] | undefined };
  return {
    state: toFetchState({ query: view, overageMs }),
    more: query.hasNextPage ? { isLoading: query.isFetchingNextPage, load: () => void query.fetchNextPage() } : null,
  };
}
