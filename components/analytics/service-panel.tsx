'use client';
import { countText, shareText } from '@/components/analytics/describe-figures';
import { Fetched, LoadingRows } from '@/components/data/fetched';
import { mapState, type FetchState } from '@/components/data/fetch-state';
import { Card } from '@/components/ui/card';
import { Stat } from '@/components/ui/stat';
import type { PerformanceAnswer, ServiceFigures } from '@/lib/protocol/analytics';
import { formatNumber } from '@/lib/units/format';

/** How well the service itself ran while it made these figures. */
export function ServicePanel({ state, className }: { state: FetchState<PerformanceAnswer>; className?: string }) {
  return (
    <Card title="The service behind the figures" className={className} data-testid="service-panel">
      <Fetched
        state={mapState(state, ({ service }) => service)}
        isEmpty={({ minutes }) => minutes === 0}
        empty="The service has not run in this range: these games were imported."
        loading={<LoadingRows rows={1} />}
      >
        {(service) => <Figures service={service} />}
      </Fetched>
    </Card>
  );
}

function Figures({
  service: { minutes, frames, deadLetters, disconnects, errors, latencyMs },
}: {
  service: ServiceFigures;
}) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-6">
      <Figure label="Ran for" value={countText(minutes, 'minute')} />
      <Figure
        label="Frames"
        value={countText(frames, '').trim()}
        note={`${countText(deadLetters, 'piece')} unreadable`}
      />
      <Figure label="Connections lost" value={countText(disconnects, '').trim()} />
      <Figure label="Errors" value={countText(errors, '').trim()} />
      {latencyMs && (
        <>
          <Figure
            label="Frame to advice, median"
            value={`${formatNumber(latencyMs.median, 2)} ms`}
            note={`99 of 100 within ${formatNumber(latencyMs.p99, 1)} ms`}
          />
          <Figure label="Within 5 ms" value={shareText(latencyMs.underPromise)} note="as promised" />
        </>
      )}
    </dl>
  );
}

function Figure({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <Stat label={label} note={note}>
      <dd className="font-semibold text-ink">{value}</dd>
    </Stat>
  );
}
