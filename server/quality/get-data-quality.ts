// The verb behind /api/data-quality: parse, gather what the process knows and what the database keeps, answer. With the
// database away the answer still tells the newest report and the alerts: that is when they are needed.
import type { DataQuality, QualityCheck, QualityAlert } from '@/lib/protocol/data-quality';
import type { QualityReport } from '@/lib/quality/evaluate-quality';
import { EXPECTATIONS } from '@/lib/quality/expectations';
import type { RecordMeasurements, StoreMeasurements } from '@/lib/quality/measurements';
import { ok, type Result } from '@/lib/units/result';
import type { EpochMs } from '@/lib/units/time';
import { oneOf, readQuery, wholeNumber } from '@/server/http/parameters';
import type { Problem } from '@/server/http/problem';
import type { Alert } from '@/server/quality/alert';
import type { QualityHistory } from '@/server/quality/quality-history';
import type { WebhookState } from '@/server/quality/webhook';
import type { GameSource } from '@/lib/game/game-source';

/** What the process knows of the record's quality, for route handlers. */
export type QualityView = {
  /** Whose games a query means that does not say. */
  readonly source: GameSource;
  now(): EpochMs;
  latest(): QualityReport | null;
  measured(): RecordMeasurements | null;
  store(): StoreMeasurements;
  alerts(): readonly Alert[];
  webhook(): WebhookState | null;
  readonly history: QualityHistory;
};

const HOURS_DEFAULT = 24;
const DAYS_DEFAULT = 35;

export const DATA_QUALITY_PARAMETERS = {
  hours: wholeNumber({ min: 1, max: 8_760, about: 'How far back the history of the score goes.' }),
  days: wholeNumber({ min: 1, max: 366, about: 'How many days of coverage are told.' }),
  source: oneOf(['live', 'simulator'], 'Of the coverage; by default that of the running feed.'),
};

export async function getDataQuality({
  quality,
  query,
}: {
  quality: QualityView;
  query: URLSearchParams;
}): Promise<Result<DataQuality, Problem>> {
  const parsed = readQuery(query, DATA_QUALITY_PARAMETERS);
  if (!parsed.ok) return parsed;
  const { hours = HOURS_DEFAULT, days = DAYS_DEFAULT, source = quality.source } = parsed.value;
  const stored = await quality.history.read({ source, hours, days }).catch(() => null);
  const report = quality.latest();
  const measured = quality.measured();
  const { queued, spooled, dropped } = quality.store();
  return ok({
    serverTime: quality.now(),
    source,
    report: report && { ...report, checks: report.checks.flatMap(toCheck) },
    alerts: quality.alerts().map(toAlert),
    backlog: {
      unchecked: measured?.unchecked.games ?? null,
      staleMinutes: measured?.rollup.minutes ?? null,
      queued,
      spooled,
      dropped,
    },
    webhook: quality.webhook(),
    stored,
  });
}

function toCheck({ check, status, value, detail }: QualityReport['checks'][number]): QualityCheck[] {
  const expectation = EXPECTATIONS.find(({ id }) => id === check);
  if (!expectation) return [];
  const { id, group, title, why, unit, limits, weight, severity } = expectation;
  return [{ id, group, title, why, unit, status, value, limits, detail, weight, severity }];
}

function toAlert({ alertId, ...alert }: Alert): QualityAlert {
  return { id: alertId, ...alert };
}
