'use client';
// Gives a page its fetched data: put it around the content of a page (or a layout) that calls useApi. Only such pages load
// the library. The answers live as long as the tab, so going back shows them at once.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiProblem } from '@/components/data/fetch-api';
import { onSignedOut } from '@/components/wallet/wallet-session-state';

export function DataProvider({ client, children }: { client?: QueryClient; children: ReactNode }) {
  return <QueryClientProvider client={client ?? tabClient()}>{children}</QueryClientProvider>;
}

/** Answers nobody looks at are forgotten after this long, which bounds the memory of a tab left open. */
const FORGET_MS = 5 * 60_000;
/** An answer this young is not asked for again when a second panel or a way back wants it. */
const FRESH_MS = 10_000;
const RETRIES_MAX = 2;
const RETRY_DELAY_MS = 500;

export function createDataClient({ retriesMax = RETRIES_MAX }: { retriesMax?: number } = {}): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        gcTime: FORGET_MS,
        staleTime: FRESH_MS,
        // A browser that believes itself offline may still reach its own machine: ask, and say what came of it.
        networkMode: 'always',
        retry: (failures, error) => failures < retriesMax && error instanceof ApiProblem && error.mayPass,
        retryDelay: (failures) => RETRY_DELAY_MS * 2 ** failures,
      },
    },
  });
}

let client: QueryClient | null = null;

/** One for the tab; a server rendering for many readers gets a new one each time. */
function tabClient(): QueryClient {
  if (typeof window === 'undefined') return createDataClient();
  if (client) return client;
  const made = (client = createDataClient());
  // Answers may be the player's own; the next one at this browser must not see them.
  onSignedOut(() => made.clear());
  return made;
}
