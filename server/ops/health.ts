// The health check: one verdict from the state of each part. Degraded means that advice or record is limited, down that
// there is nothing to advise on.
import type { FeedStatus } from '@/lib/protocol/push';
import type { IngestCounts } from '@/server/ingest/ingest';
import type { StoreHealth } from '@/server/store/store';

export type Health = {
  readonly status: 'ok' | 'degraded' | 'down';
  readonly checks: {
    readonly feed: FeedStatus;
    readonly store: StoreHealth;
    readonly ingest: Readonly<IngestCounts>;
    readonly live: { readonly connections: number };
  };
};

export function computeHealth(checks: Health['checks']): Health {
  return { status: statusOf(checks), checks };
}

function statusOf({ feed, store }: Health['checks']): Health['status'] {
  if (feed.status === 'down') return 'down';
  return feed.status === 'connected' && store.status === 'ok' ? 'ok' : 'degraded';
}
