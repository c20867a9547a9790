// What is there is plausible: rows within what a game can be, lengths and intervals as published. The two comparisons of
// distributions are tests with a stated rate of false alarms, made once for every day of games and valid however often
// they are looked at within it (see length-drift and interval-drift). Pure judgements of what was measured.
import { found, PATIENT, RECORD_AWAY, unmeasured, type Expectation, type Finding } from '@/lib/quality/expectation';
import { P95_MS_MOST, DEPARTING_SHARE_MOST, logIntervalEvidence, MEDIAN_MS } from '@/lib/quality/interval-drift';
import { commonestSurplus, logLengthEvidence } from '@/lib/quality/length-drift';
import { countOf, evidenceText, shareText } from '@/lib/quality/words';

/**
 * An e-value that reaches 1,000 does so on at most one in 1,000 days on which all is as published: a false alarm in
 * almost three years. One of 100 is no more than a remark.
 */
export const EVIDENCE_LIMITS = { good: 100, bad: 1_000 } as const;
/** Larger ones say nothing more, and JSON has no infinity. */
const EVIDENCE_MAX = 1e12;
const GAMES_NEEDED = 20;

export const PLAUSIBLE_EXPECTATIONS: readonly Expectation[] = [
  {
    id: 'ranges',
    group: 'plausible',
    title: 'Prices, amounts, lengths and times are possible',
    fault: 'Impossible values in the record',
    why: 'The database refuses what is impossible; this finds what it cannot refuse and no real game has.',
    unit: 'count',
    limits: { good: 0, bad: 10 },
    weight: 5,
    severity: 'warning',
    alert: PATIENT,
    evaluate({ record }) {
      if (!record) return RECORD_AWAY;
      if (record.games === 0) return unmeasured('No game is on record yet.');
      const rows = record.implausible.reduce((sum, kind) => sum + kind.rows, 0);
      const named = record.implausible.filter((kind) => kind.rows > 0).map((kind) => `${kind.rows} ${kind.what}`);
      const looked = `in the newest ${countOf(record.games, 'game')}`;
      return found(rows, this.limits, `${rows === 0 ? 'Nothing out of range' : named.join(', ')} ${looked}.`);
    },
  },
  {
    id: 'length-drift',
    group: 'plausible',
    title: 'Games last as long as published',
    fault: 'Games no longer last as long as published',
    why: 'Every probability shown rests on one rug in 200 ticks. Were the lengths of a day others, it would be another game.',
    unit: 'evidence',
    limits: EVIDENCE_LIMITS,
    weight: 3,
    severity: 'warning',
    alert: { raiseAfter: 1, resolveAfter: 5 },
    evaluate({ record }) {
      if (!record) return RECORD_AWAY;
      const days = record.lengths.map(({ day, counts }) => ({
        day,
        games: counts.reduce((sum, count) => sum + count, 0),
        log: logLengthEvidence(counts),
        counts,
      }));
      return strongest(days, ({ day, games, log, counts }) => {
        const { from, to } = commonestSurplus(counts);
        const range = to === null ? `of ${from} ticks and more` : `of ${from} to ${to} ticks`;
        const against = `evidence ${evidenceText(Math.exp(log))} against the published lengths`;
        const surplus = log > Math.log(EVIDENCE_LIMITS.good) ? `; too many games ${range}` : '';
        return `${countOf(games, 'game')} of ${day}: ${against}${surplus}. On at most one day in 1,000 it reaches 1,000 by chance.`;
      });
    },
  },
  {
    id: 'interval-drift',
    group: 'plausible',
    title: 'Ticks come as regularly as recorded',
    fault: 'Ticks no longer come as recorded',
    why: 'How long a window lasts, and whether a bet is still accepted, is worked out from the rhythm of the ticks.',
    unit: 'evidence',
    limits: EVIDENCE_LIMITS,
    weight: 3,
    severity: 'warning',
    alert: { raiseAfter: 1, resolveAfter: 5 },
    evaluate({ record, feed }) {
      if (!record) return RECORD_AWAY;
      if (feed.speed !== 1) {
        const pace = feed.speed === null ? 'at no pace of its own' : `at ${feed.speed} times the pace of the game`;
        return unmeasured(`The feed runs ${pace}: its intervals are not the game’s.`);
      }
      const days = record.intervals.map((day) => ({ ...day, log: logIntervalEvidence(day) }));
      return strongest(days, ({ day, games, departing, log }) => {
        const limits = `median within ${MEDIAN_MS.least} to ${MEDIAN_MS.most} ms, 95th percentile up to ${P95_MS_MOST} ms`;
        const share = `${departing} of ${countOf(games, 'game')} of ${day} depart from the recorded rhythm (${limits})`;
        const against = `evidence ${evidenceText(Math.exp(log))} against at most ${shareText(DEPARTING_SHARE_MOST)}`;
        return `${share}: ${against}. On at most one day in 1,000 it reaches 1,000 by chance.`;
      });
    },
  },
];

/** The day with the strongest evidence speaks; days with too few games to say anything do not. */
function strongest<Day extends { games: number; log: number }>(
  days: readonly Day[],
  tell: (day: Day) => string,
): Finding {
  const told = days.filter(({ games }) => games >= GAMES_NEEDED);
  const [first] = told.toSorted((a, b) => b.log - a.log);
  if (!first) {
    const most = Math.max(0, ...days.map(({ games }) => games));
    return unmeasured(
      `${most === 0 ? 'No game' : countOf(most, 'game')} of the newest day can be compared; ${GAMES_NEEDED} are needed.`,
    );
  }
  return found(Math.min(EVIDENCE_MAX, Math.exp(first.log)), EVIDENCE_LIMITS, tell(first));
}
