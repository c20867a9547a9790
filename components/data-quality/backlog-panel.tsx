'use client';
// What waits to be done or written, and whether messages get through.
import { countText } from '@/lib/quality/words';
import { Fetched, LoadingRows } from '@/components/data/fetched';
import { mapState, type FetchState } from '@/components/data/fetch-state';
import { Card } from '@/components/ui/card';
import { Stat, Unknown } from '@/components/ui/stat';
import type { DataQuality } from '@/lib/protocol/data-quality';

export function BacklogPanel({ state, className }: { state: FetchState<DataQuality>; className?: string }) {
  return (
    <Card title="What is waiting" className={className} data-testid="backlog-panel">
      <Fetched
        state={mapState(state, ({ backlog, webhook }) => ({ backlog, webhook }))}
        loading={<LoadingRows rows={3} />}
      >
        {({ backlog, webhook }) => (
          <dl className="grid grid-cols-2 gap-x-6 gap-y-5 sm:grid-cols-3">
            <Count label="Games to check" count={backlog.unchecked} note="finished, not verified yet" />
            <Count label="Minutes to roll up" count={backlog.staleMinutes} note="not in the history’s figures yet" />
            <Count label="Facts in memory" count={backlog.queued} note="on their way to the database" />
            <Count label="Facts on disk" count={backlog.spooled} note="until the database is back" />
            <Count label="Facts lost" count={backlog.dropped} note="since the start" />
            <Webhook webhook={webhook} />
          </dl>
        )}
      </Fetched>
    </Card>
  );
}

function Count({ label, count, note }: { label: string; count: number | null; note: string }) {
  return (
    <Stat label={label} note={note}>
      <dd className="font-semibold text-ink">
        {count === null ? <Unknown because="not measured yet" /> : countText(count)}
      </dd>
    </Stat>
  );
}

function Webhook({ webhook }: { webhook: DataQuality['webhook'] }) {
  if (!webhook) {
    return (
      <Stat label="Webhook" note="set ALERT_WEBHOOK_URL">
        <dd className="font-semibold text-ink">None</dd>
      </Stat>
    );
  }
  const { queued, delivered, lost, trouble } = webhook;
  return (
    <Stat label="Messages sent" note={trouble ?? `${countText(queued)} waiting, ${countText(lost)} lost`}>
      <dd className="font-semibold text-ink">{countText(delivered)}</dd>
    </Stat>
  );
}
