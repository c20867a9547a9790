// Once a minute: measure, judge, keep the report, move the alerts. With the database away the report is made all the same,
// from what the process knows, and alerts are told by webhook; rows and events follow when it is back.
import { evaluateQuality, type QualityReport } from '@/lib/quality/evaluate-quality';
import type { CheckStatus, Expectation } from '@/lib/quality/expectation';
import { EXPECTATIONS } from '@/lib/quality/expectations';
import { nextAlertState, QUIET, type AlertReading, type AlertState } from '@/lib/quality/hysteresis';
import type { FeedMeasurements, RecordMeasurements, StoreMeasurements } from '@/lib/quality/measurements';
import type { Clock, EpochMs } from '@/lib/units/time';
import type { Job } from '@/server/jobs/job';
import type { Alert } from '@/server/quality/alert';
import type { AlertDesk } from '@/server/quality/alert-desk';
import type { RecordMeter } from '@/server/quality/measure-record';
import { loadAlerts, storeAlerts, storeReport } from '@/server/quality/report-store';
import type { RecordDatabase } from '@/server/store/record-database';
import type { StoreLog } from '@/server/store/store-log';

export type QualityJob = Job & {
  /** Null before the first run. */
  latest(): QualityReport | null;
  /** What the newest run read from the database; null when it could not. */
  measured(): RecordMeasurements | null;
};

const EVERY_MS = 60_000;
/** A report like the one before is kept this often; one that differs at once. */
const KEEP_EVERY_MS = 600_000;
/** Reports of an outage that wait for its end; beyond these the oldest is dropped. */
const UNKEPT_MAX = 200;

const READINGS: Record<CheckStatus, AlertReading> = {
  good: 'good',
  warning: 'between',
  bad: 'bad',
  unknown: 'unmeasured',
};

export function createQualityJob({
  database,
  recordMeter,
  measureFeed,
  storeHealth,
  desk,
  clock,
  startedAt,
  log,
  keepWarm = async () => {},
  expectations = EXPECTATIONS,
}: {
  database: Pick<RecordDatabase, 'use'>;
  recordMeter: RecordMeter;
  measureFeed: () => FeedMeasurements;
  storeHealth: () => StoreMeasurements;
  desk: AlertDesk;
  clock: Clock;
  startedAt: EpochMs;
  log: Pick<StoreLog, 'warn'>;
  /** Done after each run while the database answers: what pages would otherwise wait for. */
  keepWarm?: () => Promise<void>;
  expectations?: readonly Expectation[];
}): QualityJob {
  let latest: QualityReport | null = null;
  let measuredRecord: RecordMeasurements | null = null;
  let noted: QualityReport | null = null;
  const unkept: QualityReport[] = [];
  const states = new Map<string, AlertState>();

  function moveAlerts(report: QualityReport): void {
    for (const { id, alert, severity, fault } of expectations) {
      const found = report.checks.find(({ check }) => check === id);
      if (!found || !alert) continue;
      const known = states.get(id) ?? QUIET;
      const { state, change } = nextAlertState(asOnDesk(known, desk.find(id)), READINGS[found.status], alert);
      states.set(id, state);
      if (change === 'resolved') desk.resolve(id);
      // Again while it is bad, so that its words stay those of now.
      else if (state.phase === 'raised' && found.status === 'bad') {
        desk.raise({ alertId: id, severity, title: fault, detail: found.detail });
      }
    }
  }

  function note(report: QualityReport): void {
    const isNews = !noted || report.at - noted.at >= KEEP_EVERY_MS || !isSameJudgement(noted, report);
    if (!isNews) return;
    noted = report;
    unkept.push(report);
    if (unkept.length > UNKEPT_MAX) unkept.shift();
  }

  async function keep(): Promise<number> {
    const { settled, ...changes } = desk.changes();
    const hasChanges = changes.alerts.length > 0 || changes.events.length > 0;
    if (unkept.length === 0 && !hasChanges) return 0;
    return database.use(async (sql) => {
      if (hasChanges) {
        await storeAlerts(sql, changes, { recordedAt: clock() });
        settled();
      }
      let kept = 0;
      for (let next = unkept[0]; next; next = unkept[0]) {
        await storeReport(sql, next);
        unkept.shift();
        kept++;
      }
      return kept;
    });
  }

  return {
    name: 'quality',
    everyMs: EVERY_MS,
    latest: () => latest,
    measured: () => measuredRecord,
    async run() {
      if (!desk.isLoaded()) await load(database, desk, log);
      const at = clock();
      let recordTrouble: string | null = null;
      const record = await recordMeter.measure(at).catch((error: unknown) => {
        recordTrouble = describe(error);
        log.warn({ error: recordTrouble }, 'the record could not be measured');
        return null;
      });
      measuredRecord = record;
      const uptimeMs = at - startedAt;
      const measured = { at, uptimeMs, feed: measureFeed(), store: storeHealth(), record, recordTrouble };
      latest = evaluateQuality(measured, expectations);
      moveAlerts(latest);
      note(latest);
      // Away: nothing can be kept now, and nothing is forgotten.
      if (record === null) return { done: 0, more: false };
      const done = await keep();
      await keepWarm();
      return { done, more: false };
    },
  };
}

/** After a restart the desk knows what was raised; the row of readings begins anew. */
function asOnDesk(known: AlertState, alert: Alert | null): AlertState {
  const isRaised = known.phase === 'raised' || known.phase === 'recovering';
  return alert?.state === 'raised' && !isRaised ? { phase: 'raised', row: 0 } : known;
}

async function load(
  database: Pick<RecordDatabase, 'use'>,
  desk: AlertDesk,
  log: Pick<StoreLog, 'warn'>,
): Promise<void> {
  try {
    desk.load(await database.use(loadAlerts));
  } catch (error) {
    log.warn({ error: describe(error) }, 'the alerts on record could not be read');
  }
}

function isSameJudgement(a: QualityReport, b: QualityReport): boolean {
  return a.checks.every(({ check, status }, i) => b.checks[i]?.check === check && b.checks[i]?.status === status);
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
