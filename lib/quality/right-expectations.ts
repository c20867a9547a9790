// What is there is right: games verify, the log is untouched, nothing is stored twice. Pure judgements of what was
// measured.
import { AT_ONCE, found, PATIENT, RECORD_AWAY, unmeasured, type Expectation } from '@/lib/quality/expectation';
import { countOf, shareText, someOf } from '@/lib/quality/words';

export const RIGHT_EXPECTATIONS: readonly Expectation[] = [
  {
    id: 'verification-failures',
    group: 'right',
    title: 'No game fails its checks',
    fault: 'Games fail their checks',
    why: 'A game whose path does not follow from its seed, or whose bets were not settled by the rules, was not the published game.',
    unit: 'count',
    limits: { good: 0, bad: 0 },
    weight: 15,
    severity: 'critical',
    // The integrity job raises one for every such game.
    alert: null,
    evaluate({ record }) {
      if (!record) return RECORD_AWAY;
      if (record.games === 0) return unmeasured('No game is on record yet.');
      const { count, examples } = record.failed;
      const looked = `the newest ${countOf(record.games, 'game')}`;
      const detail =
        count === 0 ? `None of ${looked} failed.` : `${count} of ${looked} failed${someOf(examples, count)}.`;
      return found(count, this.limits, detail);
    },
  },
  {
    id: 'event-log',
    group: 'right',
    title: 'The event log hangs together',
    fault: 'The event log was changed',
    why: 'Each event carries the hash of the one before. A link that does not fit means that the record was changed afterwards.',
    unit: 'fault',
    limits: { good: 0, bad: 0 },
    weight: 15,
    severity: 'critical',
    alert: AT_ONCE,
    evaluate({ record }) {
      if (!record) return RECORD_AWAY;
      if (!record.log) return unmeasured('No event is on record yet.');
      const { position, checked, fault } = record.log;
      const detail =
        fault ?? `The newest ${countOf(checked, 'event')} up to position ${position} hash to what is on record.`;
      return found(fault === null ? 0 : 1, this.limits, detail);
    },
  },
  {
    id: 'twins',
    group: 'right',
    title: 'Nothing is stored twice',
    fault: 'Rows are stored twice',
    why: 'A game or a trade that counts twice moves every figure it is part of.',
    unit: 'count',
    limits: { good: 0, bad: 10 },
    weight: 5,
    severity: 'warning',
    alert: PATIENT,
    evaluate({ record, feed }) {
      if (!record) return RECORD_AWAY;
      if (record.games === 0) return unmeasured('No game is on record yet.');
      const rows = record.twins.reduce((sum, twin) => sum + twin.rows, 0);
      const repeats =
        feed.frames > 0 && feed.repeated > 0
          ? ` The feed repeated ${shareText(feed.repeated / feed.frames)} of its messages in the last hour; repeats are left out.`
          : '';
      const named = record.twins.filter((twin) => twin.rows > 0).map((twin) => `${twin.rows} ${twin.what}`);
      return found(rows, this.limits, `${rows === 0 ? 'None found' : named.join(', ')}.${repeats}`);
    },
  },
];
