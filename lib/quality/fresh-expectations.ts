// What is there is new: frames and games arrive, checks and rollups keep up. Pure judgements of what was measured.
import { found, grade, PATIENT, RECORD_AWAY, unmeasured, type Expectation } from '@/lib/quality/expectation';
import type { Measurements } from '@/lib/quality/measurements';
import { ageText, countOf } from '@/lib/quality/words';

const MINUTE_MS = 60_000;
const RECORDING = unmeasured('A recording is being played: its times are those of its day.');

export const FRESH_EXPECTATIONS: readonly Expectation[] = [
  {
    id: 'frame-age',
    group: 'fresh',
    title: 'The feed is heard',
    fault: 'The feed is silent',
    why: 'Advice on old frames is no advice. Between two games the feed may be silent for about five seconds.',
    unit: 'ms',
    limits: { good: 10_000, bad: MINUTE_MS },
    weight: 5,
    severity: 'critical',
    alert: PATIENT,
    evaluate({ feed, uptimeMs }) {
      if (feed.source === 'replay') return RECORDING;
      const ageMs = feed.frameAgeMs ?? uptimeMs;
      const connection = feed.connected ? '' : ' The connection is down.';
      const heard = feed.frameAgeMs === null ? 'Nothing was heard since the start' : 'The newest frame came';
      const since = feed.frameAgeMs === null ? `, ${ageText(ageMs)} ago.` : ` ${ageText(ageMs)} ago.`;
      return found(ageMs, this.limits, `${heard}${since}${connection}`);
    },
  },
  {
    id: 'game-age',
    group: 'fresh',
    title: 'Games are finished and confirmed',
    fault: 'No game is finished',
    why: 'A game takes 70 s on average, and one in 200,000 takes ten minutes. Frames without games mean that something is not understood.',
    unit: 'ms',
    limits: { good: 10 * MINUTE_MS, bad: 30 * MINUTE_MS },
    weight: 5,
    severity: 'critical',
    alert: PATIENT,
    evaluate({ feed, record, uptimeMs }) {
      if (feed.source === 'replay') return RECORDING;
      if (!record) return RECORD_AWAY;
      // What was missed before the start is not this check's; the gaps between games tell it.
      const ageMs = Math.min(record.newestGameAgeMs ?? Infinity, uptimeMs);
      if (record.newestGameAgeMs === null && grade(ageMs, this.limits) === 'good') {
        return unmeasured('No game has finished yet.');
      }
      const detail =
        record.newestGameAgeMs === null || record.newestGameAgeMs > uptimeMs
          ? `None since the start ${ageText(uptimeMs)} ago.`
          : `The newest one ended ${ageText(record.newestGameAgeMs)} ago.`;
      return found(ageMs, this.limits, detail);
    },
  },
  {
    id: 'clock-skew',
    group: 'fresh',
    title: 'Our clock and the feed’s agree',
    fault: 'Our clock and the feed’s disagree',
    why: 'Times of both stand side by side in the record. In a recorded capture the feed names the end of a game 0.7 to 0.9 s after the rug is seen.',
    unit: 'ms',
    limits: { good: 2_500, bad: 15_000 },
    weight: 2,
    severity: 'warning',
    alert: PATIENT,
    evaluate({ feed, record }) {
      if (feed.source === 'replay') return RECORDING;
      if (!record) return RECORD_AWAY;
      if (!record.clock) return unmeasured('No game of the last day was watched to its end.');
      const { skewMs, games } = record.clock;
      const side = skewMs < 0 ? 'behind' : 'ahead of';
      const detail = `Ours is ${ageText(Math.abs(skewMs))} ${side} the feed’s at the end of a game (median of ${countOf(games, 'game')}).`;
      return found(Math.abs(skewMs), this.limits, detail);
    },
  },
  {
    id: 'verification-backlog',
    group: 'fresh',
    title: 'Finished games are checked soon',
    fault: 'Finished games wait to be checked',
    why: 'A game counts as verified only when its checks have run.',
    unit: 'ms',
    limits: { good: 5 * MINUTE_MS, bad: 60 * MINUTE_MS },
    weight: 5,
    severity: 'warning',
    alert: PATIENT,
    evaluate({ record }) {
      if (!record) return RECORD_AWAY;
      const { games, atLeast, waitingMs } = record.unchecked;
      const detail =
        games === 0
          ? 'None is waiting.'
          : `${atLeast ? 'At least ' : ''}${countOf(games, 'game')} waiting, the first for ${ageText(waitingMs)}.`;
      return found(waitingMs, this.limits, detail);
    },
  },
  {
    id: 'rollup-lag',
    group: 'fresh',
    title: 'Rollups keep up',
    fault: 'Rollups are behind',
    why: 'History pages read the rollups: what has not been rolled up is not in their figures yet.',
    unit: 'ms',
    limits: { good: 5 * MINUTE_MS, bad: 30 * MINUTE_MS },
    weight: 3,
    severity: 'warning',
    alert: PATIENT,
    evaluate({ record }) {
      if (!record) return RECORD_AWAY;
      const { minutes, waitingMs } = record.rollup;
      const detail =
        minutes === 0
          ? 'None is waiting.'
          : `${countOf(minutes, 'minute')} waiting, the first for ${ageText(waitingMs)}.`;
      return found(waitingMs, this.limits, detail);
    },
  },
  {
    id: 'write-lag',
    group: 'fresh',
    title: 'Facts reach the database at once',
    fault: 'Facts do not reach the database',
    why: 'While facts wait on disk nothing is lost, but the record is behind.',
    unit: 'count',
    limits: { good: 0, bad: 1_000_000 },
    weight: 4,
    severity: 'warning',
    alert: PATIENT,
    evaluate: ({ store }) => judgeStore(store),
  },
];

/** The store's own word counts: its limits are in bytes, which a count of facts does not tell. */
function judgeStore({ status, spooled, queued }: Measurements['store']) {
  const waiting = spooled + queued;
  const detail = `${countOf(queued, 'fact')} in memory, ${spooled} on disk.`;
  const judged = ({ ok: 'good', behind: 'warning', down: 'bad' } as const)[status];
  return { status: judged, value: status === 'ok' ? 0 : waiting, detail };
}
