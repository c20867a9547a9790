// Nothing is missing: ticks, games, facts, frames, and the record itself. Pure judgements of what was measured.
import { AT_ONCE, found, PATIENT, RECORD_AWAY, unmeasured, type Expectation } from '@/lib/quality/expectation';
import { ageText, countOf, shareText, someOf } from '@/lib/quality/words';

/** Mean game of 200 ticks at a quarter of a second, 5 s of rug and 15 s of cooldown: how many a hole swallowed. */
const GAME_CYCLE_MS = 70_000;
/** Below this many frames a share of them says nothing. */
const FRAMES_NEEDED = 100;

export const WHOLE_EXPECTATIONS: readonly Expectation[] = [
  {
    id: 'record-answers',
    group: 'whole',
    title: 'The database answers',
    fault: 'The database does not answer',
    why: 'Everything is kept there. While it is away facts wait on disk and nothing can be looked up.',
    unit: 'fault',
    limits: { good: 0, bad: 0 },
    weight: 10,
    severity: 'critical',
    alert: { raiseAfter: 2, resolveAfter: 3 },
    evaluate({ record, recordTrouble }) {
      if (record) return found(0, this.limits, 'It answered.');
      return found(1, this.limits, `It did not answer this time: ${recordTrouble ?? 'no reason is known'}.`);
    },
  },
  {
    id: 'missing-ticks',
    group: 'whole',
    title: 'Finished games have every tick',
    fault: 'Finished games lack ticks',
    why: 'A game with a hole in its path cannot be verified, and a prediction made in it cannot be judged.',
    unit: 'share',
    limits: { good: 0, bad: 0.01 },
    weight: 10,
    severity: 'warning',
    alert: PATIENT,
    evaluate({ record }) {
      if (!record) return RECORD_AWAY;
      if (record.games === 0) return unmeasured('No game is on record yet.');
      const { count, examples } = record.incomplete;
      const detail =
        count === 0
          ? `None of the newest ${countOf(record.games, 'game')} lacks a tick.`
          : `${count} of the newest ${countOf(record.games, 'game')} ${count === 1 ? 'lacks' : 'lack'} ticks or were never confirmed${someOf(examples, count)}.`;
      return found(count / record.games, this.limits, detail);
    },
  },
  {
    id: 'missing-games',
    group: 'whole',
    title: 'No game is missing between two others',
    fault: 'Games are missing',
    why: 'Games that nobody saw are in no statistic, and an outage is not a random choice of games.',
    unit: 'share',
    limits: { good: 0, bad: 0.02 },
    weight: 10,
    severity: 'warning',
    alert: PATIENT,
    evaluate({ record }) {
      if (!record) return RECORD_AWAY;
      const { holes } = record;
      if (!holes || holes.spanMs <= 0)
        return unmeasured('Too few games since watching began to see a gap between them.');
      const detail =
        holes.holes === 0
          ? `The games of the last ${ageText(holes.spanMs)} follow one another without a gap.`
          : `${countOf(holes.holes, 'gap')} of ${ageText(holes.missedMs)} in all in the last ${ageText(holes.spanMs)}: about ${countOf(Math.max(1, Math.round(holes.missedMs / GAME_CYCLE_MS)), 'game')} not seen.`;
      return found(holes.missedMs / holes.spanMs, this.limits, detail);
    },
  },
  {
    id: 'lost-facts',
    group: 'whole',
    title: 'Nothing seen is lost on its way to the database',
    fault: 'Facts were lost',
    why: 'When the database is away and the spool on disk is full, facts are dropped, and only the feed can bring them back.',
    unit: 'count',
    limits: { good: 0, bad: 0 },
    weight: 10,
    severity: 'critical',
    alert: AT_ONCE,
    evaluate({ store }) {
      const { dropped } = store;
      const detail = dropped === 0 ? 'None since the start.' : `${countOf(dropped, 'fact')} dropped since the start.`;
      return found(dropped, this.limits, detail);
    },
  },
  {
    id: 'dead-letters',
    group: 'whole',
    title: 'Frames can be read',
    fault: 'Frames cannot be read',
    why: 'What cannot be decoded is kept aside. Many at once mean that the feed has changed its language.',
    unit: 'share',
    limits: { good: 0.001, bad: 0.01 },
    weight: 5,
    severity: 'critical',
    alert: PATIENT,
    evaluate({ feed }) {
      if (feed.frames < FRAMES_NEEDED) {
        return unmeasured(`Only ${countOf(feed.frames, 'frame')} so far; ${FRAMES_NEEDED} are needed.`);
      }
      const share = feed.deadLetters / feed.frames;
      const detail = `${countOf(feed.deadLetters, 'dead letter')} among ${countOf(feed.frames, 'frame')} of the last hour (${shareText(share)}).`;
      return found(share, this.limits, detail);
    },
  },
];
