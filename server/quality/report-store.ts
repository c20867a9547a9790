// Reports and alerts in the database: written by the quality job alone, alerts with their events in one transaction.
import { transact, type RawSql } from '@/db/connect';
import type { QualityReport } from '@/lib/quality/evaluate-quality';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { appendEvents } from '@/server/event-log/append-events';
import type { Alert } from '@/server/quality/alert';
import { ALERTS_MAX, type AlertChanges } from '@/server/quality/alert-desk';
import { cleanText } from '@/server/store/clean-text';
import { toArrayLiteral, toInstant } from '@/server/store/insert-rows';

export async function storeReport(sql: RawSql, { at, score, checks }: QualityReport): Promise<void> {
  await sql`
    insert into quality_reports (at, score, checks)
    values (${toInstant(at)}::timestamptz, ${score}, ${cleanText(JSON.stringify(checks))})`;
}

export async function loadAlerts(sql: RawSql): Promise<readonly Alert[]> {
  const rows = await sql`
    select alert_id, severity, state, title, detail, since, updated_at, resolved_at, notified_at from alerts
    order by state, updated_at desc limit ${ALERTS_MAX}`;
  return rows.map((row) => ({
    alertId: row.alert_id as string,
    severity: row.severity as Alert['severity'],
    state: row.state as Alert['state'],
    title: row.title as string,
    detail: row.detail as string,
    since: toEpoch(row.since as Date)!,
    updatedAt: toEpoch(row.updated_at as Date)!,
    resolvedAt: toEpoch(row.resolved_at as Date | null),
    notifiedAt: toEpoch(row.notified_at as Date | null),
  }));
}

export async function storeAlerts(
  sql: RawSql,
  { alerts, events }: AlertChanges,
  { recordedAt }: { recordedAt: EpochMs },
): Promise<void> {
  await transact(sql, async () => {
    await appendEvents(sql, events, { recordedAt });
    await sql`
      insert into alerts (alert_id, severity, state, title, detail, since, updated_at, resolved_at, notified_at)
      select * from unnest(
        ${column(alerts, (alert) => alert.alertId)}::text[],
        ${column(alerts, (alert) => alert.severity)}::text[],
        ${column(alerts, (alert) => alert.state)}::text[],
        ${column(alerts, (alert) => alert.title)}::text[],
        ${column(alerts, (alert) => alert.detail)}::text[],
        ${column(alerts, (alert) => toInstant(alert.since))}::timestamptz[],
        ${column(alerts, (alert) => toInstant(alert.updatedAt))}::timestamptz[],
        ${column(alerts, (alert) => toInstant(alert.resolvedAt))}::timestamptz[],
        ${column(alerts, (alert) => toInstant(alert.notifiedAt))}::timestamptz[])
      on conflict (alert_id) do update set severity = excluded.severity, state = excluded.state,
        title = excluded.title, detail = excluded.detail, since = excluded.since, updated_at = excluded.updated_at,
        resolved_at = excluded.resolved_at, notified_at = excluded.notified_at`;
  });
}

function column(alerts: readonly Alert[], of: (alert: Alert) => string | null): string {
  return toArrayLiteral(alerts.map(of));
}

function toEpoch(at: Date): EpochMs;
function toEpoch(at: Date | null): EpochMs | null;
function toEpoch(at: Date | null): EpochMs | null {
  return at === null ? null : epochMs(at.getTime());
}
