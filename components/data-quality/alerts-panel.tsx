'use client';
// What is wrong now, and what was: raised alerts first, each with since when and whether anybody was told.
import { BellRing, CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { Fetched, LoadingRows } from '@/components/data/fetched';
import { mapState, type FetchState } from '@/components/data/fetch-state';
import { Time } from '@/components/time/time';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import type { DataQuality, QualityAlert } from '@/lib/protocol/data-quality';

const SHOWN = 6;

export function AlertsPanel({ state, className }: { state: FetchState<DataQuality>; className?: string }) {
  return (
    <Card title="Alerts" className={className} data-testid="alerts-panel">
      <Fetched
        state={mapState(state, ({ alerts, webhook }) => ({ alerts, hasWebhook: webhook !== null }))}
        loading={<LoadingRows rows={6} />}
        className="grow"
      >
        {({ alerts, hasWebhook }) => <Alerts alerts={alerts} hasWebhook={hasWebhook} />}
      </Fetched>
    </Card>
  );
}

function Alerts({ alerts, hasWebhook }: { alerts: readonly QualityAlert[]; hasWebhook: boolean }) {
  const [isAll, setAll] = useState(false);
  const raised = alerts.filter(({ state }) => state === 'raised').length;
  const shown = isAll ? alerts : alerts.slice(0, Math.max(SHOWN, raised > SHOWN ? SHOWN : raised));
  return (
    <>
      {raised === 0 && (
        <p className="flex items-center gap-2 text-ink-soft">
          <CircleCheck aria-hidden className="size-4 shrink-0 text-up" /> No alert is raised.
        </p>
      )}
      <ul className="flex flex-col">
        {shown.map((alert) => (
          <AlertItem key={alert.id} alert={alert} hasWebhook={hasWebhook} />
        ))}
      </ul>
      {alerts.length > shown.length && (
        <Button onClick={() => setAll(true)} className="self-start">
          Show all {alerts.length}
        </Button>
      )}
      <p className="mt-auto text-caption text-ink-faint">
        Most checks must be bad three minutes in a row to raise an alert, and good for five to resolve it.
        {hasWebhook ? '' : ' No webhook is set, so nobody is told elsewhere (ALERT_WEBHOOK_URL).'}
      </p>
    </>
  );
}

function AlertItem({ alert, hasWebhook }: { alert: QualityAlert; hasWebhook: boolean }) {
  const { state, severity, title, detail, since, resolvedAt, notifiedAt } = alert;
  const isRaised = state === 'raised';
  return (
    <li
      data-testid="alert"
      data-state={state}
      className="flex flex-col gap-1 border-b border-line/60 py-2.5 first:pt-0 last:border-0"
    >
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={isRaised ? 'danger' : 'neutral'}>
          {isRaised && <BellRing aria-hidden />}
          {isRaised ? (severity === 'critical' ? 'Critical' : 'Warning') : 'Resolved'}
        </Badge>
        <span className={isRaised ? 'font-semibold text-ink' : 'text-ink-soft'}>{title}</span>
      </span>
      <span className="text-ink-soft [overflow-wrap:anywhere]">{detail}</span>
      <span className="text-caption text-ink-faint">
        Since <Time at={since} />
        {resolvedAt !== null && (
          <>
            , resolved <Time at={resolvedAt} />
          </>
        )}
        {hasWebhook && (notifiedAt === null ? '; not told yet' : '; told')}.
      </span>
    </li>
  );
}
