// What is there stays, and what has had its time goes: retention and archive are not stuck. Pure judgements of what was
// measured.
import { found, PATIENT, RECORD_AWAY, unmeasured, type Expectation } from '@/lib/quality/expectation';
import { countOf } from '@/lib/quality/words';

export const KEPT_EXPECTATIONS: readonly Expectation[] = [
  {
    id: 'retention',
    group: 'kept',
    title: 'Old ticks make room',
    fault: 'Old ticks cannot be dropped',
    why: 'A day of ticks is dropped only when every game of it is compacted. One that stays past its time is blocked by a game that is not.',
    unit: 'count',
    limits: { good: 1, bad: 3 },
    weight: 2,
    severity: 'warning',
    alert: PATIENT,
    evaluate({ record }) {
      if (!record) return RECORD_AWAY;
      if (!record.retention) return unmeasured('No retention policy is set.');
      const { partitions, overdueDays } = record.retention;
      const detail =
        overdueDays === 0
          ? `${countOf(partitions, 'day')} of ticks in the hot tier, none past its time.`
          : `The oldest of ${countOf(partitions, 'day')} of ticks should have gone ${countOf(overdueDays, 'day')} ago.`;
      return found(overdueDays, this.limits, detail);
    },
  },
  {
    id: 'archive',
    group: 'kept',
    title: 'The archive is up to date',
    fault: 'The archive is behind',
    why: 'What is to be deleted one day must be in the archive first, whole and read back.',
    unit: 'count',
    limits: { good: 1, bad: 7 },
    weight: 2,
    severity: 'warning',
    alert: PATIENT,
    evaluate({ record }) {
      if (!record) return RECORD_AWAY;
      if (!record.archive) return unmeasured('Nothing is set to be archived.');
      const { files, overdueDays } = record.archive;
      const detail =
        overdueDays === 0
          ? `${countOf(files, 'file')}, nothing overdue.`
          : `${countOf(files, 'file')}; the oldest day that is missing was due ${countOf(overdueDays, 'day')} ago.`;
      return found(overdueDays, this.limits, detail);
    },
  },
];
