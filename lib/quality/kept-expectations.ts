// What is there stays, and what has had its time goes: retention and archive are not stuck. Pure judgements of what was
// measured.
import { found, PATIENT, RECORD_AWAY, unmeasured, type Expectation } from '@/lib/quality/expectation';
import { ageText, countOf } from '@/lib/quality/words';

const HOUR_MS = 3_600_000;
/** What is due is looked for every ten minutes and done a day at a time; an import can make a year of days due at once. */
const LIMITS = { good: 6 * HOUR_MS, bad: 48 * HOUR_MS } as const;

export const KEPT_EXPECTATIONS: readonly Expectation[] = [
  {
    id: 'retention',
    group: 'kept',
    title: 'Old data make room',
    fault: 'Old data cannot be deleted',
    why: 'A day is deleted only when its games are compacted and it is in the archive. One that stays is held up by what is not.',
    unit: 'ms',
    limits: LIMITS,
    weight: 2,
    severity: 'warning',
    alert: PATIENT,
    evaluate({ record }) {
      if (!record) return RECORD_AWAY;
      if (!record.retention) return unmeasured('No retention policy is set.');
      const { days, waitingMs } = record.retention;
      return found(waitingMs, this.limits, `${tellWaiting(days, waitingMs, 'to be deleted')}.`);
    },
  },
  {
    id: 'archive',
    group: 'kept',
    title: 'The archive is up to date',
    fault: 'The archive is behind',
    why: 'What is to be deleted one day must be in the archive first, whole and read back.',
    unit: 'ms',
    limits: LIMITS,
    weight: 2,
    severity: 'warning',
    alert: PATIENT,
    evaluate({ record }) {
      if (!record) return RECORD_AWAY;
      if (!record.archive) return unmeasured('Nothing is set to be archived.');
      const { files, days, waitingMs } = record.archive;
      const detail = `${tellWaiting(days, waitingMs, 'to be archived')}; ${countOf(files, 'file')} in the archive.`;
      return found(waitingMs, this.limits, detail);
    },
  },
];

function tellWaiting(days: number, waitingMs: number, what: string): string {
  if (days === 0) return `No day of data waits ${what}`;
  return `${countOf(days, 'day')} of data ${days === 1 ? 'waits' : 'wait'} ${what}, seen for ${ageText(waitingMs)}`;
}
